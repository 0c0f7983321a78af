"""Plan whole schools: what our plan costs, against the lower bound and the best plan known of each instance.

The instances, their best known costs and an independent scorer lie outside the project, in `../shared/data/planner`;
nothing recorded there is printed as if it had been measured here. BENCH_PLANNER=x1_s1_15,... chooses some of them.
Every instance runs in a process of its own; the kernel is compiled before the first, and timed.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from conferences.timetables.planner.problem import Pause, Problem, Talk, common_starts

ROOT = Path(__file__).resolve().parent.parent
INSTANCES = ROOT.parent / "shared" / "data" / "planner"
SECONDS = {"x3_s1_15": 120, "x10_s1_15": 300}  # all others 60
SEEDS = ("x1_s1_15", "x1_s2_15", "x1_s3_15")
OF_BEST = {"x3_s1_15": 1.05, "x10_s1_15": 1.25}
PLACED_WITHIN = 10
REPAIRED_WITHIN, MOVED = 5, 3
CANCELLATIONS = 5


def run():
    if not INSTANCES.is_dir():
        raise SystemExit(f"The instances are not here: {INSTANCES} is absent. Nothing was measured.")
    known, compiled = best_known(), compile_kernel()
    chosen = os.environ.get("BENCH_PLANNER")
    instances = {name: measured(name, known[name]) for name in (chosen.split(",") if chosen else known)}
    goals = reached(instances)
    ours, limit = (sum(one[word] for one in instances.values()) for word in ("objective", "best_known"))
    return {
        "name": "planner",
        "instances": instances,
        "unplaced": sum(one["unplaced"] for one in instances.values()),
        "compile_seconds": compiled,
        "load": os.getloadavg()[0],
        "goals": goals,
        "ours": ours,
        "limit": limit,  # the best known, read from the instances' own table
        "ratio": ours / limit,
        "goal": "every goal reached",
        "passed": all(goals.values()),
    }


def best_known():
    """{instance: (bound, best known)}, from the table that comes with the instances."""
    rows = re.findall(r"^\| (\w+)[^|]*\|[^|]*\| (\d+) \| (\d+)", (INSTANCES / "README.md").read_text(), re.M)
    return {name: (int(bound), int(best)) for name, bound, best in rows}


def compile_kernel():
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "conferences.timetables.planner", "--compile"], cwd=ROOT, check=True)
    return time.perf_counter() - begun


def measured(name, known):
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    code += f"import runpy; runpy.run_path({__file__!r})['report']({name!r})"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    bound, best = known
    return {**json.loads(done.stdout.splitlines()[-1]), "bound_known": bound, "best_known": best}


def report(name):
    """In a fresh process: solved, checked by the independent scorer, and repaired."""
    from conferences.timetables.planner.repairing import (
        repair,  # the parent serves other benchmarks, and needs neither library
    )
    from conferences.timetables.planner.solving import solve

    seconds, problem, begun, first = SECONDS.get(name, 60), problem_of(name), time.perf_counter(), []

    def heard(plan):
        if not plan.unplaced:
            first.append(time.perf_counter() - begun)

    plan = solve(problem, seconds, report=heard)
    took, processor = time.perf_counter() - begun, time.process_time()
    result = {"objective": plan.objective, "bound": plan.bound, "unplaced": len(plan.unplaced), "seconds": took}
    result["placed_after"] = first[0] if first else None if plan.unplaced else took
    result["processor_seconds"] = processor  # on a busy machine far less than its cores times the seconds
    result["checked"] = checked(name, problem, plan) == plan.objective
    repairs = [after_cancellation(repair, problem, plan, number) for number in range(CANCELLATIONS)]
    result["repair_seconds"] = max(took for took, _moved in repairs)
    result["repair_moved"] = max(moved for _took, moved in repairs)
    print(json.dumps(result))


def problem_of(name):
    data = json.loads((INSTANCES / f"{name}.json").read_text())
    slots, languages = data["spd"], data["lang"]
    talks = tuple(
        Talk(
            number,
            teacher,
            family,
            pupil,
            common_starts(1, slots, data["favail"][family], data["tavail"][teacher]),
            None if languages[family] < 0 else languages[family],
        )
        for number, (teacher, family, pupil) in enumerate(data["meetings"])
    )
    load = Counter(talk.teacher for talk in talks)
    pause = Pause(data["brk_len"], data["brk_lo"], data["brk_hi"])
    return Problem(data["nd"], slots, talks, {who: pause for who, many in load.items() if many >= data["brk_min"]})


def checked(name, problem, plan):
    """By the scorer that comes with the instances; None when it calls the plan broken."""
    starts = [-1 if plan.starts[talk.key] is None else plan.starts[talk.key] for talk in problem.talks]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(starts, file)
        file.flush()
        command = [sys.executable, INSTANCES / "score.py", INSTANCES / f"{name}.json", file.name]
        said = subprocess.run(command, capture_output=True, text=True)
    return json.loads(said.stdout)["objective"] if said.returncode == 0 else None


def after_cancellation(repair, problem, plan, number):
    """(seconds, talks moved). The same random talk is cancelled each time."""
    gone = random.Random(number).choice(problem.talks)  # noqa: S311 the same five each time
    rest = Problem(problem.days, problem.slots, tuple(t for t in problem.talks if t is not gone), problem.pauses)
    begun = time.perf_counter()
    new = repair(rest, plan, [gone])
    return time.perf_counter() - begun, len(new.moved_from(plan))


def reached(instances):
    ones = {name: one for name, one in instances.items() if name.startswith("x1")}
    goals = {"plans hold": all(one["checked"] for one in instances.values())}
    goals["repaired in time"] = all(
        one["repair_seconds"] <= REPAIRED_WITHIN and one["repair_moved"] <= MOVED for one in instances.values()
    )
    if ones:
        in_time = (one["placed_after"] for one in ones.values())
        goals["x1 placed"] = all(after is not None and after <= PLACED_WITHIN for after in in_time)
    if set(SEEDS) <= set(instances):
        goals["x1 optimal"] = sum(instances[name]["objective"] <= instances[name]["bound"] for name in SEEDS) >= 2
    for name, times in OF_BEST.items():
        if name in instances:
            one = instances[name]
            goals[f"{name} near the best"] = not one["unplaced"] and one["objective"] <= times * one["best_known"]
    return goals
