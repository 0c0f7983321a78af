"""A neighbourhood is polished while the rest stands still, and is held to no bound but its own."""

import pytest

from conferences.timetables.planner import polishing
from conferences.timetables.planner.bounds import Alone
from conferences.timetables.planner.polishing import Polisher
from conferences.timetables.planner.problem import Problem
from conferences.timetables.planner.search import Search
from tests.conferences.timetables.planner.schools import a_talk


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


def two_schools():
    """In each school a teacher who never waits, unless a talk moves next to the other."""
    talks = (
        a_talk("a", 0),
        a_talk("b", 1, 4, family=1),
        a_talk("c", 0, teacher="Bo", family=2),
        a_talk("d", 1, 4, teacher="Bo", family=3),
    )
    return Problem(1, 8, talks), {"a": 0, "b": 4, "c": 0, "d": 4}


@pytest.mark.slow
def test_what_two_neighbourhoods_find_at_once_is_kept_together(monkeypatch):
    monkeypatch.setattr(polishing, "TEACHERS", 1)
    problem, starts = two_schools()
    search = Search(problem, 6)
    search.offer(starts)
    before = search.plan.objective

    Polisher(search, Alone(problem), 2).round()

    assert before > search.plan.objective == 0
    assert search.plan.starts == {"a": 0, "b": 1, "c": 0, "d": 1}


def test_a_family_and_an_interpreter_move_in_one_neighbourhood_only():
    talks = (
        a_talk("a", 0, 1, family=1),
        a_talk("b", 2, 3, teacher="Bo", family=1),
        a_talk("c", 4, 5, family=2, interpreter="so"),
        a_talk("d", 4, 5, teacher="Bo", family=3, interpreter="so"),
        a_talk("e", 6, 7, teacher="Bo", family=4),
    )
    polisher = Polisher(Search(Problem(1, 8, talks), 1), None, 2)

    first = polisher._talks_of({"Ada"}, [])
    second = polisher._talks_of({"Bo"}, [first])

    assert [[talk.key for talk in found] for found in (first, second)] == [["a", "c"], ["e"]]
