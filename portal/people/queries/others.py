"""The other children of a class, as far as their homes have chosen to be known by its families."""

from dataclasses import dataclass

from django.utils import timezone

from portal.people import protection
from portal.people.models import AccessRestriction, Enrolment, GuardianRelation, Person
from portal.people.models.persons import nordic_key
from portal.people.queries.class_page import Listed, Near, listed
from portal.people.queries.families import families_with


@dataclass(frozen=True)
class OtherHome:
    """A child's home by the adults who share their name; `household` and `people`, their keys, are never shown."""

    household: int
    people: list[int]
    adults: list[Listed]

    @property
    def has_number(self):
        return any(adult.phone for adult in self.adults)


@dataclass(frozen=True)
class OtherChild:
    """`place` is the key of the child's place in the class, and stands in addresses."""

    place: int
    pupil: int
    name: str
    homes: list[OtherHome]

    @property
    def adults(self):
        return [adult for home in self.homes for adult in home.adults]

    @property
    def has_number(self):
        return any(home.has_number for home in self.homes)


def others_in(school_class, reader):
    """For a guardian of a child in the class, by name. Whoever stands here stands on the page of the class: a home that
    shares nothing is missing, and so is one that other families must not read of, so that nobody sees which it is. Eight
    queries at any size, and six more where somebody is protected."""
    families, covered = families_with(school_class, (), seen_by=reader)
    places = dict(Enrolment.objects.current().filter(school_class=school_class).values_list("pupil", "pk"))
    near, found = Near(reader, covered), {}
    for family in families:
        for pupil in [] if family.protected else family.pupils:
            sharing = _sharing(family, pupil, near)
            if sharing:
                child = OtherChild(places[pupil.pk], pupil.pk, pupil.given_name, [])
                people, adults = [adult.pk for adult, _ in sharing], [listed(*one) for one in sharing]
                found.setdefault(pupil.pk, child).homes.append(OtherHome(family.household_id, people, adults))
    return sorted(found.values(), key=lambda child: (nordic_key(child.name), child.place))


def _sharing(family, pupil, near):
    return [
        (adult, family.shared[adult.pk])
        for adult in family.adults
        if family.shared[adult.pk]
        and pupil in family.wards[adult.pk]
        and not near.has(adult)
        and not near.may_not_name(adult)
    ]


def whom_to_ask(other, own):
    """Of those homes of the other child that share no number, the guardians who share their name: nobody else of them, and
    nobody in a home that must know nothing about the `own` child, or must not be written to in so many words. Two queries."""
    silent = [key for home in other.homes if not home.has_number for key in home.people]
    unaware = AccessRestriction.objects.in_force(timezone.localdate()).filter(pupil=own)
    homes = Person.objects.filter(pk__in=unaware.values("guardian"), household__isnull=False).values("household")
    live = GuardianRelation.objects.live().filter(pupil=other.pupil, guardian__in=silent)
    asked = Person.objects.filter(pk__in=live.values("guardian")).exclude(household__in=homes)
    return list(asked.exclude(pk__in=protection.sheltered()).order_by("pk"))


def number_to_pass_on(person):
    """The person's own phone. Nothing of somebody at a protected address is passed on, whatever they press."""
    return "" if protection.sheltered_among([person.pk]) else person.phone
