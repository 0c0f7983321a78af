"""Simulated annealing, compiled: small changes to a plan, hundreds of thousands of times a second.

Every move keeps the hard rules. A talk changes places with all that stands in its way (a Kempe chain between two
windows of time), or pushes it to whatever time is left. Plain Python makes a fiftieth of the moves; numba keeps one
source and asks for no compiler. The kernel is compiled at its first use, which takes some seconds, and then cached.
"""

import numpy as np
from numba import njit

from .arrays import (
    CAME,
    CHANGES,
    DAYS,
    FAMILY,
    GOES,
    HOME,
    LEAST,
    LENGTH,
    LONGEST,
    MOVE,
    MOVING,
    NOW,
    PLACE,
    SLOTS,
    TEACHER,
    TEACHERS,
    WALKING,
    WHO,
)
from .scoring import EXTRA_DAY, IDLE, UNPLACED, WAITING

BROKEN = 1_000_000  # the cost of an infeasible plan: no move ever leads to one
KERNEL = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
}  # nothing is allocated: five times as fast
compiled = njit(**KERNEL, no_cpython_wrapper=True, no_cfunc_wrapper=True)  # only called from here
entry = njit(**KERNEL)


@compiled
def teacher_cost(a, s, teacher, day):
    """Idle slots of a teacher on one day, not counting the best possible break."""
    low = day * a.rule[SLOTS]
    first, last, busy = -1, -1, 0
    for slot in range(a.rule[SLOTS]):
        if s.busy[teacher, low + slot] >= 0:
            if first < 0:
                first = slot
            last = slot + 1
            busy += 1
    if busy == 0:
        return 0
    length = a.pause[teacher, 0]
    if length == 0:
        return IDLE * (last - first - busy)
    least, free = BROKEN, 0
    for slot in range(a.pause[teacher, 1], a.pause[teacher, 2]):
        free = 0 if s.busy[teacher, low + slot] >= 0 else free + 1
        if free >= length:
            span = max(last, slot + 1) - min(first, slot + 1 - length)
            least = min(least, IDLE * (span - busy - length))
    return least


@compiled
def family_cost(a, s, family):
    low, high, slots = a.talks_at[family], a.talks_at[family + 1], a.rule[SLOTS]
    if high - low == 1:
        return 0
    days, waiting = 0, 0
    for day in range(a.rule[DAYS]):
        first, last, busy, places = 1 << 30, -1, 0, 0
        for i in range(low, high):
            talk = a.talks[i]
            start = s.start[talk]
            if start < 0 or start // slots != day:
                continue
            end, new = start + a.talk[talk, LENGTH], 1
            first, last, busy = min(first, start), max(last, end), busy + end - start
            if a.rule[WALKING]:
                for j in range(low, i):
                    other = a.talks[j]
                    then = s.start[other]
                    if then < 0 or then // slots != day:
                        continue
                    if a.talk[other, PLACE] == a.talk[talk, PLACE]:
                        new = 0
                    elif start - then - a.talk[other, LENGTH] < a.rule[WALKING] and then - end < a.rule[WALKING]:
                        return BROKEN
            places += new
        if busy:
            days += 1
            waiting += last - first - busy - a.rule[WALKING] * (places - 1)
    return EXTRA_DAY * max(0, days - 1) + WAITING * waiting


@compiled
def is_free(a, s, talk, at):
    for kind in range(3):
        person = a.talk[talk, kind]
        if person >= 0:
            for slot in range(at, at + a.talk[talk, LENGTH]):
                if s.busy[person, slot] >= 0:
                    return False
    return True


@compiled
def write(a, s, talk, at, what):
    for kind in range(3):
        person = a.talk[talk, kind]
        if person >= 0:
            for slot in range(at, at + a.talk[talk, LENGTH]):
                s.busy[person, slot] = what


@compiled
def write_move(a, s, count, leave, come):
    for i in range(count):
        if s.moved[leave, i] >= 0:
            write(a, s, s.moved[WHO, i], s.moved[leave, i], -1)
        s.start[s.moved[WHO, i]] = s.moved[come, i]
    for i in range(count):
        if s.moved[come, i] >= 0:
            write(a, s, s.moved[WHO, i], s.moved[come, i], s.moved[WHO, i])


@compiled
def single_cost(a, talk, at):
    if at < 0:
        return UNPLACED
    return a.rule[MOVING] if a.talk[talk, HOME] >= 0 and a.talk[talk, HOME] != at else 0


@compiled
def touch(s, which):
    if s.marks[which] == s.count[MOVE]:
        return False
    s.marks[which] = s.count[MOVE]
    s.changed[s.count[CHANGES], 0] = which
    s.count[CHANGES] += 1
    return True


@compiled
def settle(a, s, count, limit):
    delta, teachers_days = 0, a.rule[TEACHERS] * a.rule[DAYS]
    for i in range(count):
        talk = s.moved[WHO, i]
        delta += single_cost(a, talk, s.moved[GOES, i]) - single_cost(a, talk, s.moved[CAME, i])
        for column in range(1, 3):
            if s.moved[column, i] >= 0:
                touch(s, a.talk[talk, TEACHER] * a.rule[DAYS] + s.moved[column, i] // a.rule[SLOTS])
        touch(s, teachers_days + a.talk[talk, FAMILY] - a.rule[TEACHERS])
    for row in range(s.count[CHANGES]):
        which = s.changed[row, 0]
        if which < teachers_days:
            s.changed[row, 1] = teacher_cost(a, s, which // a.rule[DAYS], which % a.rule[DAYS])
        else:
            s.changed[row, 1] = family_cost(a, s, which - teachers_days + a.rule[TEACHERS])
        delta += s.changed[row, 1] - s.cost[which]
    if delta > limit:
        write_move(a, s, count, GOES, CAME)
        return False
    for row in range(s.count[CHANGES]):
        s.cost[s.changed[row, 0]] = s.changed[row, 1]
    s.count[NOW] += delta
    return True


@compiled
def begin(s):
    s.count[MOVE] += 1
    s.count[CHANGES] = 0


@compiled
def join(s, count, talk, goes):
    s.marks[len(s.cost) + talk] = s.count[MOVE]
    s.moved[WHO, count], s.moved[CAME, count], s.moved[GOES, count] = talk, s.start[talk], goes
    return count + 1


@compiled
def in_the_way(a, s, talk, kind, slot):
    person = a.talk[talk, kind]
    other = s.busy[person, slot] if person >= 0 else -1
    return other if other >= 0 and s.marks[len(s.cost) + other] != s.count[MOVE] else -1


@compiled
def change_places(a, s, talk, goes, limit):
    """Move a talk, and everything in its way to the window that it left, and so on: a whole chain, or nothing."""
    came, size = s.start[talk], a.talk[talk, LENGTH]
    begin(s)
    count = join(s, 0, talk, goes)
    i = 0
    while i < count:
        at = s.moved[GOES, i]
        for slot in range(at, at + a.talk[s.moved[WHO, i], LENGTH]):
            for kind in range(3):
                other = in_the_way(a, s, s.moved[WHO, i], kind, slot)
                if other < 0:
                    continue
                there, here = (goes, came) if goes <= slot < goes + size else (came, goes)
                new = s.start[other] - there + here
                inside = s.start[other] >= there and s.start[other] + a.talk[other, LENGTH] <= there + size
                if not inside or abs(goes - came) < size or not a.can[other, new] or count == LONGEST:
                    return False
                count = join(s, count, other, new)
        i += 1
    write_move(a, s, count, CAME, GOES)
    return settle(a, s, count, limit)


@compiled
def push_away(a, s, talk, goes, limit):
    """Move a talk, placed or not; each talk in its way gets another time, the first free one from a random start."""
    begin(s)
    count = join(s, 0, talk, goes)
    for slot in range(goes, goes + a.talk[talk, LENGTH]):
        for kind in range(3):
            other = in_the_way(a, s, talk, kind, slot)
            if other >= 0:
                count = join(s, count, other, -1)
    write_move(a, s, count, CAME, GOES)
    for i in range(1, count):
        other = s.moved[WHO, i]
        at = any_free(a, s, other)
        if at >= 0:
            s.moved[GOES, i] = s.start[other] = at
            write(a, s, other, at, other)
    return settle(a, s, count, limit)


@compiled
def any_free(a, s, talk):
    low, many = a.options_at[talk], a.options_at[talk + 1] - a.options_at[talk]
    first = np.random.randint(many)
    for i in range(many):
        at = a.options[low + (first + i) % many]
        if is_free(a, s, talk, at):
            return at
    return -1


@compiled
def shift(a, s, talk, at, limit):
    begin(s)
    join(s, 0, talk, at)
    write_move(a, s, 1, CAME, GOES)
    return settle(a, s, 1, limit)


@compiled
def note_best(s):
    s.count[LEAST] = s.count[NOW]
    for talk in range(len(s.start)):  # a slice would make numba compile its strings, for the text of an error
        s.best[talk] = s.start[talk]


@entry
def lay_out(a, s, starts, order):
    """Start from a plan, as much of it as is feasible, and give every other talk, in order, the cheapest free time."""
    s.count[NOW] = UNPLACED * len(starts)
    for talk in range(len(starts)):
        if starts[talk] >= 0 and a.can[talk, starts[talk]] and is_free(a, s, talk, starts[talk]):
            shift(a, s, talk, starts[talk], -1)
    for talk in order:
        if starts[talk] < 0 or s.start[talk] < 0:
            for i in range(a.options_at[talk], a.options_at[talk + 1]):
                if is_free(a, s, talk, a.options[i]):
                    shift(a, s, talk, a.options[i], -1)
    note_best(s)


@compiled
def beside_own(a, s, talk):
    low, high = a.talks_at[a.talk[talk, FAMILY]], a.talks_at[a.talk[talk, FAMILY] + 1]
    other = a.talks[np.random.randint(low, high)]
    at = s.start[other]
    if other == talk or at < 0:
        return -1
    walk = a.rule[WALKING] if a.talk[other, PLACE] != a.talk[talk, PLACE] else 0
    after = np.random.random() < 0.5
    goes = at + a.talk[other, LENGTH] + walk if after else at - a.talk[talk, LENGTH] - walk
    return goes if 0 <= goes < s.busy.shape[1] and a.can[talk, goes] else -1


@compiled
def into_hole(a, s, talk):
    teacher = a.talk[talk, TEACHER]
    at = s.start[a.talks[np.random.randint(a.talks_at[teacher], a.talks_at[teacher + 1])]]
    if at < 0:
        return -1
    step = 1 if np.random.random() < 0.5 else -1
    while 0 <= at < s.busy.shape[1] and s.busy[teacher, at] >= 0:
        at += step
    return at if 0 <= at < s.busy.shape[1] and a.can[talk, at] else -1


@compiled
def costs(a, s, talk):
    family = a.talk[talk, FAMILY] + a.rule[TEACHERS] * (a.rule[DAYS] - 1)
    if s.start[talk] < 0 or s.cost[family] > 0:
        return True
    first = a.talk[talk, TEACHER] * a.rule[DAYS]
    return s.cost[first : first + a.rule[DAYS]].sum() > 0


@compiled
def some_talk(a, s):
    talk = np.random.randint(len(s.start))
    for _try in range(np.random.randint(6)):
        if costs(a, s, talk):
            break
        talk = np.random.randint(len(s.start))
    return talk


@compiled
def some_goal(a, s, talk):
    dice, low, high = np.random.random(), a.options_at[talk], a.options_at[talk + 1]
    if high - low < 1 or (high - low == 1 and s.start[talk] >= 0):
        return -1
    if dice < 0.4:
        return beside_own(a, s, talk)
    if dice < 0.55:
        return into_hole(a, s, talk)
    return a.options[np.random.randint(low, high)]


@entry
def anneal(a, s, moves, warm, cold, seed):
    """Cools from `warm` to `cold`. The best plan seen stays in `s.best`."""
    np.random.seed(seed)
    cooling, heat = (cold / warm) ** (1.0 / moves), warm
    for _move in range(moves):
        heat *= cooling
        talk = some_talk(a, s)
        goes = some_goal(a, s, talk)
        if goes < 0 or goes == s.start[talk]:
            continue
        limit = int(-heat * np.log(1.0 - np.random.random()))
        if s.start[talk] < 0 or np.random.random() < 0.05:
            push_away(a, s, talk, goes, limit)
        else:
            change_places(a, s, talk, goes, limit)
        if s.count[NOW] < s.count[LEAST]:
            note_best(s)
