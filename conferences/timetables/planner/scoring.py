"""What a plan costs, counted slowly and plainly: every plan that leaves the planner has been checked here."""

from collections import defaultdict
from itertools import pairwise

UNPLACED, EXTRA_DAY, WAITING, IDLE = 1000, 6, 3, 1


class Broken(ValueError):
    """An infeasible plan."""


def score(problem, starts):
    """The objective, by its parts. Raises `Broken` when somebody is in two places, or has no break."""
    if set(starts) != set(problem.by_key):
        raise Broken("One entry for each talk is needed.")
    placed = _placed(problem, starts)
    for talk, start in placed.items():
        if start not in talk.possible:
            raise Broken(f"Talk {talk.key} cannot start in slot {start}.")
    _nobody_twice(placed)
    families = [_family(problem, talks) for talks in _by(placed, lambda talk: talk.family).values()]
    extra_days, waiting = (sum(part) for part in zip(*families, strict=True)) if families else (0, 0)
    idle = sum(_idle(problem, teacher, talks) for teacher, talks in _by(placed, lambda talk: talk.teacher).items())
    unplaced = len(starts) - len(placed)
    return {
        "objective": UNPLACED * unplaced + EXTRA_DAY * extra_days + WAITING * waiting + IDLE * idle,
        "unplaced": unplaced,
        "extra_days": extra_days,
        "waiting_slots": waiting,
        "idle_slots": idle,
    }


def costs(problem, starts):
    placed, found = _placed(problem, starts), {}
    for family, talks in _by(placed, lambda talk: talk.family).items():
        extra_days, waiting = _family(problem, talks)
        found["family", family] = EXTRA_DAY * extra_days + WAITING * waiting
    for teacher, talks in _by(placed, lambda talk: talk.teacher).items():
        found["teacher", teacher] = IDLE * _idle(problem, teacher, talks)
    return {person: cost for person, cost in found.items() if cost}


def _placed(problem, starts):
    return {problem.by_key[key]: start for key, start in starts.items() if start is not None}


def _by(placed, who):
    groups = defaultdict(list)
    for talk, start in placed.items():
        groups[who(talk)].append((start, talk))
    return groups


def _nobody_twice(placed):
    taken = set()
    for talk, start in placed.items():
        for kind, person in (
            ("teacher", talk.teacher),
            ("family", talk.family),
            ("interpreter", talk.interpreter),
        ):
            if person is None:
                continue
            for slot in range(start, start + talk.length):
                if (kind, person, slot) in taken:
                    raise Broken(f"The {kind} {person} is in two places at once in slot {slot}.")
                taken.add((kind, person, slot))


def _days(problem, talks):
    days = defaultdict(list)
    for start, talk in sorted(talks, key=lambda pair: pair[0]):
        days[start // problem.slots].append((start % problem.slots, talk))
    return days


def _span(talks):
    return max(start + talk.length for start, talk in talks) - min(start for start, _talk in talks)


def _family(problem, talks):
    """(extra days, waiting slots). Walking between places is not waiting, as long as no place is left twice."""
    days, waiting = _days(problem, talks), 0
    for day in days.values():
        for (start, talk), (then, other) in pairwise(day):
            if talk.where != other.where and then - start - talk.length < problem.walking:
                raise Broken(f"Family {talk.family} has no time to walk to talk {other.key}.")
        places = {talk.where for _start, talk in day}
        waiting += _span(day) - sum(talk.length for _start, talk in day) - problem.walking * (len(places) - 1)
    return len(days) - 1, waiting


def _idle(problem, teacher, talks):
    """Slots in which a teacher waits, not counting the break; where several breaks fit, the best one."""
    pause = problem.pauses.get(teacher)
    idle = 0
    for day in _days(problem, talks).values():
        busy = sum(talk.length for _start, talk in day)
        if pause is None:
            idle += _span(day) - busy
            continue
        booked = {start + more for start, talk in day for more in range(talk.length)}
        first, last = min(booked), max(booked) + 1
        options = [
            max(last, start + pause.length) - min(first, start) - busy - pause.length
            for start in pause.starts()
            if booked.isdisjoint(range(start, start + pause.length))
        ]
        if not options:
            raise Broken(f"Teacher {teacher} has no room for a break.")
        idle += min(options)
    return idle
