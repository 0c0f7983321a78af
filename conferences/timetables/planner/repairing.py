"""After one cancellation or one new talk: a new plan at once that leaves nearly everybody where they were."""

from .bounds import Alone
from .model import Model
from .polishing import run, with_neighbours
from .problem import Plan, Problem, Talk
from .search import Search

MOVES = 3  # families who may be given another time
MOVE_COST = 2  # what moving a family must save at least
SECONDS = 5  # of which CP-SAT has three fifths: building, counting and proving need the rest


def repair(problem: Problem, plan: Plan, changed: list[Talk], moves=MOVES, seconds=SECONDS, workers=4) -> Plan:
    """A plan of the new problem that moves at most that many talks of the old plan.

    `changed` are the talks that were called off, are new, or must move: those whose time is no longer possible are
    placed anew, and are not counted. Raises `Broken` when the rest of the plan is infeasible.
    """
    home = {talk.key: plan.starts.get(talk.key) for talk in problem.talks}
    starts = {key: start if start in problem.by_key[key].possible else None for key, start in home.items()}
    search = Search(
        problem, seconds, home={key: start for key, start in starts.items() if start is not None}, move_cost=MOVE_COST
    )
    search.offer(starts)
    alone = Alone(problem)
    free = {talk.key for talk in _around(problem, changed)}
    if free:
        model = Model(problem, with_neighbours(problem, free), starts, free)
        moved = model.charge_for_moves(search.home, MOVE_COST)
        model.model.add(sum(moved) <= moves)
        run(model, seconds * 0.6, workers, search.offer, search.is_over, prove=True)
    search.raise_bound(alone.bound(search.plan.starts, search.deadline))
    return search.plan


def _around(problem, changed):
    people = {
        (who, getattr(talk, who))
        for talk in changed
        for who in ("teacher", "family", "interpreter")
        if getattr(talk, who) is not None
    }
    near = [talk for talk in problem.talks if ("teacher", talk.teacher) in people or _is_of(talk, people)]
    families = {talk.family for talk in near}
    return [talk for talk in problem.talks if talk.family in families]


def _is_of(talk, people):
    return ("family", talk.family) in people or ("interpreter", talk.interpreter) in people
