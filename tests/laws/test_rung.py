"""Law: a task that is rung for by its name has that name. Otherwise its worker throws the call away and says so in a log."""

import re

from portal.celery import app
from tests.laws.code import python_files

RUNG = re.compile(r'send_task\(\s*"([\w.]+)"')


def test_every_task_that_is_rung_for_is_there():
    app.loader.import_default_modules()
    rung = {name for path in python_files("*.py") for name in RUNG.findall(path.read_text())}

    assert len(rung) > 1
    assert rung - set(app.tasks) == set()
