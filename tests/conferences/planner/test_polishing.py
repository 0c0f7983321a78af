"""A neighbourhood is polished while the rest stands still, and is held to no bound but its own."""

import pytest

from conferences.planner import polishing
from conferences.planner.bounds import Alone
from conferences.planner.polishing import Polisher
from conferences.planner.problem import Problem
from conferences.planner.search import Search
from tests.conferences.planner.schools import a_talk


@pytest.mark.slow
def test_what_others_must_pay_does_not_hold_a_neighbourhood_back(monkeypatch):
    """The interpreter ties the two schools together; the family that must come twice belongs to the other one."""
    monkeypatch.setattr(polishing, "TEACHERS", 1)
    talks = (
        a_talk("a", 0, 1, 2, 3, interpreter="so"),
        a_talk("b", 0, 1, 2, 3),
        a_talk("c", 5, family=1, teacher="Bo", interpreter="so"),
        a_talk("d", 8, family=1, teacher="Bo"),
    )
    problem = Problem(2, 8, talks)
    search = Search(problem, 6)
    search.offer({"a": 0, "b": 2, "c": 5, "d": 8})
    alone = Alone(problem)
    search.raise_bound(alone.bound(search.plan.starts, search.deadline))

    Polisher(search, alone, 2).round()

    assert (search.plan.objective, search.plan.bound) == (6, 6)
