"""Law: every task has a test that runs it twice and finds that the second changed nothing more."""

import re

from portal.celery import app
from tests.laws.code import PACKAGES, ROOT


def test_every_task_is_tried_twice():
    app.loader.import_default_modules()
    names = {name.rsplit(".", 1)[1] for name in app.tasks if name.split(".")[0] in PACKAGES}
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))

    assert sorted(name for name in names if not re.search(rf"def test_{name}\w*_twice", tests)) == []


def test_no_task_keeps_a_result():
    tasks = [task for name, task in app.tasks.items() if name.split(".")[0] in PACKAGES]

    assert [task.name for task in tasks if not task.ignore_result] == []
