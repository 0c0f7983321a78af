"""The planner in its own process: asked, heard, stopped; and nobody else carries its libraries."""

import json
import subprocess
import sys
import time

import pytest

from conferences.timetables.planner import child
from conferences.timetables.planner.problem import Problem, Unplaced
from portal.checkout.embedded import ROOT
from tests.conferences.timetables.planner.schools import a_school, a_talk

LIBRARIES = ("ortools", "numba")


@pytest.mark.slow
def test_a_child_plans_and_explains():
    problem, heard = Problem(1, 2, (a_talk("a", 0), a_talk("b", 0))), []

    plan, reasons = child.solve(problem, 2, report=heard.append)

    assert reasons == [Unplaced(plan.unplaced[0], "teacher_full")]
    assert heard


@pytest.mark.slow
def test_a_child_repairs():
    problem = Problem(1, 4, (a_talk("a", 0, 1), a_talk("c", 3)))
    plan, _reasons = child.solve(Problem(1, 4, (*problem.talks, a_talk("b", 2))), 3)

    new, reasons = child.repair(problem, plan, [a_talk("b", 2)])

    assert (set(new.starts), reasons) == ({"a", "c"}, [])


@pytest.mark.slow
def test_a_child_is_stopped():
    begun = time.monotonic()

    child.solve(a_school(teachers=20, families=150), 120, stop=lambda: time.monotonic() - begun > 3)

    assert time.monotonic() - begun < 20


def test_a_child_that_dies_is_an_error(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(child.PlannerFailed):
        child.solve(Problem(1, 2, (a_talk("a", 0),)), 2)


def test_a_problem_survives_the_way_there():
    problem = a_school(walking=1)

    assert child.unpacked(json.loads(json.dumps(child.packed(problem)))) == problem


def test_a_web_process_carries_none_of_the_libraries():
    code = "import portal.settings, django; django.setup(); import portal.urls, conferences.timetables.planner.child, sys; "
    code += f"print([name for name in {LIBRARIES} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"
