"""Why a talk has no time, as a code: the first reason that can be proved. Where none can, other talks got the times."""

from .bounds import placeable
from .problem import FAMILY_CLASH, INTERPRETER_FULL, LOST_TO_OTHERS, NO_COMMON_TIME, TEACHER_FULL, Unplaced


def explain(problem, plan):
    known = {}
    return [Unplaced(key, _reason(problem, problem.by_key[key], known)) for key in plan.unplaced]


def _reason(problem, talk, known):
    if not talk.possible:
        return NO_COMMON_TIME
    for who, reason in (("family", FAMILY_CLASH), ("teacher", TEACHER_FULL), ("interpreter", INTERPRETER_FULL)):
        person = getattr(talk, who)
        if person is None:
            continue
        if (who, person) not in known:
            known[who, person] = placeable(problem, _talks_of(problem, who, person))
        if not known[who, person]:
            return reason
    return LOST_TO_OTHERS


def _talks_of(problem, who, person):
    return [talk for talk in problem.talks if getattr(talk, who) == person and talk.possible]
