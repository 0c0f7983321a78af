"""What a plan costs, and which plans are none."""

import json
import subprocess
import sys

import pytest

from conferences.timetables.planner.problem import Pause, Plan, Problem, common_starts
from conferences.timetables.planner.scoring import Broken, costs, score
from portal.checkout.embedded import ROOT
from tests.conferences.timetables.planner.schools import a_talk

SCORER = ROOT.parent / "shared" / "data" / "planner" / "score.py"


def test_waiting_and_coming_twice_cost():
    problem = Problem(
        2,
        8,
        (
            a_talk("a", 0, family=1),
            a_talk("b", 2, teacher="Bo", family=1),
            a_talk("c", 8, teacher="Cy", family=1),
            a_talk("d", 4),
        ),
    )

    found = score(problem, {"a": 0, "b": 2, "c": 8, "d": 4})

    assert found == {"objective": 6 + 3 + 3, "unplaced": 0, "extra_days": 1, "waiting_slots": 1, "idle_slots": 3}
    assert costs(problem, {"a": 0, "b": 2, "c": 8, "d": 4}) == {("family", 1): 9, ("teacher", "Ada"): 3}


def test_a_talk_without_a_time_costs_a_thousand():
    assert score(Problem(1, 4, (a_talk("a", 0),)), {"a": None})["objective"] == 1000


def test_a_break_is_no_waiting():
    problem = Problem(1, 8, (a_talk("a", 0), a_talk("b", 4)), {"Ada": Pause(2, 1, 4)})

    assert score(problem, {"a": 0, "b": 4})["idle_slots"] == 1


def test_the_walk_is_no_waiting():
    problem = Problem(1, 8, (a_talk("a", 0, family=1), a_talk("b", 2, teacher="Bo", family=1)), walking=1)

    assert score(problem, {"a": 0, "b": 2})["waiting_slots"] == 0


@pytest.mark.parametrize(
    ("talks", "starts", "more"),
    [
        ((a_talk("a", 0), a_talk("b", 0)), (0, 0), {}),
        ((a_talk("a", 0, length=2), a_talk("b", 1)), (0, 1), {}),
        ((a_talk("a", 0, family=1), a_talk("b", 0, teacher="Bo", family=1)), (0, 0), {}),
        ((a_talk("a", 0, interpreter="so"), a_talk("b", 0, teacher="Bo", interpreter="so")), (0, 0), {}),
        ((a_talk("a", 0, family=1), a_talk("b", 1, teacher="Bo", family=1)), (0, 1), {"walking": 1}),
        ((a_talk("a", 0), a_talk("b", 1)), (0, 2), {}),
        ((a_talk("a", 1), a_talk("b", 2)), (1, 2), {"pauses": {"Ada": Pause(2, 1, 4)}}),
    ],
    ids=["teacher", "double talk", "family", "interpreter", "walk", "not possible", "no break"],
)
def test_a_broken_plan_is_refused(talks, starts, more):
    with pytest.raises(Broken):
        score(Problem(1, 4, talks, **more), dict(zip("ab", starts, strict=True)))


def test_an_impossible_problem_is_refused():
    for wrong in (
        lambda: Problem(0, 4, ()),
        lambda: Problem(1, 4, (a_talk("a", 4),)),
        lambda: Problem(1, 4, (a_talk("a", 3, length=2),)),
        lambda: Problem(1, 4, (a_talk("a", 0, length=0),)),
        lambda: Problem(1, 4, (a_talk("a", 0), a_talk("a", 1))),
        lambda: Problem(1, 4, (), {"Ada": Pause(3, 2, 4)}),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            wrong()


def test_common_starts_stay_within_a_day():
    assert common_starts(2, 4, range(8), (0, 1, 3, 4, 6, 7)) == (0, 6)


def test_moved_talks_are_those_that_had_another_time():
    before, after = Plan({"a": 0, "b": 1, "c": None}, 0), Plan({"a": 1, "b": 1, "c": 2, "d": 3}, 0)

    assert after.moved_from(before) == ["a"]


@pytest.mark.skipif(not SCORER.exists(), reason="the instances and their scorer are not beside this checkout")
def test_our_score_agrees_with_the_other_scorer(tmp_path):
    from_bench = _bench()
    problem = from_bench.problem_of("x1_s1_15")
    starts = _first_free(problem)
    solution = tmp_path / "solution.json"
    solution.write_text(json.dumps([-1 if starts[talk.key] is None else starts[talk.key] for talk in problem.talks]))
    instance = SCORER.parent / "x1_s1_15.json"

    said = subprocess.run([sys.executable, SCORER, instance, solution], capture_output=True, text=True, check=True)

    assert score(problem, starts) == json.loads(said.stdout)


def _bench():
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("bench_planner", ROOT / "bench" / "planner.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _first_free(problem):
    """Every other possible start that nobody needs for something else, breaks at a fixed time."""
    taken, starts = set(), {}
    for talk in problem.talks:
        pause = problem.pauses.get(talk.teacher)
        rest = range(pause.earliest, pause.earliest + pause.length) if pause else ()
        people = [
            (who, getattr(talk, who)) for who in ("teacher", "family", "interpreter") if getattr(talk, who) is not None
        ]
        free = [
            start
            for start in talk.possible
            if start % problem.slots not in rest and not any((*person, start) in taken for person in people)
        ]
        starts[talk.key] = free[0] if free else None
        taken |= {(*person, starts[talk.key]) for person in people}
    return starts
