"""The process that `child` starts: one request in, plans out. `python -m conferences.timetables.planner --compile` only
compiles."""

import json
import os
import sys

from .child import packed_plan, unpacked, unpacked_plan, unpacked_talks
from .explaining import explain
from .problem import Problem, Talk
from .repairing import repair
from .solving import solve


def answer(request):
    problem, seconds, workers = unpacked(request["problem"]), request["seconds"], request["workers"]
    start = request["start"] and unpacked_plan(request["start"])
    if request["do"] == "repair":
        plan = repair(problem, start, unpacked_talks(request["changed"]), seconds=seconds, workers=workers)
    else:
        plan = solve(problem, seconds, start=start, move_cost=request["move_cost"], report=say, workers=workers)
    say(plan, unplaced=[[reason.key, reason.reason] for reason in explain(problem, plan)])


def say(plan, **more):
    print(json.dumps({"plan": packed_plan(plan), **more}), flush=True)


def compile_kernel():
    solve(Problem(1, 2, (Talk(1, 1, 1, 1, (0, 1)), Talk(2, 2, 1, 2, (0, 1)))), seconds=60)


if __name__ == "__main__":
    if "--compile" in sys.argv:
        compile_kernel()
    else:
        os.nice(5)  # pages come first
        answer(json.loads(sys.stdin.readline()))
