"""From a problem to a plan: laid out greedily, annealed, then polished by CP-SAT, one neighbourhood of teachers at a
time."""

import time

import numpy as np

from . import annealing
from .arrays import LEAST, arrays_of, empty_state, starts_of
from .bounds import Alone
from .polishing import Polisher
from .problem import Plan, Problem
from .search import Search

WARM, COLD = 4.0, 0.2  # what a move may cost, about: half an evening at first, in the end nothing
PER_TALK = 0.014  # seconds of annealing, after which CP-SAT finds the next better plan sooner
SLICE = 0.2
AT_ONCE = 0.05  # of annealing's seconds: for the bound before it, by which the best plan of a few talks is known


def solve(problem: Problem, seconds: float, start=None, move_cost=0, report=None, workers=4, stop=None, seed=1) -> Plan:
    """The best plan found in `seconds`, or sooner one that is provably optimal.

    `start` is a plan to begin with; `move_cost` is what moving one of its talks costs. `report(plan)` hears of better plans,
    at most every two seconds; `stop()` is asked several times a second and ends the search with the best plan so far.
    """
    home = dict(start.starts) if start else {}
    search = Search(problem, seconds, home=home, move_cost=move_cost, report=report, stop=stop)
    if not problem.talks:
        return search.plan
    if start is not None and set(home) == set(problem.by_key):
        _offer_if_whole(search, home)
    arrays, alone = arrays_of(problem, move_cost, home), Alone(problem)
    _anneal(search, arrays, alone, home, min(max(PER_TALK * len(problem.talks), seconds / 4), seconds / 2), seed)
    _polish(search, alone, workers)
    search.raise_bound(alone.bound(search.plan.starts, search.deadline + 1))
    return search.plan


def _offer_if_whole(search, starts):
    try:
        search.offer(starts)
    except ValueError:  # made for other wishes; annealing begins with what still holds of it
        return


def _anneal(search, arrays, alone, home, seconds, seed):
    """Cool down until the time is up, or nothing can be better, in slices short enough to be stopped. Compiling is not
    counted, but ends at the deadline."""
    state = empty_state(arrays)
    order = np.argsort(np.diff(arrays.options_at), kind="stable")
    annealing.lay_out(arrays, state, starts_of(search.problem, home), order)
    annealing.anneal(arrays, state, 1, COLD, COLD, seed)
    _offer(search, state)
    search.raise_bound(alone.bound(search.plan.starts, time.monotonic() + AT_ONCE * seconds))
    begun, moves, heat, slices = time.monotonic(), 2000, WARM, 0
    while (done := (time.monotonic() - begun) / seconds) < 1 and not search.is_over():
        now, least = time.monotonic(), state.count[LEAST]
        colder = min(heat, WARM * (COLD / WARM) ** min(1, done + SLICE / seconds))
        annealing.anneal(arrays, state, moves, heat, colder, seed * 100_003 + slices)
        if state.count[LEAST] < least and (search.wants_news or state.count[LEAST] <= search.plan.bound):
            _offer(search, state)
        moves = max(1000, int(moves * min(4, SLICE / max(time.monotonic() - now, 0.001))))
        heat, slices = colder, slices + 1
    _offer(search, state)


def _offer(search, state):
    starts = (None if start < 0 else int(start) for start in state.best)
    search.offer(dict(zip((talk.key for talk in search.problem.talks), starts, strict=True)))


def _polish(search, alone, workers):
    polisher = Polisher(search, alone, workers)
    while not search.is_over():
        search.raise_bound(alone.bound(search.plan.starts, search.deadline))
        if search.is_over():
            break
        polisher.round()
