"""Who needs a lift and who has seats, as the organisers read it; and what a home reads of its own."""

from dataclasses import dataclass

from networks.models import Lift, Rsvp
from networks.queries import name_of
from portal.people import protection
from portal.people.models import AccessRestriction
from portal.people.queries import families_of


@dataclass(frozen=True)
class Rider:
    """A home that needs a lift or offers one. Its area is what it wrote itself."""

    household_id: int
    name: str
    area: str
    seats: int


@dataclass(frozen=True)
class Need:
    rider: Rider
    offers: list[Rider]
    is_near: bool


@dataclass(frozen=True)
class Pair:
    lift: Lift
    giver: str
    taker: str


@dataclass(frozen=True)
class LiftBoard:
    needs: list[Need]
    offers: list[Rider]
    pairs: list[Pair]


def lift_board(gathering, reader):
    """For organisers alone. Offers from the same area come first; a protected family is arranged with in person."""
    families = families_of(gathering.school_class, seen_by=reader)
    names = {family.household_id: name_of(family) for family in families}
    hidden = {family.household_id for family in families if family.protected}
    coming = gathering.rsvps.planned_for().filter(household__in=names).with_pupil_keys()
    pairs = [
        Pair(lift, names[lift.giver_id], names[lift.taker_id])
        for lift in gathering.lifts.standing()
        if lift.giver_id in names and lift.taker_id in names
    ]
    paired = {pair.lift.taker_id for pair in pairs}
    offers = [
        Rider(
            rsvp.household_id,
            names[rsvp.household_id],
            "" if rsvp.household_id in hidden else rsvp.area or "",
            rsvp.seats - rsvp.given,
        )
        for rsvp in coming
        if rsvp.lift == Rsvp.Lift.OFFER
    ]
    needs = [
        Rider(
            rsvp.household_id,
            names[rsvp.household_id],
            "" if rsvp.household_id in hidden else rsvp.area or "",
            max(rsvp.adults + rsvp.children, 1),
        )
        for rsvp in coming
        if rsvp.lift == Rsvp.Lift.NEED and rsvp.household_id not in paired
    ]
    return LiftBoard(
        needs=[_need(rider, [one for one in offers if one.household_id not in hidden], hidden) for rider in needs],
        offers=offers,
        pairs=pairs,
    )


def _need(rider, offers, hidden):
    fit = [one for one in offers if one.seats >= rider.seats and rider.household_id not in hidden]
    fit.sort(key=lambda one: (not _same(one.area, rider.area), one.name))
    return Need(rider, fit, is_near=bool(fit) and _same(fit[0].area, rider.area))


def _same(one, other):
    return bool(one) and one.casefold().split() == other.casefold().split()


@dataclass(frozen=True)
class Met:
    """An adult of the other home, with the ways it has chosen to share with the class."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class OwnLift:
    lift: Lift
    gives: bool
    has_agreed: bool
    area: str
    others: list[Met]


def own_lifts(gathering, person, *, by_link=False):
    """What the person's home reads: before both agree, neither who the other is nor that it has said yes, and never where
    a home comes from that needs a lift. A page that is opened `by_link` has no numbers: they stand in the letter, and links
    are forwarded."""
    if person.household_id is None:
        return []
    lifts = list(Lift.objects.of_home(gathering, person.household_id))
    if not lifts:
        return []
    known = _known(gathering, person)
    areas = dict(gathering.rsvps.filter(household__in=known).values_list("household", "area"))
    found = []
    for lift in lifts:
        gives = lift.giver_id == person.household_id
        other = lift.taker_id if gives else lift.giver_id
        others = known.get(other, []) if lift.is_agreed else []
        if by_link:
            others = [Met(met.name, "", "") for met in others]
        found.append(
            OwnLift(lift, gives, lift.agrees(person.household_id), "" if gives else areas.get(other) or "", others)
        )
    return found


def _known(gathering, reader):
    """{home: the adults whom this reader may read}: nobody of a home that has become protected since, and nobody at all
    to whoever must know nothing of a child in the class. The other home of the reader's child is named without a number:
    one that goes missing would tell that somebody is protected."""
    if AccessRestriction.objects.against(reader).in_class(gathering.school_class_id).exists():
        return {}
    near = protection.near_to(reader)[1]
    return {
        family.household_id: [
            Met(
                adult.full_name,
                adult.phone if "phone" in family.shared[adult.pk] and family.household_id not in near else "",
                adult.email if "email" in family.shared[adult.pk] and family.household_id not in near else "",
            )
            for adult in family.adults
        ]
        for family in families_of(gathering.school_class, seen_by=reader)
        if family.household_id and not family.protected
    }
