"""Birthdays of 1A: the class's rule, who celebrates together, and one invitation that half of the homes have answered."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from networks import actions
from networks.models import Circle
from portal.people.queries import families_of

CLASS = "sol-1A"


def celebrate(town):
    school_class, contact = town.classes[CLASS], town.contacts[CLASS]
    actions.set_birthday_rule(school_class, by=contact, circle=Circle.CLASS, ceiling=10_000)
    homes = [family for family in families_of(school_class) if family.adults and family.household_id]
    for family in homes[::3]:
        child, adult = family.pupils[0], family.adults[0]
        if child.born_on:
            actions.join_quarter(school_class, by=adult, child=child, joins=True)
    host = homes[6]
    starts = _at(school_class, 12, 17)
    birthday = actions.invite_to_birthday(
        school_class,
        by=host.adults[0],
        child=host.pupils[0],
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        answer_by=_at(school_class, 7, 20),
        place="Gymsalen på skolen",
        words="Vi leker og spiser pizza. Ta med innesko.",
        is_shared=False,
        not_names=[],
    )
    guests = set(birthday.guests().values_list("guardian", flat=True))
    for number, family in enumerate(homes):
        adult = family.adults[0]
        if adult.pk in guests and number % 2:
            said = {"household": adult.household, "answer": "no" if number % 5 == 0 else "yes"}
            actions.answer_birthday(birthday, by=adult, **said)


def _at(school_class, days, hour):
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(hour), tzinfo=school_class.school.zone)
