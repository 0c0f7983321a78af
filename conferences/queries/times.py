"""Which times a talk can have, and which are best: beside a sibling's, inside what suits the home."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from conferences.models import Conference, ConferenceSlot, Hold, InterpreterRequest, Participant, TimeWish
from conferences.spans import overlapping
from portal.people.models import GuardianRelation, Household
from portal.speech import clock
from portal.standing import standing

# The shortest and the longest wait between two siblings' talks that are beside each other.
BESIDE = timedelta(), timedelta(minutes=45)
BETWEEN_SCHOOLS = timedelta(minutes=20), timedelta(minutes=90)
CLOSE = timedelta(minutes=10)
USUAL_MINUTES = 20


@dataclass(slots=True)
class Time:
    """`key` is what a tap on it sends, `beside` the sibling's talk next to it, `is_own` the time that the talk has now,
    `meets` the family's other talk at that time, when that is why it is not free."""

    key: str
    slot: ConferenceSlot
    ends_at: datetime
    is_free: bool
    clock: str = ""
    suits: bool = False
    beside: Conference | None = None
    is_own: bool = False
    is_short: bool = False  # nobody has it, but there is not room for everything to be said twice
    is_chosen: bool = False
    meets: Conference | None = None

    @property
    def starts_at(self):
        return self.slot.starts_at

    @property
    def is_reserved(self):
        return self.slot.reserved_for_id is not None

    @property
    def is_before_sibling(self):
        return self.beside is not None and self.starts_at < self.beside.booking.starts_at

    @property
    def is_right_beside(self):
        return self.beside is not None and _gap(self.beside.booking, self.starts_at, self.ends_at) <= CLOSE


@dataclass
class Times:
    days: dict[date, list[Time]] = field(default_factory=lambda: defaultdict(list))
    best: list[Time] = field(default_factory=list)

    @property
    def all(self):
        return [time for times in self.days.values() for time in times]

    @property
    def free(self):
        return [time for time in self.all if time.is_free]

    @property
    def reserved(self):
        return [time for time in self.free if time.is_reserved]

    @property
    def without_reserved(self):
        days = {
            day: [one for one in times if not (one.is_reserved and one.is_free)] for day, times in self.days.items()
        }
        return {day: times for day, times in days.items() if times}

    def apart(self, most=3):
        found = []
        for time in self.free:
            if len(found) < most and (not found or time.starts_at >= found[-1].ends_at):
                found.append(time)
        return found

    def near(self, moment, most=3):
        closest = sorted(self.free, key=lambda time: (abs(time.starts_at - moment), time.starts_at))[:most]
        return sorted(closest, key=lambda time: time.starts_at)


def homes_of(conference):
    """The keys of the homes that take part. One query; none for a home's own talk."""
    if conference.home_id:
        return conference.homes_among(())
    return taking_part(conference)[1]


def taking_part(conference):
    """The keys of the teachers and of the homes, each sorted: everybody locks them in one order. One query."""
    ((joined, homes),) = _with(conference.pk)
    return sorted({conference.teacher_id, *joined}), conference.homes_among(homes)


def _others(conference):
    teachers = Participant.objects.filter(
        conference=OuterRef("pk"), kind=Participant.Kind.TEACHER, person__isnull=False
    ).values("person")
    found = Conference.objects.filter(pk=conference).order_by().with_homes()
    return found.values_list(ArraySubquery(teachers), "live_homes")


_with = standing(_others)


def is_early(person, round):
    wishes = TimeWish.objects.filter(round=round, household=person.household_id, household__isnull=False)
    return round.early_opens_at is not None and wishes.filter(cannot_move=True).exists()


def usual_length(conference):
    return timedelta(minutes=conference.round.minutes if conference.round else USUAL_MINUTES)


def said_twice(conference):
    """Whether it takes twice as long: an interpreter is asked for, or a home needs one in every talk."""
    asked = InterpreterRequest.objects.not_cancelled().filter(conference=conference)
    homes = Household.objects.filter(pk__in=homes_of(conference)).exclude(interpreter_language="")
    return homes.exists() or asked.exists()


def language_of(conference):
    homes = Household.objects.filter(pk__in=homes_of(conference)).exclude(interpreter_language="")
    return homes.order_by("pk").values_list("interpreter_language", flat=True).first() or ""


def is_long_enough(slot, conference):
    return slot.reserved_for_id == conference.pk and slot.ends_at - slot.starts_at >= 2 * usual_length(conference)


def holds_in_force():
    """Whom bookings keep busy: a home only while somebody there is still a guardian of the child."""
    guarded = GuardianRelation.objects.live().filter(
        guardian__household=OuterRef("household"), pupil=OuterRef("booking__conference__pupil")
    )
    return Hold.objects.filter(Q(household=None) | Exists(guarded))


def times_of(conference, *, household=None, interpreted=False, from_=None):
    """From `from_` on, free and taken, as one home sees them. Six queries at any size."""
    slots = [slot for slot in offered_to(conference, from_=from_) if is_offered(slot, conference)]
    if not slots:
        return Times()
    siblings, suited = _siblings(conference, household), _suited(conference.round_id, household)
    return laid_out(
        conference, slots, _busy(conference, slots), siblings=siblings, suited=suited, interpreted=interpreted
    )


def offered_to(conference, *, from_=None):
    """The slots that a child's talks in a round choose among, or its one extra talk."""
    now = timezone.now()
    return _offered(conference.pupil_id, conference.round_id, conference.pk, from_ or now, now)


def is_offered(slot, conference):
    return slot.teacher_id == conference.teacher_id and slot.reserved_for_id in (None, conference.pk)


def _offers(pupil, round, conference, from_, now):
    talks = Conference.objects.filter(Q(round=round) | Q(pk=conference), pupil=pupil).order_by()
    open_to_all = Q(round=round, round__isnull=False, reserved_for=None, starts_at__gte=from_)
    return (
        ConferenceSlot.objects.filter(teacher__in=talks.values("teacher"), blocked=False)
        .filter(open_to_all | Q(reserved_for__in=talks.values("pk"), starts_at__gte=now))
        .select_related("room", "booking")
        .order_by("starts_at")
    )


_offered = standing(_offers, from_=datetime, now=datetime)


def laid_out(conference, slots, busy, *, siblings=(), mine=(), suited=frozenset(), interpreted=False):
    """Reads nothing from the database. `mine` are (start, end, talk) of the home's other talks."""
    zone = conference.school_class.school.zone
    gap = timedelta(minutes=conference.round.gap_minutes if conference.round else 0)
    times = Times()
    for place, slot in enumerate(slots):
        booking = getattr(slot, "booking", None)
        is_own = booking is not None and booking.conference_id == conference.pk
        ends_at = _end(slots, place, gap, conference) if interpreted else slot.ends_at
        is_free = ends_at is not None and booking is None and not any(overlapping(busy, slot.starts_at, ends_at))
        local = slot.starts_at.astimezone(zone)
        beside = _beside(siblings, conference, slot.starts_at, ends_at) if is_free else None
        said = clock(local, zone)
        suits, is_short = _suits(suited, local), ends_at is None and booking is None
        ends_at, key = ends_at or slot.ends_at, f"{conference.pk}-{slot.pk}"
        meets = _met(mine, slot.starts_at, ends_at or slot.ends_at) if booking is None and not is_free else None
        time = Time(key, slot, ends_at, is_free, said, suits, beside, is_own, is_short, meets=meets)
        times.days[local.date()].append(time)
    times.days = dict(times.days)  # in a defaultdict a template would look up "items" as a key
    free = times.free
    times.best = (
        sorted((time for time in free if time.beside), key=_wait)[:2] or [time for time in free if time.suits][:2]
    )
    return times


def _end(slots, place, gap, conference):
    """An interpreted talk takes two slots in a row; None if the next is not the teacher's to give."""
    if is_long_enough(slots[place], conference):
        return slots[place].ends_at
    following = slots[place + 1] if place + 1 < len(slots) else None
    if following is None or following.starts_at - slots[place].ends_at > gap:
        return None
    booking = getattr(following, "booking", None)
    return following.ends_at if booking is None or booking.conference_id == conference.pk else None


def _busy(conference, slots):
    during = (slots[0].starts_at, max(slot.ends_at for slot in slots))
    teachers, homes = taking_part(conference)
    own = Q(teacher__in=teachers) | Q(pupil=conference.pupil_id) | Q(household__in=homes)
    holds = holds_in_force().filter(own, during__overlap=during).exclude(booking__conference=conference)
    return [(one.lower, one.upper) for one in holds.values_list("during", flat=True)]


def _met(mine, starts_at, ends_at):
    return next((talk for _start, _over, talk in overlapping(mine, starts_at, ends_at)), None)


def _siblings(conference, household):
    if household is None:
        return []
    pupils = GuardianRelation.objects.live().filter(guardian__household=household).values("pupil")
    return list(
        Conference.objects.open()
        .filter(pupil__in=pupils, booking__isnull=False, booking__starts_at__gte=timezone.now())
        .exclude(pk=conference.pk)
        .select_related("booking__slot", "pupil", "school_class")
    )


def _beside(siblings, conference, starts_at, ends_at):
    near = []
    for sibling in siblings:
        gap = _gap(sibling.booking, starts_at, ends_at)
        shortest, longest = BESIDE if sibling.school_id == conference.school_id else BETWEEN_SCHOOLS
        if shortest <= gap <= longest:
            near.append((gap, sibling))
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _gap(booking, starts_at, ends_at):
    """How long the family waits between the two talks; negative if they overlap."""
    return starts_at - booking.ends_at if starts_at >= booking.ends_at else booking.starts_at - ends_at


def _wait(time):
    return _gap(time.beside.booking, time.starts_at, time.ends_at), time.starts_at


def _suited(round_id, household):
    wish = TimeWish.objects.filter(round=round_id, household=household).first() if round_id and household else None
    return set(wish.times) if wish else set()


def _suits(suited, local):
    return bool(suited) and TimeWish.word_at(local) in suited
