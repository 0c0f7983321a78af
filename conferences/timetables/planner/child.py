"""The planner in a process of its own: the caller imports neither numba nor OR-Tools, and can stop it at any time.

The child reads one line of JSON, writes a line for every better plan, and last the plan with the reasons why some talks
have no time.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import astuple
from pathlib import Path

from .problem import Pause, Plan, Problem, Talk, Unplaced

ROOT = Path(__file__).resolve().parents[3]
GRACE = 120  # seconds after the deadline: the kernel may have to be compiled, the reasons to be found
LISTEN = 0.5


class PlannerFailed(RuntimeError):
    """The child process ended without a plan; its output is in the log."""


def solve(problem, seconds, start=None, move_cost=0, report=None, stop=None, workers=4):
    """(plan, why some talks have no time). `report(plan)` hears of better plans; `stop()` is asked twice a second."""
    request = {
        "do": "solve",
        "seconds": seconds,
        "move_cost": move_cost,
        "workers": workers,
        "start": start and packed_plan(start),
    }
    return _ask({**request, "problem": packed(problem)}, problem, seconds, report, stop)


def repair(problem, plan, changed, seconds=5, workers=4):
    request = {"do": "repair", "seconds": seconds, "workers": workers, "start": packed_plan(plan)}
    request |= {"problem": packed(problem), "changed": [astuple(talk) for talk in changed]}
    return _ask(request, problem, seconds, None, None)


def _ask(request, problem, seconds, report, stop):
    deadline, lines = time.monotonic() + seconds + GRACE, queue.Queue()
    process = subprocess.Popen(
        [sys.executable, "-m", "conferences.timetables.planner"],
        cwd=ROOT,
        env=_environ(),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    threading.Thread(target=_listen, args=(process, lines), daemon=True).start()
    plan, reasons = None, []
    try:
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        while time.monotonic() < deadline and not (stop and stop()):
            try:
                line = lines.get(timeout=LISTEN)
            except queue.Empty:
                continue
            if line is None:
                break
            plan = unpacked_plan(line["plan"])
            reasons = [Unplaced(*row) for row in line.get("unplaced", ())]
            if report and "unplaced" not in line:
                report(plan)
    except BrokenPipeError:
        pass  # it died before it read the request; below there is no plan
    finally:
        process.kill()
        process.wait()
    if plan is None and not (stop and stop()):
        raise PlannerFailed("The planner ended without a plan.")
    return plan, reasons


def _environ():
    """Where the code's own folder is read-only, the compiled kernel is cached with the portal's files."""
    if os.access(Path(__file__).parent, os.W_OK) or "NUMBA_CACHE_DIR" in os.environ:
        return None
    return {**os.environ, "NUMBA_CACHE_DIR": str(Path(os.environ.get("STATE_DIR") or tempfile.mkdtemp()) / "planner")}


def _listen(process, lines):
    for line in process.stdout:
        lines.put(json.loads(line))
    lines.put(None)


def packed(problem):
    return {
        "days": problem.days,
        "slots": problem.slots,
        "walking": problem.walking,
        "talks": [astuple(talk) for talk in problem.talks],
        "pauses": [[teacher, *astuple(pause)] for teacher, pause in problem.pauses.items()],
    }


def unpacked(data):
    return Problem(
        data["days"],
        data["slots"],
        unpacked_talks(data["talks"]),
        {teacher: Pause(*rule) for teacher, *rule in data["pauses"]},
        data["walking"],
    )


def unpacked_talks(rows):
    return tuple(
        Talk(key, teacher, family, pupil, tuple(possible), *rest)
        for key, teacher, family, pupil, possible, *rest in rows
    )


def packed_plan(plan):
    return {"starts": list(plan.starts.items()), "objective": plan.objective, "bound": plan.bound}


def unpacked_plan(data):
    return Plan(dict(map(tuple, data["starts"])), data["objective"], data["bound"])
