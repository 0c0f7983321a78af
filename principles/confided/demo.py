"""Two homes of the demo have told the school something: one in words that two have looked at, one asks for a call."""

from datetime import timedelta

from django.utils import timezone

from portal.people import actions as people
from portal.people.models import Household, Person, Role
from portal.people.queries import families_of
from principles.confided import actions

WORDS = "Vi flytter før jul. {child} kan være stille og sliten, og trenger ro om morgenen."
CLASS = "sol-1A"


def confide(town):
    school, school_class = town.schools["sol"], town.classes[CLASS]
    teacher, leader = town.persons[f"{CLASS}-teacher"], town.leader("sol")
    deputy = Person.objects.get(roles__kind=Role.Kind.DEPUTY, roles__school=school)
    until = timezone.localdate() + timedelta(days=60)
    contact = town.contacts[CLASS].household_id
    homes = [one for one in families_of(school_class) if one.adults and not one.protected]
    first, *others = [one for one in homes if one.household_id != contact and one.adults[0].phone]
    second = next(one for one in others if one.pupils[0] != first.pupils[0])
    child, adult = first.pupils[0], first.adults[0]
    said = {"school": school, "until": until}
    words = WORDS.format(child=child.given_name)
    told = actions.confide(child, by=adult, receivers=[teacher, deputy], text=words, **said)
    for reader in (teacher, deputy):
        actions.read_confidence(told, by=reader)
    actions.confide(second.pupils[0], by=second.adults[0], receivers=[teacher, leader], calls=True, **said)
    _say_needs(school_class)


def _say_needs(school_class):
    """The two homes of one child, each by itself."""
    shared = next(pupils for pupils in _in_two_homes(school_class))
    one, other = shared
    people.save_needs(_home(one), by=one, food="Ikke svin", easy_text=True)
    day = timezone.localdate() + timedelta(days=110)
    people.save_needs(_home(other), by=other, prefers_call=True, step_free=True, free_days=[day])


def _in_two_homes(school_class):
    homes = [one for one in families_of(school_class) if one.adults and not one.protected]
    for place, one in enumerate(homes):
        for other in homes[place + 1 :]:
            if {pupil.pk for pupil in one.pupils} & {pupil.pk for pupil in other.pupils}:
                yield one.adults[0], other.adults[0]


def _home(person):
    return Household.objects.get(pk=person.household_id)
