"""The best plan so far, who wants to hear of it, and when to stop."""

import threading
import time

from .problem import Plan
from .scoring import UNPLACED, score

EVERY = 2  # seconds between two reports


class Search:
    """Shared by the threads of one `solve`. Every plan offered is checked by `score`, which refuses broken ones."""

    def __init__(self, problem, seconds, *, home=None, move_cost=0, report=None, stop=None):
        self.problem, self.home, self.move_cost = problem, home or {}, move_cost
        self.deadline = time.monotonic() + seconds
        self.report, self.reported, self.offered = report, 0.0, 0.0
        self.stop = stop or (lambda: False)
        self.lock = threading.Lock()
        self.plan = Plan({talk.key: None for talk in problem.talks}, UNPLACED * len(problem.talks))
        self.cost = self._cost(self.plan)

    @property
    def left(self):
        return self.deadline - time.monotonic()

    def is_over(self):
        return self.left <= 0 or self.stop() or (self.plan.is_optimal and self.cost == self.plan.objective)

    @property
    def wants_news(self):
        """Scoring a plan takes time, so it is done seldom, but often enough that a stop never finds an old plan."""
        return time.monotonic() - self.offered >= EVERY

    def offer(self, starts):
        """Keep a plan that costs less than the current one, and report it, but not too often."""
        self.offered = time.monotonic()
        plan = Plan(starts, score(self.problem, starts)["objective"])
        cost = self._cost(plan)
        with self.lock:
            if cost < self.cost:
                self.plan, self.cost = Plan(starts, plan.objective, self.plan.bound), cost
                self._tell()

    def raise_bound(self, bound):
        with self.lock:
            if bound > self.plan.bound:
                self.plan = Plan(self.plan.starts, self.plan.objective, bound)

    def _cost(self, plan):
        moved = sum(start is not None and plan.starts.get(key) != start for key, start in self.home.items())
        return plan.objective + self.move_cost * moved

    def _tell(self):
        if self.report and time.monotonic() - self.reported >= EVERY:
            self.reported = time.monotonic()
            self.report(self.plan)
