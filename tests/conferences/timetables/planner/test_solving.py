"""Whole plans: everybody placed, provably best where it can be proved, nothing held fixed is moved."""

import threading
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conferences.timetables.planner.bounds import Alone
from conferences.timetables.planner.explaining import explain
from conferences.timetables.planner.problem import Pause, Plan, Problem, Unplaced
from conferences.timetables.planner.repairing import repair
from conferences.timetables.planner.scoring import score
from conferences.timetables.planner.solving import solve
from tests.conferences.timetables.planner.schools import a_school, a_talk

pytestmark = pytest.mark.slow


def test_a_school_is_planned_with_nobody_left_out():
    problem = a_school()

    plan = solve(problem, 5, workers=2)

    assert plan.unplaced == []
    assert plan.objective == score(problem, plan.starts)["objective"]
    assert plan.bound <= plan.objective <= plan.bound + 30


def test_families_have_time_to_walk():
    problem = a_school(2, walking=1)

    plan = solve(problem, 5, workers=2)

    assert score(problem, plan.starts)["unplaced"] == 0


def test_it_stops_when_nothing_can_be_better():
    problem = Problem(1, 8, (a_talk("a", 0, 1, 2), a_talk("b", 0, 1, 2), a_talk("c", 6, family=1)))
    begun = time.monotonic()

    plan = solve(problem, 60)

    assert plan.is_optimal
    assert plan.objective == 3
    assert time.monotonic() - begun < 50


def test_a_fixed_talk_stays_where_it_is():
    problem = a_school(3)
    talk = problem.talks[5]
    fixed = replace(talk, possible=talk.possible[-1:])
    problem = replace(problem, talks=(*problem.talks[:5], fixed, *problem.talks[6:]))

    assert solve(problem, 4).starts[talk.key] == talk.possible[-1]


def test_moving_is_weighed_against_what_it_saves():
    problem = Problem(1, 8, (a_talk("a", *range(8)), a_talk("b", *range(8))))
    apart = Plan({"a": 0, "b": 3}, 2)

    assert solve(problem, 2, start=apart, move_cost=5).starts == apart.starts
    assert solve(problem, 2, start=apart, move_cost=1).objective == 0


def test_a_plan_for_other_wishes_is_a_beginning():
    problem = a_school(4)

    plan = solve(problem, 4, start=Plan({talk.key: 0 for talk in problem.talks}, 0))

    assert plan.unplaced == []


def test_no_talks_are_a_plan():
    assert solve(Problem(1, 4, ()), 5).is_optimal


def test_reports_come_seldom_and_get_better():
    heard = []

    solve(a_school(), 5, report=lambda plan: heard.append((time.monotonic(), plan.objective)))

    times, objectives = zip(*heard, strict=True)
    assert all(later - earlier >= 2 for earlier, later in pairwise(times))
    assert sorted(objectives, reverse=True) == list(objectives)


def test_it_can_be_stopped():
    stop, begun = threading.Event(), time.monotonic()
    threading.Timer(1, stop.set).start()

    plan = solve(a_school(teachers=20, families=150), 120, stop=stop.is_set)

    assert time.monotonic() - begun < 60
    assert set(plan.starts) == set(range(len(plan.starts)))


def test_the_bound_is_what_each_pays_alone():
    problem = Problem(2, 4, (a_talk("a", 0, family=1), a_talk("b", 6, family=1, teacher="Bo"), a_talk("c", 3)))

    bound = Alone(problem).bound({"a": 0, "b": 6, "c": 3}, time.monotonic() + 9)

    assert bound == 6 + 2


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 2))
def test_no_plan_costs_less_than_the_bound(seed, walking):
    problem = a_school(seed, teachers=3, families=6, days=2, slots=8, walking=walking)
    problem = replace(problem, pauses={"teacher 0": Pause(1, 2, 6)})

    plan = solve(problem, 1, workers=2, seed=seed)

    assert plan.bound <= plan.objective == score(problem, plan.starts)["objective"]


@pytest.mark.parametrize(
    ("talks", "reason"),
    [
        ((a_talk("a"),), "no_common_time"),
        ((a_talk("a", 0, family=1), a_talk("b", 0, family=1, teacher="Bo")), "family_clash"),
        ((a_talk("a", 0), a_talk("b", 0)), "teacher_full"),
        ((a_talk("a", 0, interpreter="so"), a_talk("b", 0, teacher="Bo", interpreter="so")), "interpreter_full"),
        (
            (
                a_talk("a", 0, 1, family=1),
                a_talk("b", 0, 1, teacher="Bo", family=1),
                a_talk("c", 0, teacher="Bo"),
                a_talk("d", 0),
            ),
            "lost_to_others",
        ),
    ],
)
def test_who_could_not_be_placed_is_told_why(talks, reason):
    problem = Problem(1, 2, talks)

    plan = solve(problem, 1)

    assert explain(problem, plan) == [Unplaced(plan.unplaced[0], reason)]


def test_a_cancellation_moves_at_most_three():
    problem = a_school(5)
    plan = solve(problem, 4)
    gone = problem.talks[10]
    rest = replace(problem, talks=tuple(talk for talk in problem.talks if talk is not gone))

    new = repair(rest, plan, [gone], workers=2)

    assert len(new.moved_from(plan)) <= 3
    assert new.unplaced == []
    assert gone.key not in new.starts


def test_a_new_talk_finds_a_time_when_others_make_room():
    old = Problem(1, 3, (a_talk("a", 0, 1), a_talk("b", 1, 2)))
    new = replace(old, talks=(*old.talks, a_talk("c", 0)))

    plan = repair(new, Plan({"a": 0, "b": 1}, 0), [new.talks[-1]], workers=2)

    assert plan.starts == {"a": 1, "b": 2, "c": 0}


def test_a_repair_moves_nobody_beyond_its_measure():
    old = Problem(1, 3, (a_talk("a", 0, 1), a_talk("b", 1, 2)))
    new = replace(old, talks=(*old.talks, a_talk("c", 0)))

    plan = repair(new, Plan({"a": 0, "b": 1}, 0), [new.talks[-1]], moves=1, workers=2)

    assert plan.unplaced == ["c"]
