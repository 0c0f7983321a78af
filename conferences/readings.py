"""What the school has read about a child's talks, and how much of that the home and the child may know."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from portal.ledger.models import Event
from portal.people.queries.readings import kin_of
from portal.readings import tells_who_read

SUMMARY, SHARED, PLAN = "conferences.summary_opened", "conferences.preparations_read", "conferences.plan_opened"
WHAT = {
    SUMMARY: _("The summary of a talk"),
    SHARED: _("What you shared before a talk"),
    PLAN: _("The plan before a talk"),
}


@tells_who_read(Conference._meta.label, WHAT)
def talks_read(person, _schools):
    """The readings by anyone outside the family, and whom each talk is about: (events, {talk's key: child's key}).

    Of the answers before a talk a home learns only that its own were read, and so does a child: otherwise they would
    learn that the others have shared something. A plan counts once it is sent. Three queries, including the events'.
    """
    talks = Conference.objects.of_guardian(person) | Conference.objects.of_pupil(person)
    about = {str(talk): child for talk, child in talks.order_by().values_list("pk", "pupil")}
    as_pupil = Q(subject_id__in=_of(about)[person.pk])  # a pupil lives in a home but does not answer for it
    mine = Q(~as_pupil, details__homes__contains=[person.household_id]) | Q(as_pupil, details__pupil=True)
    events = Event.objects.filter(
        Q(verb=SUMMARY) | Q(verb=PLAN, details__sent=True) | Q(verb=SHARED) & mine,
        subject_type=Conference._meta.label,
        subject_id__in=list(about),
    )
    kin = kin_of(about.values())
    for child, talks_about in _of(about).items():
        events = events.exclude(by__in=kin[child], subject_id__in=talks_about)
    return events, about


def _of(about):
    talks = defaultdict(list)
    for talk, child in about.items():
        talks[child].append(talk)
    return talks
