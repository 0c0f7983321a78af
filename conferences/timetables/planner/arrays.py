"""A problem as arrays of numbers, for the compiled kernel of `annealing`. Few arrays with many columns: each one costs
compile time."""

from typing import NamedTuple

import numpy as np

TEACHER, FAMILY, INTERPRETER, LENGTH, PLACE, HOME = range(6)  # columns of `talk`; the first three are rows of `busy`
DAYS, SLOTS, WALKING, MOVING, TEACHERS, FAMILIES = range(6)  # of `rule`
NOW, LEAST, MOVE, CHANGES = range(4)  # of `count`
WHO, CAME, GOES = range(3)  # of `moved`
LONGEST = 40  # talks that change places in one move


class Arrays(NamedTuple):
    """What does not change. People share one numbering: teachers, then families, then interpreters."""

    rule: np.ndarray
    talk: np.ndarray  # [talk, column]; no interpreter and no home is -1
    can: np.ndarray  # [talk, slot]: may it start there
    options_at: np.ndarray  # where the starts of each talk begin in
    options: np.ndarray
    talks_at: np.ndarray  # where the talks of each person begin in
    talks: np.ndarray
    pause: np.ndarray  # [teacher]: length, earliest, latest end; length 0 for none


class State(NamedTuple):
    """One plan as the kernel holds it, with its cost and the kernel's notes on the move it is trying."""

    start: np.ndarray  # -1 for no time
    best: np.ndarray
    count: np.ndarray  # cost now, least cost so far, the number of the move, the costs that it changes
    busy: np.ndarray  # [person, slot]: which talk, -1 for none
    cost: np.ndarray  # of each teacher's day, then of each family
    moved: np.ndarray  # [who, came, goes][talk of the move]
    marks: np.ndarray  # of each cost, then each talk: the last move that touched it
    changed: np.ndarray  # [row]: which cost, its new value


def arrays_of(problem, move_cost=0, home=None):
    talks, horizon = problem.talks, problem.days * problem.slots
    teachers, families = numbered(talk.teacher for talk in talks), numbered(talk.family for talk in talks)
    people = [
        *(("teacher", key) for key in teachers),
        *(("family", key) for key in families),
        *numbered(("interpreter", talk.interpreter) for talk in talks if talk.interpreter is not None),
    ]
    person, places = numbered(people), numbered(talk.where for talk in talks)
    talk_rows = [
        (
            person["teacher", talk.teacher],
            person["family", talk.family],
            person.get(("interpreter", talk.interpreter), -1),
            talk.length,
            places[talk.where],
            home_start,
        )
        for talk, home_start in zip(talks, starts_of(problem, home or {}), strict=True)
    ]
    can = np.zeros((len(talks), horizon), np.bool_)
    for number, talk in enumerate(talks):
        can[number, list(talk.possible)] = True
    pause = np.zeros((len(teachers), 3), np.int64)
    for key, rule in problem.pauses.items():
        if key in teachers:
            pause[teachers[key]] = rule.length, rule.earliest, rule.latest_end
    talks_of = [[] for _ in people]
    for number, row in enumerate(talk_rows):
        for who in row[:3]:
            if who >= 0:
                talks_of[who].append(number)
    return Arrays(
        np.array([problem.days, problem.slots, problem.walking, move_cost, len(teachers), len(families)], np.int64),
        np.array(talk_rows, np.int64).reshape(-1, 6),
        can,
        *end_to_end([sorted(set(talk.possible)) for talk in talks]),
        *end_to_end(talks_of),
        pause,
    )


def starts_of(problem, starts):
    found = (starts.get(talk.key) for talk in problem.talks)
    return np.fromiter((-1 if start is None else start for start in found), np.int64)


def empty_state(arrays):
    talks, people = len(arrays.talk), len(arrays.talks_at) - 1
    costs = int(arrays.rule[TEACHERS] * arrays.rule[DAYS] + arrays.rule[FAMILIES])
    return State(
        np.full(talks, -1, np.int64),
        np.full(talks, -1, np.int64),
        np.zeros(4, np.int64),
        np.full((people, int(arrays.rule[DAYS] * arrays.rule[SLOTS])), -1, np.int64),
        np.zeros(costs, np.int64),
        np.zeros((3, LONGEST), np.int64),
        np.zeros(costs + talks, np.int64),
        np.zeros((3 * LONGEST, 2), np.int64),
    )


def numbered(keys):
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}


def end_to_end(rows):
    ends = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    return ends, np.fromiter((value for row in rows for value in row), np.int64)
