"""The common grid on which the planner counts, made from times that teachers chose each for themselves.

Where no time of one teacher overlaps another's beginning, every beginning is a slot of its own, and a pause that
everybody has is none. This is so when all teachers took their times from the round's lengths, and it is how a school
counts: waiting one slot is waiting one talk. Otherwise a slot is the longest stretch of minutes of which every
beginning and end is a multiple, usually five, and a talk lasts several of them. That is exact for any times; a wait
then weighs more, since it is counted in shorter pieces. Rounding the times to a coarser grid was no option: what is
published must be true.

A time keeps its people busy until they have had time to walk, or until the teacher's next one.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import pairwise
from math import gcd

WALK = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
ROOM = 3  # slots behind the last beginning, for a talk that takes more than one


@dataclass(frozen=True)
class Span:
    """From one moment to another; `then` is when the same teacher begins again."""

    start: datetime
    end: datetime
    then: datetime | None = None

    @property
    def reach(self):
        return self.end + WALK if self.then is None else min(self.end + WALK, self.then)


@dataclass(frozen=True)
class Grid:
    places: dict[datetime, int]
    slots: int
    walking: int
    step: timedelta | None = None

    @property
    def days(self):
        return max(self.places.values()) // self.slots + 1

    def slot(self, moment):
        return self.places[moment]

    def length(self, span):
        if self.step:
            return -((span.start - span.reach) // self.step)
        cuts = list(self.places)
        return self.places[cuts[bisect_left(cuts, span.end) - 1]] - self.places[span.start] + 1


def grid_of(spans, zone):
    days = defaultdict(set)
    for span in spans:
        days[span.start.astimezone(zone).date()].add(span.start)
    days = [sorted(days[day]) for day in sorted(days)]
    following = {before: after for day in days for before, after in pairwise(day)}
    rests = [following[span.start] - span.end for span in spans if span.start in following]
    if all(rest >= timedelta() for rest in rests):
        return _of_beginnings(days, walking=int(any(rest < WALK for rest in rests)))
    return _of_minutes(days, spans)


def _of_beginnings(days, walking):
    usual = min((after - before for day in days for before, after in pairwise(day)), default=MINUTE)
    within = []
    for day in days:
        places = {day[0]: 0}
        for before, after in pairwise(day):  # hours without any talk still count as waiting
            places[after] = places[before] + max(1, round((after - before) / usual))
        within.append(places)
    slots = max(max(places.values()) for places in within) + ROOM
    return Grid(_end_to_end(within, slots), slots, walking)


def _of_minutes(days, spans):
    first = {moment: day[0] for day in days for moment in day}
    ends = [span.reach - first[span.start] for span in spans]
    starts = [span.start - first[span.start] for span in spans]
    step = MINUTE * (reduce(gcd, (one // MINUTE for one in (*starts, *ends))) or 1)
    room = max(span.reach - span.start for span in spans) * 2  # behind the last talk, for one that is longer
    slots = (max(ends) + room) // step
    within = [{moment: (moment - day[0]) // step for moment in day} for day in days]
    tight = any(span.reach - span.end < WALK for span in spans)
    return Grid(_end_to_end(within, slots), slots, -(-WALK // step) if tight else 0, step)


def _end_to_end(within, slots):
    return {moment: day * slots + at for day, places in enumerate(within) for moment, at in places.items()}
