"""Small made-up schools for the planner's tests."""

import random

from conferences.timetables.planner.problem import Pause, Problem, Talk, common_starts

DAYS, SLOTS = 2, 16


def a_school(seed=1, *, teachers=6, families=40, walking=0, days=DAYS, slots=SLOTS):
    """Families of one to three children, some with an interpreter for a double talk, teachers with a break."""
    dice, talks = random.Random(seed), []
    evenings = set(range(days * slots))
    for family in range(families):
        hours = {hour for hour in range(days * slots // 4) if dice.random() < 0.7} or {0}
        times = {slot for slot in evenings if slot // 4 in hours}
        interpreter = f"language {dice.randrange(2)}" if dice.random() < 0.1 else None
        for teacher in dice.sample(range(teachers), dice.choice((1, 1, 2, 3))):
            length = 2 if interpreter else 1
            starts = common_starts(length, slots, times, evenings)
            talks.append(Talk(len(talks), f"teacher {teacher}", family, len(talks), starts, interpreter, length))
    return Problem(
        days,
        slots,
        tuple(talks),
        {f"teacher {number}": Pause(2, slots // 4, slots * 5 // 8) for number in range(3)},
        walking,
    )


def a_talk(key, *possible, teacher="Ada", family=None, **more):
    return Talk(key, teacher, f"family of {key}" if family is None else family, key, possible, **more)
