"""A lower bound on any plan: what each family and each teacher would cost if they had the school to themselves.

The objective is a sum over people, so the sum of everybody's minimum, each alone, is a bound. Those who cost nothing in
the plan at hand need not be solved, which leaves a few tiny models. A talk left out is split in half between its
teacher and its family.
"""

import time
from collections import defaultdict

from ortools.sat.python import cp_model

from .model import Model
from .scoring import UNPLACED, costs

PATIENCE = 2  # seconds for one person


class Alone:
    def __init__(self, problem):
        self.problem, self.known = problem, {}
        self.talks = defaultdict(list)
        for talk in problem.talks:
            if talk.possible:
                self.talks["teacher", talk.teacher].append(talk)
                self.talks["family", talk.family].append(talk)
        self.impossible = UNPLACED * sum(not talk.possible for talk in problem.talks)

    def bound(self, starts, until, people=None):
        """The bound, as much of it as is known when the time is up; only for the people named, if any are."""
        total = self.impossible if people is None else 0
        for person in self._who_pay(starts):
            if people is None or person in people:
                if person not in self.known and time.monotonic() < until:
                    self.known[person] = self._least(person, starts)
                total += self.known.get(person, 0)
        return total

    def excess(self, starts):
        paid = costs(self.problem, starts)
        above = {person: paid.get(person, 0) - self.known.get(person, 0) for person in self._who_pay(starts)}
        for key, start in starts.items():
            talk = self.problem.by_key[key]
            if start is None and talk.possible:
                above["teacher", talk.teacher] = UNPLACED
        return {person: cost for person, cost in above.items() if cost > 0}

    def _who_pay(self, starts):
        people = dict.fromkeys(costs(self.problem, starts))
        for key, start in starts.items():
            talk = self.problem.by_key[key]
            if start is None and talk.possible:
                people["teacher", talk.teacher] = people["family", talk.family] = None
        return people

    def _least(self, person, starts):
        model = Model(self.problem, self.talks[person], starts, price=UNPLACED // 2, pays_for=person[:1])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = PATIENCE
        solver.solve(model.model)
        return max(0, round(solver.best_objective_bound))


def placeable(problem, talks):
    """Whether all these talks can have a time, considering only conflicts among themselves."""
    model = Model(problem, talks, {})
    for present in model.present.values():
        model.model.add(present == 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = PATIENCE
    return solver.solve(model.model) != cp_model.INFEASIBLE
