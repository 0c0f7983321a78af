"""The class contact is reminded that nothing is planned in the half-year: three weeks into it, and midway. Never where
something is held, planned or drafted, and never on a day off."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.queries import WELL_BEGUN, without_a_plan
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, reminder
from portal.people.models import Role, SchoolClass, Term
from portal.schoolyear.models import Holiday

NO_LATER_THAN = timedelta(days=14)  # a holiday is over by then, and who is elected later finds it waiting


def moment_of(term, today):
    begun, midway = term.starts_on + WELL_BEGUN, term.starts_on + (term.ends_on - term.starts_on) / 2
    if midway <= today < midway + NO_LATER_THAN:
        return "midway"
    return "three weeks" if begun <= today < min(begun + NO_LATER_THAN, midway) else ""


def still_to_plan(notice):
    school_class = notice.subject
    elected = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(person=notice.recipient_id)
    unplanned = without_a_plan(school_class.school.today()).filter(pk=school_class.pk)
    return elected.filter(school_class=school_class).exists() and unplanned.exists()


@reminder("networks.half_year_unplanned", category="tasks", wanted=still_to_plan)
def half_year_unplanned(notice):
    school_class = notice.subject
    subjects = {
        Term.Season.AUTUMN: _("Shall %(class)s meet this autumn?"),
        Term.Season.SPRING: _("Shall %(class)s meet this spring?"),
    }
    today = school_class.school.today()
    term = Term.objects.get(year=school_class.year_id, starts_on__lte=today, ends_on__gte=today)
    return Letter(
        subject=subjects[term.season] % {"class": school_class.name},
        lines=[
            _("No gathering is planned in this half of the year yet."),
            _("It need not be big. Choose an idea, and we fill in the invitation. It takes about two minutes."),
        ],
        buttons=(
            Button(_("Choose an idea"), settings.SITE_URL + reverse("networks:idea_list", args=[school_class.pk])),
        ),
    )


@half_year_unplanned.due
def halves_due(now):
    today, come = timezone.localdate(now), defaultdict(list)
    off = Holiday.objects.between(today, today).values("school")
    running = Term.objects.filter(starts_on__lte=today - WELL_BEGUN, ends_on__gte=today)
    for term in running.exclude(year__school__in=off):
        if moment := moment_of(term, today):
            come[f"{term.season} {term.starts_on.year}, {moment}"].append(term.pk)
    for occasion, terms in sorted(come.items()):
        classes = {one.pk: one for one in without_a_plan(today).filter(term__in=terms).select_related("school")}
        elected = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class__in=classes)
        untold = elected.exclude(half_year_unplanned.told(SchoolClass, "school_class", "person", occasion))
        for role in untold.select_related("person").order_by("school_class", "person"):
            yield Due(classes[role.school_class_id], role.person, occasion)
