"""Which times a conference can have, and which are best: beside a sibling's, inside what suits the home."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from conferences.models import Conference, ConferenceSlot, Hold, Participant, TimeWish
from portal.people.models import GuardianRelation

BESIDE = timedelta(minutes=45)  # the longest wait between two siblings' talks that still counts as beside


@dataclass(frozen=True)
class Time:
    """One time on the page. `beside` is the sibling's conference that it lies beside."""

    slot: ConferenceSlot
    ends_at: datetime
    is_free: bool
    suits: bool = False
    beside: Conference | None = None

    @property
    def starts_at(self):
        return self.slot.starts_at

    @property
    def is_before_sibling(self):
        return self.beside is not None and self.starts_at < self.beside.booking.starts_at


@dataclass
class Times:
    """All times of one conference, by day at the school, and the best ones first."""

    days: dict[date, list[Time]] = field(default_factory=lambda: defaultdict(list))
    best: list[Time] = field(default_factory=list)

    @property
    def free(self):
        return [time for times in self.days.values() for time in times if time.is_free]


def homes_of(conference):
    """The keys of the homes that take part: one home's own talk has one, else those of every live guardian."""
    if conference.home_id:
        return [conference.home_id]
    live = GuardianRelation.objects.live().filter(pupil=conference.pupil_id, guardian__household__isnull=False)
    return sorted(set(live.values_list("guardian__household", flat=True)))


def team_of(conference):
    """The keys of the teachers who take part."""
    joined = Participant.objects.filter(conference=conference, kind=Participant.Kind.TEACHER, person__isnull=False)
    return [conference.teacher_id, *joined.values_list("person", flat=True)]


def is_early(person, round):
    """Whether the first phase of booking is for this person's home."""
    wishes = TimeWish.objects.filter(round=round, household=person.household_id, household__isnull=False)
    return round.early_opens_at is not None and wishes.filter(cannot_move=True).exists()


def times_of(conference, *, household=None, interpreted=False, from_=None):
    """The times of a conference from `from_` on, each free or taken, for one home. Six queries at any size."""
    offered = (
        ConferenceSlot.objects.filter(teacher=conference.teacher_id, blocked=False)
        .filter(Q(round=conference.round_id, reserved_for=None) | Q(reserved_for=conference))
        .filter(starts_at__gte=from_ or timezone.now())
        .select_related("room", "booking")
        .order_by("starts_at")
    )
    slots = list(offered)
    if not slots:
        return Times()
    busy = _busy(conference, slots)
    siblings = _siblings(conference, household)
    suited = _suited(conference.round_id, household)
    zone, gap = (
        conference.school_class.school.zone,
        timedelta(minutes=conference.round.gap_minutes if conference.round else 0),
    )
    times = Times()
    for place, slot in enumerate(slots):
        ends_at = _end(slots, place, gap) if interpreted else slot.ends_at
        is_free = ends_at is not None and not hasattr(slot, "booking") and not _clash(busy, slot.starts_at, ends_at)
        local = slot.starts_at.astimezone(zone)
        beside = _beside(siblings, slot.starts_at, ends_at, slot.room_id) if is_free else None
        time = Time(slot, ends_at or slot.ends_at, is_free, _suits(suited, local), beside)
        times.days[local.date()].append(time)
    free = times.free
    times.best = (
        sorted((time for time in free if time.beside), key=_wait)[:2] or [time for time in free if time.suits][:2]
    )
    return times


def _end(slots, place, gap):
    """An interpreted talk takes two slots in a row; nothing when the next is not the teacher's."""
    following = slots[place + 1] if place + 1 < len(slots) else None
    if following is None or hasattr(following, "booking") or following.starts_at - slots[place].ends_at > gap:
        return None
    return following.ends_at


def _busy(conference, slots):
    """When somebody who takes part, or a room, is in another talk."""
    during = (slots[0].starts_at, max(slot.ends_at for slot in slots))
    holds = (
        Hold.objects.filter(during__overlap=during)
        .filter(
            Q(teacher__in=team_of(conference)) | Q(pupil=conference.pupil_id) | Q(household__in=homes_of(conference))
        )
        .exclude(booking__conference=conference)
    )
    return [(held.lower, held.upper) for held in holds.values_list("during", flat=True)]


def _clash(busy, starts_at, ends_at):
    return any(start < ends_at and starts_at < end for start, end in busy)


def _siblings(conference, household):
    """The booked talks of the other children of one home in the same weeks."""
    if household is None:
        return []
    pupils = GuardianRelation.objects.live().filter(guardian__household=household).values("pupil")
    return list(
        Conference.objects.open()
        .filter(pupil__in=pupils, booking__isnull=False, booking__starts_at__gte=timezone.now())
        .exclude(pk=conference.pk)
        .select_related("booking__slot", "pupil")
    )


def _beside(siblings, starts_at, ends_at, room):
    near = [(gap, sibling) for sibling in siblings if (gap := _gap(sibling.booking, starts_at, ends_at)) is not None]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _gap(booking, starts_at, ends_at):
    gap = starts_at - booking.ends_at if starts_at >= booking.ends_at else booking.starts_at - ends_at
    return gap if timedelta() <= gap <= BESIDE else None


def _wait(time):
    return _gap(time.beside.booking, time.starts_at, time.ends_at), time.starts_at


def _suited(round_id, household):
    wish = TimeWish.objects.filter(round=round_id, household=household).first() if round_id and household else None
    return set(wish.times) if wish else set()


def _suits(suited, local):
    part = next(part for part, (first, last) in TimeWish.HOURS.items() if first <= local.hour < last)
    return f"{local:%Y-%m-%d} {part}" in suited
