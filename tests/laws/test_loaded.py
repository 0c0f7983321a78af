"""Law: what a file registers is there once the portal has started. A wing's file is imported by its room's file of that
name: a notice that nobody imports tells nobody."""

import os
import subprocess
import sys

from tests.laws.code import files
from tests.laws.verdict import allow_none

FOUND_AT_START = {"calendar", "case_page", "child_page", "class_page", "clauses", "figures", "help", "menu", "notices"}
FOUND_AT_START |= {"papers", "readings", "todos"}
FOUND_BY_NAME = {"demo", "tasks"}  # by whoever furnishes the demo, and by Celery
LISTED = ("portal.home.demo.",)  # the town itself, which `seed` makes before rooms furnish it
START = f"""
import sys, django
from django.utils.module_loading import autodiscover_modules
django.setup()
autodiscover_modules(*{sorted(FOUND_BY_NAME)})
print(*sys.modules)
"""


def test_what_is_registered_is_loaded_at_start():
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    started = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True, env=environ)
    wanted = {name for name in files() if set(name.split(".")[1:]) & (FOUND_AT_START | FOUND_BY_NAME)}

    allow_none(
        {name for name in wanted if "management" not in name and not name.startswith(LISTED)}
        - set(started.stdout.split()),
        "{} is imported by nobody when the portal starts: import it in its room's file of that name",
    )
