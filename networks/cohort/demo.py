"""How networks of the demo began, what one class did the year before, and who is glad to help a new family."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from networks import actions
from networks.models import Gathering
from portal.people.models import SchoolClass, SchoolYear
from portal.people.queries import families_of

STARTED = ("sol-1A", "eng-1A")
STARTING = "lia-8A"  # its parents meet this evening
BEFORE = "sol-3B"
HELD = (("Aketur med pølser", 300), ("Sommerfest i parken", 190))  # days ago


def begin(town):
    for key in STARTED:
        school_class = town.classes[key]
        met_on = max(school_class.year.starts_on, school_class.school.today() - timedelta(days=60))
        start = actions.open_start(school_class, by=town.contacts[key], met_on=met_on)
        for family in families_of(school_class):
            if family.household_id and family.household_id % 3:
                adult = family.adults[0]
                said = {"email": adult.email, "phone": adult.phone, "fields": sorted(family.shared[adult.pk])}
                actions.confirm_contact(start, by=adult, **said)
                if family.household_id % 5 == 0 and actions.offer_buddy.may(adult, school_class, is_offered=True):
                    actions.offer_buddy(school_class, by=adult, is_offered=True)
        actions.close_start(start, by=town.contacts[key])
    begin_by_link(town)
    remember(town)


def begin_by_link(town):
    """Some homes have opened the letter of the meeting on their phone and confirmed; the others still can."""
    school_class = town.classes[STARTING]
    start = actions.open_start(school_class, by=town.contacts[STARTING], met_on=school_class.school.today())
    for family in families_of(school_class):
        if family.household_id and family.household_id % 2 and actions.confirm_by_link.may(family.adults[0], start):
            actions.confirm_by_link(start, by=family.adults[0], fields=sorted(family.shared[family.adults[0].pk]))


def remember(town):
    """The same children were 2B last year."""
    now = town.classes[BEFORE]
    first = now.year.starts_on
    year, _made = SchoolYear.objects.get_or_create(
        school=now.school,
        starts_on=first.replace(year=first.year - 1),
        defaults={"ends_on": first - timedelta(days=1)},
    )
    then = SchoolClass.objects.create(year=year, school=now.school, name="2B", grades=[2], cohort=now.cohort)
    for title, days in HELD:
        day = timezone.localdate() - timedelta(days=days)
        starts = datetime.combine(day, time(17), tzinfo=now.school.zone)
        Gathering.objects.create(
            school_class=then,
            made_by=town.contacts[BEFORE],
            title=title,
            state=Gathering.State.HELD,
            published_at=starts - timedelta(days=21),
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            answer_by=starts - timedelta(days=7),
            place="Parken ved skolen",
        )
