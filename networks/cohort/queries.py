"""What the pages about the beginning of a network read."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from networks.codes import in_halves, square
from networks.cohort.rules import can_open_network
from networks.models import Confirmed, NetworkStart
from portal.people import protection
from portal.people.models import GuardianRelation, Person, keys_of

FEWEST = 5  # of so few homes a total would tell who


@dataclass(frozen=True)
class Reached:
    """How many homes of the class have said at the meeting how it reaches them. Never which: where it is fewer than five,
    or the others are, no number is said, or one could find out by whom."""

    homes: int
    of: int

    @property
    def is_shown(self):
        return self.of >= FEWEST

    @property
    def are_all(self):
        return self.homes >= self.of

    @property
    def is_counted(self):
        return min(self.homes, self.of - self.homes) >= FEWEST

    @property
    def are_most(self):
        return 2 * self.homes > self.of


@dataclass(frozen=True)
class Beginning:
    """`is_elected` is whether a contact of today, whom the reader may know, was elected at that meeting."""

    start: NetworkStart | None
    reached: Reached | None
    is_elected: bool
    may_start: bool


@dataclass(frozen=True)
class Wall:
    start: NetworkStart
    address: str
    code: str
    side: int
    squares: str
    reached: Reached


def beginning_of(school_class, reader):
    """Of a code that was put up before its meeting, the page says nothing until that day."""
    held = NetworkStart.objects.filter(school_class=school_class, met_on__lte=school_class.school.today())
    start = held.first()
    return Beginning(
        start=start,
        reached=reached_at(start) if start else None,
        is_elected=bool(start) and _knows_elected(start, reader),
        may_start=can_open_network(reader, school_class),
    )


def _knows_elected(start, reader):
    """The page of the class says alike whether there is no contact, or one of whom the reader must not read."""
    roles = start.elections.filter(role__in=start.school_class.roles.live())
    elected = set(roles.values_list("role__person", flat=True))
    _pupils, unknown = Person.objects.restricted_for(reader)
    elected -= set(unknown.values_list("guardian", flat=True))
    return bool(elected - protection.hidden_from(reader, elected))


def latest_start(school_class):
    return NetworkStart.objects.filter(school_class=school_class).first()


def reached_at(start):
    """At this meeting or an earlier one of the class. Homes that have left it since are in neither number."""
    homes = GuardianRelation.objects.live().in_class(start.school_class_id).homes()
    said = Confirmed.objects.filter(start__school_class=start.school_class_id, household__in=homes)
    return Reached(
        homes=said.values("household").distinct().count() or start.homes_before,
        of=homes.distinct().count(),
    )


def wall_of(start):
    link = settings.SITE_URL + reverse("networks:start_confirm", args=[start.code])
    short = settings.SITE_URL + reverse("networks:start_enter")
    side, squares = square(link)
    return Wall(
        start=start,
        address=short.split("://", 1)[-1],
        code=in_halves(start.code),
        side=side,
        squares=squares,
        reached=reached_at(start),
    )


def start_by(person, code, *, closed_since=None):
    """The open meeting of a class of this person's children that has this code; with `closed_since` also one that has
    closed since, for whoever was still writing. Every code is compared in full, so that the time it takes tells nothing."""
    classes = keys_of.classes_of_children(person)
    open_ones = (
        NetworkStart.objects.open(closed_since).filter(school_class__in=classes).select_related("school_class__school")
    )
    matching = [start for start in open_ones if constant_time_compare(start.code, code.upper())]
    return matching[0] if matching else None
