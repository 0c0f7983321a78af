"""CP-SAT on the talks of some teachers while all other talks stand still."""

import math
import threading
import time
from collections import Counter, defaultdict

import numpy as np
from ortools.sat.python import cp_model

from .model import Model

TEACHERS = 45  # about one school: more at once and CP-SAT no longer finds its way
SHORTEST = 8  # seconds for one neighbourhood
PATIENCE = 20  # seconds without a better plan


class Polisher:
    def __init__(self, search, alone, workers):
        self.search, self.alone, self.workers = search, alone, workers
        self.rng, self.tired = np.random.default_rng(1), Counter()
        self.shared = _shared_families(search.problem)

    def round(self):
        """One neighbourhood where people pay more than they must; one that gave nothing rests for a while."""
        search, excess = self.search, self.alone.excess(self.search.plan.starts)
        paying = self._paying(excess)
        teachers = self._neighbourhood(paying)
        groups = math.ceil(len(self.shared) / TEACHERS)  # the time is shared between the schools
        before = search.cost
        self._solve(teachers, max(SHORTEST, search.left / groups))
        for teacher in teachers:
            self.tired[teacher] = 0 if search.cost < before else self.tired[teacher] + 1

    def _paying(self, excess):
        paying = Counter()
        for talk in self.search.problem.talks:
            paying[talk.teacher] += excess.get(("teacher", talk.teacher), 0) + excess.get(("family", talk.family), 0)
        return paying

    def _neighbourhood(self, paying):
        """Up to so many teachers who share families, grown from one who pays too much or whose families do."""
        teachers = list(self.shared)
        if len(teachers) <= TEACHERS:
            return set(teachers)
        weights = np.array([paying[teacher] / 4.0 ** self.tired[teacher] + 1e-9 for teacher in teachers])
        newest = teachers[self.rng.choice(len(teachers), p=weights / weights.sum())]
        chosen, near = {newest}, Counter()
        while len(chosen) < TEACHERS:
            near.update(self.shared[newest])
            newest = max((teacher for teacher in teachers if teacher not in chosen), key=near.__getitem__)
            chosen.add(newest)
        return chosen

    def _solve(self, teachers, seconds):
        search, problem = self.search, self.search.problem
        starts = search.plan.starts
        chosen = [talk for talk in problem.talks if talk.teacher in teachers]
        free = {talk.key for talk in chosen}
        model = Model(problem, with_neighbours(problem, free), starts, free)
        model.charge_for_moves(search.home, search.keep)
        people = {("teacher", talk.teacher) for talk in chosen} | {("family", talk.family) for talk in chosen}
        model.at_least(self.alone.bound(starts, search.deadline, people))
        run(model, min(seconds, search.left), self.workers, search.offer, search.is_over)


def run(model, seconds, workers, offer, is_over, prove=False):
    """Search around the hint until the time is up, nothing better has come for a while, or `is_over()`."""
    if seconds <= 0:
        return
    solver, listener, done = cp_model.CpSolver(), _Listener(model, offer), threading.Event()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.use_lns_only = not prove  # with a bound at hand, only the next better plan is wanted

    def watch():
        while not done.wait(0.2):
            if is_over() or time.monotonic() - listener.heard > PATIENCE:
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        solver.solve(model.model, listener)
    finally:
        done.set()
        watcher.join()


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(self, model, offer):
        super().__init__()
        self.model, self.offer, self.heard = model, offer, time.monotonic()

    def on_solution_callback(self):
        self.heard = time.monotonic()
        self.offer(self.model.starts_in(self))


def with_neighbours(problem, free):
    """The free talks and those that stand in a row with one: of the same family, teacher or interpreter."""
    people = {
        (who, getattr(talk, who))
        for talk in problem.talks
        if talk.key in free
        for who in ("teacher", "family", "interpreter")
        if getattr(talk, who) is not None
    }
    return [
        talk
        for talk in problem.talks
        if any((who, getattr(talk, who)) in people for who in ("teacher", "family", "interpreter"))
    ]


def _shared_families(problem):
    """{teacher: {other teacher: families that they share}}"""
    families = defaultdict(set)
    for talk in problem.talks:
        families[talk.family].add(talk.teacher)
    shared = {talk.teacher: Counter() for talk in problem.talks}
    for teachers in families.values():
        for teacher in teachers:
            shared[teacher].update(other for other in teachers if other != teacher)
    return shared
