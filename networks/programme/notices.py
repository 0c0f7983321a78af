"""Somebody is asked to lead something, once for each gathering; the organisers hear when it is given back."""

from django.utils.translation import gettext as _

from networks.models import Gathering
from networks.notices.letters import names_of, page_of, to_answer
from networks.notices.people import has_room, still_guardian
from networks.programme.queries import able_to_lead, waits_for_word
from networks.queries import organisers_of
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import Person


def still_to_lead(notice):
    return still_guardian(notice) and has_room(notice) and waits_for_word(notice.recipient, notice.subject).exists()


@reminder("networks.activity_asked", category="tasks", wanted=still_to_lead)
def activity_asked(notice):
    gathering = notice.subject
    titles = [one.title for one in waits_for_word(notice.recipient, gathering)]
    return to_answer(
        notice,
        subject=_("Will you lead something? %(title)s with %(class)s") % names_of(gathering),
        lines=[
            _("The organisers ask whether you will lead this: %(what)s.") % {"what": ", ".join(titles)},
            _("Say yes or no on the page of the gathering. When you say yes, the families read your first name."),
        ],
    )


@activity_asked.due
def to_be_asked(now):
    waiting = Gathering.objects.published().filter(starts_at__gt=now, activities__led_by__isnull=False)
    waiting = waiting.filter(activities__agreed_at=None).select_related("school_class").distinct()
    for gathering in waiting:
        asked = gathering.activities.filter(led_by__isnull=False, agreed_at=None).values_list("led_by", flat=True)
        for person in Person.objects.active().filter(pk__in=able_to_lead(gathering, set(asked))):
            yield Due(gathering, person, "asked")


def organisers_but_for(event):
    from_activity = Gathering.objects.filter(activities=event.subject_id).first()
    return [one for one in organisers_of(from_activity) if one.pk != event.by] if from_activity else []


def still_without(notice):
    activity = notice.subject
    is_ahead = not (activity.gathering.is_over() or activity.gathering.is_cancelled)
    return is_ahead and activity.led_by_id is None and not activity.leader


@notice(
    "networks.activity_given_back",
    on="networks.activity_given_back",
    to=organisers_but_for,
    category="tasks",
    wanted=still_without,
)
def activity_given_back(notice):
    activity = notice.subject
    return Letter(
        subject=_("Somebody else is needed: %(title)s") % names_of(activity.gathering),
        lines=[_("Whoever was to lead “%(what)s” cannot. Ask somebody else.") % {"what": activity.title}],
        buttons=(Button(_("Open the programme"), page_of("networks:programme_show", activity.gathering)),),
    )
