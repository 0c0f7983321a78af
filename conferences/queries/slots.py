"""The times of a round: which ones a teacher's hours give, a teacher's own list, the whole school's grid, and what an
ill teacher's day holds."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Booking, Conference, ConferenceRound, ConferenceSlot, Hold, Room
from conferences.spans import overlapping, overlaps
from portal.people.models import Person
from portal.speech import clock
from portal.standing import standing

MOST_TIMES = 400


# Which times a teacher's hours give


@dataclass(frozen=True)
class Hours:
    days: tuple[date, ...]
    starts: time  # by the clock on the wall
    ends: time
    minutes: int
    gap: int = 0
    break_after: int = 0
    break_minutes: int = 0


def wanted_times(hours, zone):
    """[(from, to)]. An hour that the clock skips in spring gives none."""
    found = []
    for day in hours.days:
        at, over = datetime.combine(day, hours.starts), datetime.combine(day, hours.ends)
        talks = 0
        while at + timedelta(minutes=hours.minutes) <= over:
            starts = at.replace(tzinfo=zone).astimezone(UTC)
            if starts.astimezone(zone).replace(tzinfo=None) == at:
                found.append((starts, starts + timedelta(minutes=hours.minutes)))
            talks += 1
            rests = hours.break_after and talks % hours.break_after == 0
            at += timedelta(minutes=hours.minutes + (max(hours.break_minutes, hours.gap) if rests else hours.gap))
    return found


def clashes(teacher, room, times):
    """{from: why it cannot be offered}. Times that can be are left out."""
    if not times:
        return {}
    first, last = min(start for start, _end in times), max(end for _start, end in times)
    near = ConferenceSlot.objects.filter(overlaps(first, last))
    own = list(near.filter(teacher=teacher).values_list("starts_at", "ends_at"))
    taken = list(near.filter(room=room).values_list("starts_at", "ends_at")) if room else []
    holds = Hold.objects.filter(teacher=teacher, during__overlap=(first, last)).values_list("during", flat=True)
    busy = [(during.lower, during.upper) for during in holds]
    why, now = {}, timezone.now()
    for start, end in times:
        if start <= now:
            why[start] = _("has passed")
        elif any(overlapping(own, start, end)):
            why[start] = _("the teacher has a time then already")
        elif any(overlapping(busy, start, end)):
            why[start] = _("the teacher takes part in another talk")
        elif any(overlapping(taken, start, end)):
            why[start] = _("%(room)s is taken") % {"room": room.name}
    return why


# A teacher's own list


@dataclass(frozen=True)
class SlotRow:
    """`is_hidden`: the viewer sees only that the teacher is busy. It is the talk of a child they are restricted from,
    the other home's own, or a long one that runs into this time."""

    slot: ConferenceSlot
    talk: Conference | None
    is_over: bool
    is_hidden: bool

    @property
    def is_free(self):
        return self.talk is None and not self.slot.blocked and not self.is_over and not self.is_hidden

    @property
    def may_go(self):
        return self.talk is None and self.slot.reserved_for_id is None and not self.is_hidden

    @property
    def ends_at(self):
        return self.slot.ends_at if self.talk is None or self.is_hidden else self.slot.booking.ends_at


def days_of(round, teacher, viewer):
    slots = ConferenceSlot.objects.filter(round=round, teacher=teacher)
    days, zone, seen = defaultdict(list), round.school.zone, _seen_in(round, viewer)
    for row in _rows(slots.select_related("room", "booking__conference__pupil", "reserved_for__pupil"), seen):
        days[row.slot.starts_at.astimezone(zone).date()].append(row)
    return dict(days)


def _seen_in(round, viewer):
    return {pk for (pk,) in _seen(viewer.pk, viewer.household_id, round.pk)}


_seen = standing(
    lambda person, home, round: (
        Conference.objects.visible_to(Person(pk=person, household_id=home))
        .filter(round=round)
        .order_by()
        .values_list("pk")
    )
)


def _rows(slots, seen):
    """Expects each teacher's slots in order of time: a long talk hides those it runs into."""
    busy_until = {}
    for slot in slots:
        booking, until = getattr(slot, "booking", None), busy_until.get(slot.teacher_id)
        about = booking.conference_id if booking else slot.reserved_for_id
        is_hidden = about not in seen if about else until is not None and slot.starts_at < until
        if booking:
            busy_until[slot.teacher_id] = booking.ends_at
        yield SlotRow(slot, booking and booking.conference, slot.ends_at <= timezone.now(), is_hidden)


# The whole school, one day at a time


@dataclass(frozen=True)
class GridTime:
    clock: str
    word: str
    link: str
    room: str


@dataclass(frozen=True)
class GridRow:
    teacher: Person
    cells: list[tuple[int, list[GridTime]]]
    free: int


@dataclass(frozen=True)
class RoundGrid:
    days: list[date]
    day: date | None
    hours: list[int]
    rows: list[GridRow]


def _with_starts(person, round):
    leader = Person(pk=person)
    times = ConferenceSlot.objects.filter(round=OuterRef("pk")).order_by().values("starts_at").distinct()
    is_led = Exists(ConferenceRound.objects.led_by(leader).filter(pk=OuterRef("pk")))
    found = ConferenceRound.objects.visible_to(leader).filter(pk=round).select_related("school")
    return found.annotate(starts=ArraySubquery(times), is_led=is_led)


round_for_grid = standing(_with_starts)  # (person, round) -> [round], with `starts` and `is_led`


def grid_of_round(round, viewer, day=None):
    """The next day that has any times, unless another is asked for. Two queries."""
    zone = round.school.zone
    days = sorted({at.astimezone(zone).date() for at in round.starts})
    if not days:
        return RoundGrid([], None, [], [])
    if day not in days:
        today = round.school.today()
        day = next((one for one in days if one >= today), days[-1])
    return RoundGrid(days, day, *_grid_rows(round, day, zone, _seen_in(round, viewer)))


def bounds(day, zone):
    return datetime.combine(day, time.min, tzinfo=zone), datetime.combine(
        day + timedelta(days=1), time.min, tzinfo=zone
    )


_starts = standing(
    lambda round: ConferenceSlot.objects.filter(round=round).order_by().values_list("starts_at").distinct()
)


def _day(round, start, end):
    return (
        ConferenceSlot.objects.filter(round=round, starts_at__gte=start, starts_at__lt=end)
        .select_related("teacher", "room", "booking__conference__pupil")
        .order_by("teacher__sort_name", "teacher", "starts_at")
    )


_on_day = standing(_day, start=datetime, end=datetime)


def _grid_rows(round, day, zone, seen):
    found, free = defaultdict(lambda: defaultdict(list)), Counter()
    for row in _rows(_on_day(round.pk, *bounds(day, zone)), seen):
        at = row.slot.starts_at.astimezone(zone)
        found[row.slot.teacher][at.hour].append(_in_words(row, clock(at, zone)))
        free[row.slot.teacher] += row.is_free
    hours = sorted({hour for cells in found.values() for hour in cells})
    rows = [
        GridRow(
            teacher,
            [(hour, cells.get(hour, [])) for hour in hours],
            free[teacher],
        )
        for teacher, cells in found.items()
    ]
    return hours, rows


def _in_words(row, clock):
    room = row.slot.room.name if row.slot.room else ""
    if row.talk and not row.is_hidden:
        return GridTime(clock, row.talk.pupil.given_name, row.talk.get_absolute_url(), room)
    return GridTime(clock, _become(row), "", room)


def _become(row):
    if row.is_hidden:
        return _("Occupied")
    if row.slot.blocked:
        return _("blocked")
    if row.slot.reserved_for_id:
        return _("offered to one family")
    return _("not used") if row.is_over else _("free")


# When a teacher is ill


@dataclass(frozen=True)
class IllDay:
    teacher: Person
    day: date
    bookings: list[Booking]
    seen: set[int]  # keys of the talks that the viewer may see
    free: int

    @property
    def is_short(self):
        return self.free < len(self.bookings)


def bookings_on(round, teacher, day):
    """Open talks at the round's school, including those of other rounds."""
    start, end = bounds(day, round.school.zone)
    bookings = Booking.objects.filter(conference__teacher=teacher, conference__school_class__school=round.school_id)
    open_ones = bookings.filter(conference__state=Conference.State.CALLED)
    return open_ones.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at")


def ill_day(round, teacher, day, viewer):
    found = bookings_on(round, teacher, day).select_related("conference__pupil", "conference__school_class")
    found = list(found)
    seen = Conference.objects.visible_to(viewer).filter(pk__in=[one.conference_id for one in found])
    left = ConferenceSlot.objects.free().filter(round=round, teacher=teacher, reserved_for=None)
    start, end = bounds(day, round.school.zone)
    left = left.filter(starts_at__gt=timezone.now()).exclude(starts_at__gte=start, starts_at__lt=end)
    return IllDay(teacher, day, found, set(seen.values_list("pk", flat=True)), left.count())


def told_when_ill(ill):
    talks = Conference.objects.filter(pk__in=[one.conference_id for one in ill.bookings])
    return list(talks.guardians().order_by("pk"))


def rooms_of(school):
    return Room.objects.filter(school=school)
