"""What those who lead a round see of a timetable: before it, while it is made, and when it is proposed."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Booking, Conference, ConferenceSlot, Placement, TimeRequest, Timetable, TimeWish
from conferences.queries.said import Said, said_about
from conferences.spans import overlapping
from conferences.timetables.planner.problem import (
    FAMILY_CLASH,
    INTERPRETER_FULL,
    LOST_TO_OTHERS,
    NO_COMMON_TIME,
    TEACHER_FULL,
)
from conferences.timetables.queries.puzzles import BUSY, NO_DOUBLE, NO_TIMES, TAKEN, facts_of, to_plan
from portal.people.languages import language_name
from portal.people.models import Person

LONG_WAIT = timedelta(minutes=30)
STARTING = 5  # seconds until the planner's process is up


# Before


@dataclass(frozen=True)
class Start:
    children: int
    offered: int
    asking: int
    homes: int
    wishes: int
    times: int
    open: Timetable | None


def start_of(round):
    talks = Conference.objects.unbooked().filter(round=round)
    asking = Q(pk__in=TimeRequest.objects.waiting().values("conference"))
    counts = talks.aggregate(
        children=Count("pupil", distinct=True, filter=Q(wanted=Conference.Wanted.PLEASE) & ~asking),
        offered=Count("pk", filter=Q(wanted=Conference.Wanted.OFFERED) & ~asking),
        asking=Count("pupil", distinct=True, filter=asking),
    )
    said = TimeWish.objects.filter(round=round).exclude(times=[])
    homes = (
        to_plan(round, with_offered=True)
        .guardians()
        .aggregate(
            homes=Count("household", distinct=True),
            wishes=Count("household", distinct=True, filter=Q(household__in=said.values("household"))),
        )
    )
    free = ConferenceSlot.objects.free().filter(round=round, reserved_for=None, starts_at__gt=timezone.now())
    return Start(**counts, **homes, times=free.count(), open=Timetable.objects.being_made().filter(round=round).first())


# Meanwhile


@dataclass(frozen=True)
class Progress:
    timetable: Timetable
    placed: int
    total: int
    share: int

    @property
    def is_booking(self):
        return self.timetable.state == Timetable.State.BOOKING


def progress_of(timetable):
    if timetable.state == Timetable.State.BOOKING:
        placed = Q(conference__booking__isnull=False)
        counts = timetable.placements.filter(slot__isnull=False).aggregate(
            total=Count("pk"), placed=Count("pk", filter=placed)
        )
    else:
        counts = timetable.placements.aggregate(total=Count("pk"), placed=Count("pk", filter=Q(slot__isnull=False)))
    begun = timetable.started_at
    elapsed = int((timezone.now() - begun).total_seconds()) if begun else 0
    if timetable.state == Timetable.State.BOOKING:
        share = 100 * counts["placed"] // max(1, counts["total"])
    else:
        share = min(99, 100 * elapsed // (timetable.seconds + STARTING))
    return Progress(timetable, counts["placed"], counts["total"], share)


# When it is proposed


@dataclass(frozen=True)
class PlacedRow:
    placement: Placement
    end: datetime
    language: str
    beside: bool  # the family has another talk just before or after
    is_hidden: bool = False
    said: list[Said] = ()

    @property
    def conference(self):
        return self.placement.conference

    @property
    def start(self):
        return self.placement.slot.starts_at


@dataclass
class TeacherPlan:
    teacher: Person
    days: dict[date, list[PlacedRow]] = field(default_factory=lambda: defaultdict(list))
    idle: int = 0

    @property
    def talks(self):
        return sum(map(len, self.days.values()))

    @property
    def by_day(self):
        return sorted(self.days.items())


@dataclass(frozen=True)
class Left:
    placement: Placement
    why: str
    help: str
    is_hidden: bool
    said: list[Said] = ()

    @property
    def conference(self):
        return self.placement.conference


@dataclass
class Page:
    timetable: Timetable
    total: int
    placed: int
    teachers: list[TeacherPlan]
    left: list[Left]
    languages: list[tuple[str, int]]
    families: int = 0
    once: int = 0
    long_waits: int = 0
    idle: int = 0
    homes_told: set[int] = field(default_factory=set)

    @property
    def gap(self):
        known = self.timetable.objective is not None and self.timetable.bound is not None
        return max(0, self.timetable.objective - self.timetable.bound) if known else None


def page_of(timetable, viewer):
    """The timetable as the viewer may see it: where they are restricted from a child, they see only that the time is
    taken. Fourteen queries."""
    about = (f"conference__{name}" for name in ("pupil", "teacher", "school_class"))
    placements = list(timetable.placements.select_related("slot", *about))
    talks = [one.conference for one in placements]
    facts = facts_of(timetable.round, talks)
    slots = list(ConferenceSlot.objects.filter(round=timetable.round_id, blocked=False).order_by("starts_at"))
    booked = list(
        Booking.objects.filter(conference__round=timetable.round_id).select_related("conference").order_by("starts_at")
    )
    of_round = Conference.objects.visible_to(viewer).filter(round=timetable.round_id)
    seen = set(of_round.values_list("pk", flat=True))
    said = said_about(talks, viewer)
    zone = timetable.round.school.zone
    ends = {one.pk: _end(facts, one, slots) for one in placements if one.slot}
    visits = _visits(facts, placements, ends, booked, zone)
    beside = {key for days in visits.values() for spans in days.values() for key in _neighbours(spans)}
    teachers = {}
    for one in sorted((one for one in placements if one.slot), key=lambda one: (one.slot.starts_at, one.pk)):
        teacher = one.conference.teacher
        plan = teachers.setdefault(teacher.pk, TeacherPlan(teacher))
        language = ", ".join(str(language_name(code)) for code in facts.languages_of(one.conference))
        is_hidden = one.conference_id not in seen
        words = said.get(one.conference_id, ())
        row = PlacedRow(one, ends[one.pk], language, one.conference_id in beside, is_hidden, words)
        plan.days[row.start.astimezone(zone).date()].append(row)
    _count_idle(teachers, slots, booked, ends, placements, zone)
    several = [days for days in visits.values() if sum(map(len, days.values())) > 1]
    placed = [one for one in placements if one.slot]
    return Page(
        timetable=timetable,
        total=len(placements),
        placed=len(placed),
        teachers=sorted(teachers.values(), key=lambda plan: (plan.teacher.sort_name, plan.teacher.pk)),
        left=[_left(one, seen, said.get(one.conference_id, ())) for one in placements if not one.slot],
        languages=_languages(facts, placed),
        families=len(several),
        once=sum(len(days) == 1 for days in several),
        long_waits=sum(any(_longest(spans) > LONG_WAIT for spans in days.values()) for days in several),
        idle=sum(plan.idle for plan in teachers.values()),
        homes_told={home for one in placed for home in facts.homes_of(one.conference)},
    )


def _end(facts, placement, slots):
    if not facts.languages_of(placement.conference):
        return placement.slot.ends_at
    # an interpreted talk takes the teacher's next time too
    teacher, start = placement.conference.teacher_id, placement.slot.ends_at
    return next((slot.ends_at for slot in slots if slot.teacher_id == teacher and slot.starts_at >= start), start)


def _visits(facts, placements, ends, booked, zone):
    found = defaultdict(lambda: defaultdict(list))
    spans = [(one.slot.starts_at, ends[one.pk], one.conference) for one in placements if one.slot]
    known = {conference.pk for _start, _end_, conference in spans}
    spans += [(one.starts_at, one.ends_at, one.conference) for one in booked if one.conference_id not in known]
    for start, end, talk in sorted(spans, key=lambda span: (span[0], span[2].pk)):
        for home in facts.homes_of(talk):
            found[home][start.astimezone(zone).date()].append((start, end, talk.pk))
    return found


def _pairs(spans):
    return pairwise(spans)


def _neighbours(spans):
    near = [(one[2], other[2]) for one, other in _pairs(spans) if other[0] - one[1] <= LONG_WAIT]
    return {key for pair in near for key in pair}


def _longest(spans):
    return max((other[0] - one[1] for one, other in _pairs(spans)), default=timedelta())


def _count_idle(teachers, slots, booked, ends, placements, zone):
    busy = defaultdict(list)
    for one in placements:
        if one.slot:
            busy[one.conference.teacher_id, one.slot.starts_at.astimezone(zone).date()].append(
                (one.slot.starts_at, ends[one.pk])
            )
    for one in booked:
        busy[one.conference.teacher_id, one.starts_at.astimezone(zone).date()].append((one.starts_at, one.ends_at))
    for slot in slots:
        spans = busy.get((slot.teacher_id, slot.starts_at.astimezone(zone).date()))
        if slot.teacher_id not in teachers or not spans:
            continue
        between = min(start for start, _end_ in spans) < slot.starts_at < max(end for _start, end in spans)
        if between and not any(overlapping(spans, slot.starts_at, slot.ends_at)):
            teachers[slot.teacher_id].idle += 1


def _languages(facts, placed):
    counted = Counter(language for one in placed for language in facts.languages_of(one.conference))
    return sorted((str(language_name(code)), number) for code, number in counted.items())


def _left(placement, seen, said):
    why, help_ = _words(placement.reason) if placement.reason else _words(LOST_TO_OTHERS)
    name = {"teacher": placement.conference.teacher.full_name}
    return Left(placement, why % name, help_ % name, placement.conference_id not in seen, said)


def _words(reason):
    """(why, what helps). An unknown reason, from a later planner, reads as the last one."""
    said = {
        NO_TIMES: (_("%(teacher)s has no free time ahead."), _("Ask for more times, or add them yourself.")),
        NO_COMMON_TIME: (
            _("No free time of %(teacher)s suits what the home has said."),
            _("Call the family, or ask for times on another part of the day."),
        ),
        NO_DOUBLE: (
            _("With an interpreter a talk takes two times in a row, and %(teacher)s has no two."),
            _("Add times that follow each other."),
        ),
        BUSY: (
            _("Somebody who takes part is in another talk at every free time of %(teacher)s."),
            _("Add times, or move the other talk."),
        ),
        FAMILY_CLASH: (
            _("The family has more talks than the times that suit them hold."),
            _("Call the family and find one more time together."),
        ),
        TEACHER_FULL: (
            _("More families need a time with %(teacher)s than there are times that suit them."),
            _("Ask %(teacher)s for more times, and plan again."),
        ),
        INTERPRETER_FULL: (
            _("The interpreter has talks at all times that would suit."),
            _("Add times, or agree on another interpreter with the office."),
        ),
        TAKEN: (
            _("Somebody took the time before it was given."),
            _("Choose another time for the family. It keeps its invitation."),
        ),
    }
    others = (
        _("There are times that would suit, and other families need them more."),
        _("Ask %(teacher)s for one more time, or put the talk somewhere by hand."),
    )
    return said.get(reason, others)
