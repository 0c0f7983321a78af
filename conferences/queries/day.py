"""The teacher's day: the talks with a time as one list, and the children without one. Three queries at any size."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from conferences.calendar import place_of
from conferences.marks import Mark, interpreters_of, marks_of, who_and_where
from conferences.models import Conference, ConferenceRound, Participant
from conferences.queries.hosted import Guardian, Silent, hosted_by, known_guardians, silent_of, with_facts
from portal.paths import key_in, path_to
from portal.people import protection
from portal.people.models import Person
from portal.speech import clock
from portal.standing import standing

TOLD_AT_ONCE = 2  # families who are told that the teacher is late
FURTHEST = timedelta(days=3660)
SHORTEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class HostedTalk:
    conference: Conference
    guardians: list[Guardian]

    @property
    def booking(self):
        return self.conference.booking

    @property
    def place(self):
        return place_of(self.booking)

    @property
    def who(self):
        along = [one["name"] or one["given"] for one in self.conference.along if one["name"] or one["given"]]
        return [guardian.given_name for guardian in self.guardians] + along

    @property
    def interpreters(self):
        return interpreters_of(self.conference)


@dataclass(frozen=True)
class DayTalk(HostedTalk):
    is_now: bool
    is_next: bool
    pause_from: datetime | None
    step: str
    marks: tuple[Mark, ...]
    clock: str
    link: str

    @property
    def child(self):
        return self.conference.pupil.full_name

    @property
    def school(self):
        return self.conference.school_class.school

    @property
    def line(self):
        return who_and_where(self)


@dataclass
class Day:
    teacher: Person
    on: date
    today: date
    talks: list[DayTalk] = field(default_factory=list)
    silent: list[Silent] = field(default_factory=list)
    days: list[tuple[date, int]] = field(default_factory=list)
    booked: int = 0
    requests: int = 0
    rounds: list[ConferenceRound] = field(default_factory=list)

    @property
    def is_today(self):
        return self.on == self.today

    @property
    def school(self):
        first = next((talk.conference for talk in self.talks), None) or next(
            (row.conference for row in self.silent), None
        )
        return first.school_class.school if first else None

    @property
    def classes(self):
        return sorted({talk.conference.school_class.name for talk in self.talks})

    @property
    def rooms(self):
        return sorted({talk.booking.slot.room.name for talk in self.talks if talk.booking.slot.room})

    @property
    def waiting(self):
        return next_ones(self.talks) if self.is_today else []

    @property
    def unbooked(self):
        return [row for row in self.silent if row.state != "not_needed"]

    @property
    def reminded(self):
        return sum(row.gets_reminder for row in self.silent)

    @property
    def round(self):
        return self.rounds[0] if self.rounds else None


def day_named(on):
    """`on` as in an address, 2026-11-12; today if None. Anything else, or a day years away, is a 404."""
    if on is None:
        return timezone.localdate()
    try:
        day = date.fromisoformat(on)
    except ValueError as error:
        raise Http404 from error
    if abs(day - timezone.localdate()) > FURTHEST:
        raise Http404
    return day


def whose_day(viewer, key):
    """The viewer; with a key, that teacher, if the viewer leads their school or runs its office, else a 404."""
    if not key:
        return viewer
    led = Conference.objects.of_leader(viewer).values("teacher")
    return get_object_or_404(Person.objects.filter(pk__in=led), pk=key_in(key))


def attended_by(teacher, viewer):
    joined = Participant.objects.filter(person=teacher, kind=Participant.Kind.TEACHER).values("conference")
    return hosted_by(viewer).filter(Q(teacher=teacher) | Q(pk__in=joined))


def day_of(teacher, on, viewer):
    today = timezone.localdate()
    start = datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
    a_day = timedelta(days=1)
    rows = _asked(teacher.pk, viewer.pk, start - a_day, start + 2 * a_day, timezone.now() - a_day)
    day = Day(teacher=teacher, on=on, today=today)
    booked = sorted((row for row in rows if row.time), key=lambda row: (row.booking.starts_at, row.pk))
    ahead = Counter(local_day(row) for row in booked if local_day(row) >= today or local_day(row) == on)
    day.days = sorted(({on: 0} | ahead).items())
    day.talks = _talks([row for row in booked if local_day(row) == on], rows, teacher, viewer)
    own = [row for row in rows if row.teacher_id == teacher.pk and row.round and row.round.is_published]
    called = [row for row in own if row.time or not row.round.opens_later()]  # nobody is silent before they may choose
    day.booked = sum(row.time is not None and row.state != Conference.State.MISSED for row in called)
    day.silent = silent_of([row for row in called if lacks_time(row)])
    day.requests = sum(row.state == "asked" for row in day.silent)
    day.rounds = sorted({row.round for row in called}, key=lambda round: round.opens_at, reverse=True)
    return day


def _rows(teacher, viewer, after, before, lately):
    around = Q(booking__starts_at__gte=after, booking__starts_at__lt=before)
    published = Q(round__state=ConferenceRound.State.PUBLISHED)
    ahead = Q(kind=Conference.Kind.EXTRA, booking__starts_at__gte=lately)
    return with_facts(attended_by(Person(pk=teacher), Person(pk=viewer)).filter(around | published | ahead))


def lacks_time(conference):
    missed = conference.state == Conference.State.MISSED
    return missed or (conference.is_open and conference.time is None)


def local_day(conference):
    return conference.booking.starts_at.astimezone(conference.school_class.school.zone).date()


def next_ones(talks):
    now = timezone.now()
    return [talk for talk in talks if talk.conference.is_open and talk.booking.starts_at > now][:TOLD_AT_ONCE]


def _talks(booked, rows, teacher, viewer):
    now, talks, end = timezone.now(), [], None
    following = next((row for row in booked if row.is_open and row.booking.starts_at > now), None)
    for row in booked:
        starts_at, ends_at = row.booking.starts_at, row.booking.ends_at
        pause = end if end and starts_at - end >= SHORTEST_PAUSE else None
        other = _of_other_home(row, rows) if row.home_id else None
        talks.append(
            DayTalk(
                conference=row,
                guardians=known_guardians(row),
                is_now=row.is_open and starts_at <= now < ends_at,
                is_next=row is following,
                pause_from=pause,
                marks=tuple(marks_of(row, host=teacher, other_home=other)),
                step=_step(row, now, is_own=teacher.pk == viewer.pk),
                clock=clock(starts_at, row.school_class.school),
                link=path_to("conferences:talk_show", row.pk),
            )
        )
        end = max(end, ends_at) if end else ends_at
    return talks


def _step(row, now, *, is_own):
    if row.state == Conference.State.MISSED:
        return "offer"
    if not (is_own and row.is_open) or row.booking.starts_at > now:
        return "open"
    return "write" if now < row.booking.ends_at else "attend"


def _of_other_home(row, rows):
    return next((one for one in rows if one.pupil_id == row.pupil_id and one.home_id != row.home_id), None)


def teachers_on(viewer, on):
    """Empty unless the viewer leads a school or runs its office. One query."""
    start = datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
    theirs = Conference.objects.of_leader(viewer).filter(
        booking__starts_at__gte=start, booking__starts_at__lt=start + timedelta(days=1)
    )
    return list(Person.objects.filter(pk__in=theirs.values("teacher")).in_name_order())


def on_the_door(day):
    """[(talk, the child's first name)], with no name if the child's family is protected."""
    covered = protection.covered_among(talk.conference.pupil_id for talk in day.talks)
    return [
        (talk, "" if talk.conference.pupil_id in covered else talk.conference.pupil.given_name) for talk in day.talks
    ]


def expected_at(conference):
    return [*conference.guardians(), conference.pupil]


_asked = standing(_rows, after=datetime, before=datetime, lately=datetime)
