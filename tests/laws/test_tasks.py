"""Law: every task has a test that runs it twice and finds that the second changed nothing more; the clock knows its own."""

import inspect
import re

import pytest
from celery.beat import Scheduler

from portal.celery import app
from portal.clock import CELERY_BEAT_SCHEDULE, every
from portal.ledger.tasks import sweep
from tests.laws.code import PACKAGES, ROOT
from tests.laws.verdict import allow_none


def test_every_task_is_tried_twice():
    app.loader.import_default_modules()
    names = {name.rsplit(".", 1)[1] for name in app.tasks if name.split(".")[0] in PACKAGES}
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))

    untried = {name for name in names if not re.search(rf"def test_{name}\w*_twice", tests)}

    allow_none(untried, "{0} has no test that is called test_{0}_..._twice and runs it twice")


def test_no_task_keeps_a_result():
    tasks = [task for name, task in app.tasks.items() if name.split(".")[0] in PACKAGES]

    allow_none([task.name for task in tasks if not task.ignore_result], "{} keeps its result: ignore_result=True")


def test_what_the_clock_rings_for_is_in_the_schedule_once():
    """A task that needs to be told nothing is one for the clock; one that is about something is rung for by an action."""
    app.loader.import_default_modules()
    tasks = {name: task for name, task in app.tasks.items() if name.split(".")[0] in PACKAGES}
    told_nothing = [
        name
        for name, task in tasks.items()
        if all(given.default is not given.empty for given in inspect.signature(task.run).parameters.values())
    ]

    assert sorted(told_nothing) == sorted(entry["task"] for entry in app.conf.beat_schedule.values())


def test_the_beat_knows_every_entry_when_it_has_started():
    app.loader.init_worker()
    scheduler = Scheduler(app, lazy=True)
    scheduler.setup_schedule()

    assert scheduler.schedule.keys() >= CELERY_BEAT_SCHEDULE.keys() != set()


def test_a_task_has_one_place_in_the_schedule():
    with pytest.raises(ValueError, match="already"):
        every(60)(sweep)
