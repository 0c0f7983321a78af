"""CP-SAT on the talks of some teachers, two such neighbourhoods at a time, while all other talks stand still.

A teacher is in one neighbourhood only, and so is every family and interpreter whose talks move: what each costs is then
independent of the other, and both improvements may be kept.
"""

import math
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from ortools.sat.python import cp_model

from .model import Model

TEACHERS = 45  # about one school: more at once and CP-SAT no longer finds its way
SHORTEST = 8  # seconds for one neighbourhood
AT_ONCE = 2  # neighbourhoods: CP-SAT alone leaves every other processor idle while it builds and presolves
PATIENCE = 20  # seconds without a better plan


class Polisher:
    def __init__(self, search, alone, workers):
        self.search, self.alone, self.workers = search, alone, workers
        self.rng, self.tired = np.random.default_rng(1), Counter()
        self.shared = _shared_families(search.problem)
        self.lock = threading.Lock()

    def round(self):
        """Two neighbourhoods at once, where people pay more than they must. One without an improvement rests for a
        while."""
        search, excess = self.search, self.alone.excess(self.search.plan.starts)
        paying, teachers = self._paying(excess), set(self.shared)
        groups = math.ceil(len(teachers) / TEACHERS)  # the time is shared between the schools
        chosen, free = [], []
        while teachers and len(chosen) < AT_ONCE:
            chosen.append(self._neighbourhood(paying, teachers))
            free.append(self._talks_of(chosen[-1], free))
            teachers -= chosen[-1]
        seconds = max(SHORTEST, search.left * len(chosen) / groups)
        starts, workers = search.plan.starts, max(1, self.workers // len(free))
        with ThreadPoolExecutor(len(free)) as pool:
            gained = list(pool.map(lambda talks: self._solve(talks, starts, seconds, workers), free))
        for teachers, has_gained in zip(chosen, gained, strict=True):
            for teacher in teachers:
                self.tired[teacher] = 0 if has_gained else self.tired[teacher] + 1

    def _paying(self, excess):
        paying = Counter()
        for talk in self.search.problem.talks:
            paying[talk.teacher] += excess.get(("teacher", talk.teacher), 0) + excess.get(("family", talk.family), 0)
        return paying

    def _neighbourhood(self, paying, among):
        """Up to that many teachers who share families, grown from one who pays too much or whose families do."""
        teachers = sorted(among)
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

    def _talks_of(self, teachers, others):
        busy = {person for talks in others for talk in talks for person in _bound_to(talk)}
        return [talk for talk in self.search.problem.talks if talk.teacher in teachers and not busy & _bound_to(talk)]

    def _solve(self, talks, starts, seconds, workers):
        """Whether it found an improvement. What the other neighbourhood finds in the meantime is kept."""
        search, problem = self.search, self.search.problem
        free, found = {talk.key for talk in talks}, []

        def offer(better):
            with self.lock:
                before = search.cost
                search.offer({**search.plan.starts, **{key: better[key] for key in free}})
                if search.cost < before:
                    found.append(search.cost)

        model = Model(problem, with_neighbours(problem, free), starts, free)
        model.charge_for_moves(search.home, search.move_cost)
        people = {("teacher", talk.teacher) for talk in talks} | {("family", talk.family) for talk in talks}
        model.at_least(self.alone.bound(starts, search.deadline, people))
        run(model, min(seconds, search.left), workers, offer, search.is_over)
        return bool(found)


def _bound_to(talk):
    return {("family", talk.family), ("interpreter", talk.interpreter)} - {("interpreter", None)}


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
    families = defaultdict(set)
    for talk in problem.talks:
        families[talk.family].add(talk.teacher)
    shared = {talk.teacher: Counter() for talk in problem.talks}
    for teachers in families.values():
        for teacher in teachers:
            shared[teacher].update(other for other in teachers if other != teacher)
    return shared
