"""From the children of a round who have no time to a problem for the planner, and back to the teachers' own times.

What people have booked is in the problem with its one time, so that a sibling's talk is placed beside it; anyone busy
elsewhere is busy here too. A joint talk needs all homes of the child, so homes that share a child count as one family.
An interpreter is in one place at a time, and is asked for one stretch of a day unless that costs somebody a time. A
break is a gap between a teacher's times, so the planner is told of none. The grid is explained in `grids`.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils import timezone

from conferences.models import (
    Booking,
    Conference,
    ConferenceSlot,
    InterpreterRequest,
    Participant,
    TimeRequest,
    TimeWish,
    guardians_of_pupils,
)
from conferences.queries.times import holds_in_force
from conferences.spans import overlapping
from conferences.timetables.planner.problem import NO_COMMON_TIME, Plan, Problem, Talk
from conferences.timetables.queries.grids import Span, grid_of
from conferences.timetables.queries.interpreting import narrowed, shared_out
from portal.people.models import Person

# Why a talk has no time, besides the planner's own reasons
NO_TIMES, NO_DOUBLE, BUSY, TAKEN = "no_times", "no_double", "busy", "taken"


def to_plan(round, *, with_offered):
    """The talks of a round that want a time. A family that has said in words when it can come waits for the teacher's
    answer: the planner reads no words."""
    wanted = [Conference.Wanted.PLEASE, *([Conference.Wanted.OFFERED] if with_offered else [])]
    asking = TimeRequest.objects.waiting().values("conference")
    return Conference.objects.unbooked().filter(round=round, wanted__in=wanted).exclude(pk__in=asking)


@dataclass
class Puzzle:
    problem: Problem
    planned: dict[int, Conference] = field(default_factory=dict)
    slots: dict[tuple[int, int], int] = field(default_factory=dict)  # {(teacher, slot of the grid): key of the time}
    hopeless: dict[int, str] = field(default_factory=dict)
    wide: dict[int, tuple[int, ...]] = field(default_factory=dict)  # where interpreters are not asked for one stretch
    extras: dict[int, list[str]] = field(default_factory=dict)

    def widened(self):
        talks = (replace(talk, possible=self.wide.get(talk.key, talk.possible)) for talk in self.problem.talks)
        return replace(self.problem, talks=tuple(talks))

    def times_of(self, plan):
        late = self.left_out(plan)
        return {
            key: None if plan.starts.get(key) is None or key in late else self.slots[talk.teacher_id, plan.starts[key]]
            for key, talk in self.planned.items()
        }

    def plan_of(self, placements):
        at = {key: start for (_teacher, start), key in self.slots.items()}
        placed = {one.conference_id: at.get(one.slot_id) for one in placements}
        starts = {talk.key: placed.get(talk.key, talk.possible[0]) for talk in self.problem.talks}
        return Plan(starts, 0) if any(start is not None for start in placed.values()) else None

    def left_out(self, plan):
        """Talks whose second teacher or interpreter is busy then: the planner knows one such person for each talk."""
        busy, out = set(), set()
        for talk in sorted(self.problem.talks, key=lambda talk: (talk.key in self.planned, talk.key)):
            start = plan.starts.get(talk.key)
            if start is None:
                continue
            wanted = {(who, at) for who in self.extras.get(talk.key, ()) for at in range(start, start + talk.length)}
            if wanted & busy and talk.key in self.planned:
                out.add(talk.key)
            else:
                busy |= wanted
        return out


@dataclass
class Facts:
    round: object
    guardians: dict[int, list[Person]]
    wishes: dict[int, set[str]]
    asked: dict[int, list[str]]
    teams: dict[int, list[int]]
    busy: dict[str, list]
    times: dict[int, list[ConferenceSlot]]

    def homes_of(self, talk):
        return talk.homes_among(one.household_id for one in self.guardians.get(talk.pupil_id, ()))

    def languages_of(self, talk):
        spoken = {one.household_id: one.household.interpreter_language for one in self.guardians.get(talk.pupil_id, ())}
        homes = (spoken.get(home) for home in self.homes_of(talk))
        return list(dict.fromkeys([*self.asked.get(talk.pk, ()), *filter(None, homes)]))

    def people_of(self, talk):
        teachers = [f"teacher {key}" for key in (talk.teacher_id, *self.teams.get(talk.pk, ()))]
        return [*teachers, f"pupil {talk.pupil_id}", *(f"home {key}" for key in self.homes_of(talk))]

    def suits(self, talk, moment):
        """Whether the time is inside what every home has said; saying nothing accepts any time."""
        word = TimeWish.word_at(moment.astimezone(self.round.school.zone))
        return all(word in said for said in map(self.wishes.get, self.homes_of(talk)) if said)

    def is_free(self, talk, slot, span):
        people = self.people_of(talk) + ([f"room {slot.room_id}"] if slot.room_id else [])
        return not any(any(overlapping(self.busy.get(who, ()), span.start, span.end)) for who in people)

    def spans(self, talk, *, doubled):
        own, rest = self.times.get(talk.teacher_id, []), timedelta(minutes=self.round.gap_minutes)
        then = [*(slot.starts_at for slot in own[1:]), None]
        if not doubled:
            return [(slot, Span(slot.starts_at, slot.ends_at, at)) for slot, at in zip(own, then, strict=False)]
        return [
            (one, Span(one.starts_at, other.ends_at, at))
            for one, other, at in zip(own, own[1:], then[1:], strict=False)
            if other.starts_at - one.ends_at <= rest
        ]


def facts_of(round, talks, *, taken=()):
    """Six queries at any size. `taken` are the keys of times that are unavailable."""
    asked = InterpreterRequest.objects.not_cancelled().filter(conference__round=round)
    joined = Participant.objects.filter(conference__round=round, kind=Participant.Kind.TEACHER, person__isnull=False)
    free = ConferenceSlot.objects.free().filter(round=round, reserved_for=None, starts_at__gt=timezone.now())
    times = defaultdict(list)
    for slot in free.filter(teacher__in={talk.teacher_id for talk in talks}).order_by("starts_at"):
        if slot.pk not in taken:
            times[slot.teacher_id].append(slot)
    wishes = TimeWish.objects.filter(round=round).values_list("household", "times")
    return Facts(
        round=round,
        guardians=guardians_of_pupils(talk.pupil_id for talk in talks),
        wishes={home: set(said) for home, said in wishes},
        asked=_grouped(asked.order_by("pk").values_list("conference", "language")),
        teams=_grouped(joined.values_list("conference", "person")),
        busy=_busy(times),
        times=times,
    )


def interpreters_to_ask(timetable):
    talks = [one.conference for one in timetable.placements.select_related("conference")]
    facts = facts_of(timetable.round, talks)
    wanted = {talk.pk: facts.languages_of(talk) for talk in talks if talk.pk not in facts.asked}
    return {key: languages[0] for key, languages in wanted.items() if languages}


def guardians_told(timetable):
    talks = Conference.objects.filter(placements__timetable=timetable, placements__slot__isnull=False)
    return talks.guardians()


def _grouped(pairs):
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _busy(times):
    slots = [slot for own in times.values() for slot in own]
    if not slots:
        return {}
    during = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    found = defaultdict(list)
    for hold in holds_in_force().filter(during__overlap=during):
        kinds = (("teacher", hold.teacher_id), ("pupil", hold.pupil_id), ("home", hold.household_id))
        who = next((f"{kind} {key}" for kind, key in kinds if key), f"room {hold.room_id}")
        found[who].append((hold.during.lower, hold.during.upper))
    return found


def puzzle_of(timetable):
    """As things stand now; nothing to solve when nobody can have a time. Nine queries."""
    placements = {one.conference_id: one for one in timetable.placements.all()}
    planned = list(Conference.objects.unbooked().filter(pk__in=placements).order_by("pk"))
    booked = Booking.objects.filter(conference__round=timetable.round_id, starts_at__gt=timezone.now())
    fixed = list(
        booked.filter(conference__state=Conference.State.CALLED).select_related("conference", "slot").order_by("pk")
    )
    facts = facts_of(timetable.round, [*planned, *(booking.conference for booking in fixed)])
    pinned = {key: one.slot_id for key, one in placements.items() if one.pinned and one.slot_id}
    offered = {talk.pk: _offered(facts, talk, pinned.get(talk.pk)) for talk in planned}
    hopeless = {key: why for key, (_spans, why) in offered.items() if why}
    able = [talk for talk in planned if talk.pk not in hopeless]
    if not able:
        return Puzzle(Problem(1, 1, ()), {talk.pk: talk for talk in planned}, hopeless=hopeless)
    spans = [span for talk in able for _slot, span in facts.spans(talk, doubled=False)]
    spans += [Span(booking.starts_at, booking.slot.ends_at) for booking in fixed]
    return _assembled(facts, grid_of(spans, timetable.round.school.zone), planned, offered, fixed)


def _offered(facts, talk, pinned):
    doubled = bool(facts.languages_of(talk))
    spans = facts.spans(talk, doubled=doubled)
    fixed = [(slot, span) for slot, span in spans if slot.pk == pinned]
    if fixed:
        return fixed, ""
    free = [(slot, span) for slot, span in spans if facts.is_free(talk, slot, span)]
    suited = [(slot, span) for slot, span in free if facts.suits(talk, slot.starts_at)]
    if suited:
        return suited, ""
    if free:
        return [], NO_COMMON_TIME
    return [], BUSY if spans else NO_DOUBLE if facts.times.get(talk.teacher_id) else NO_TIMES


def _assembled(facts, grid, planned, offered, fixed):
    families = _families(facts, [*planned, *(booking.conference for booking in fixed)])
    puzzle = Puzzle(Problem(1, 1, ()), {talk.pk: talk for talk in planned})
    talks = []
    for talk in planned:
        spans, why = offered[talk.pk]
        if why:
            puzzle.hopeless[talk.pk] = why
            continue
        puzzle.slots |= {(talk.teacher_id, grid.slot(slot.starts_at)): slot.pk for slot, _span in spans}
        length = max(grid.length(span) for _slot, span in spans)
        possible = tuple(sorted(grid.slot(slot.starts_at) for slot, _span in spans))
        family = families[talk.pk]
        talks.append(Talk(talk.pk, talk.teacher_id, family, talk.pupil_id, possible, length=length))
    talks = _with_company(facts, puzzle, talks)
    puzzle.wide = {talk.key: talk.possible for talk in talks}
    talks = narrowed(talks, grid.slots)
    talks += _fixed(grid, fixed, families)
    puzzle.problem = Problem(grid.days, grid.slots, tuple(talks), walking=grid.walking)
    return puzzle


def _families(facts, talks):
    """{talk's key: family}. Homes that share a child's talk are one family."""
    leader = {}

    def find(home):
        while leader.setdefault(home, home) != home:
            home = leader[home]
        return home

    for talk in talks:
        homes = facts.homes_of(talk)
        for other in homes[1:]:
            leader[find(other)] = find(homes[0])
    keys = {talk.pk: min(facts.homes_of(talk), default=None) for talk in talks}
    return {
        talk.pk: f"child {talk.pupil_id}" if keys[talk.pk] is None else f"home {find(keys[talk.pk])}" for talk in talks
    }


def _with_company(facts, puzzle, talks):
    seconds = {teacher for team in facts.teams.values() for teacher in team}
    languages = shared_out(talks, {talk.key: facts.languages_of(puzzle.planned[talk.key]) for talk in talks})
    found = []
    for talk in talks:
        teachers = [talk.teacher, *facts.teams.get(talk.key, ())]
        extras = [*languages.get(talk.key, ()), *(f"teacher {one}" for one in teachers if one in seconds)]
        puzzle.extras[talk.key] = extras
        found.append(replace(talk, interpreter=extras[0] if extras else None))
    return found


def _fixed(grid, bookings, families):
    """What is booked, each at its one time. Homes joined only through a child may be in two talks at once: then they
    are kept apart."""
    talks, busy = [], set()
    for booking in bookings:
        talk, start = booking.conference, grid.slot(booking.starts_at)
        length = grid.length(Span(booking.starts_at, booking.ends_at, booking.ends_at))
        length = min(length, grid.slots - start % grid.slots)
        family = families[talk.pk]
        around = {(family, at) for at in range(start, start + length + grid.walking)}
        if around & busy:
            family = f"talk {talk.pk}"
        busy |= around
        talks.append(Talk(talk.pk, talk.teacher_id, family, talk.pupil_id, (start,), length=length))
    return talks
