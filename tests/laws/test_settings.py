"""The environment is read in few places, and .env.example names all of it."""

import os
import re
import secrets
import subprocess
import sys

import pytest

from portal.checkout.embedded import ROOT
from portal.packages import ours

READ = re.compile(
    r"""\benv(?:_bool|_list)?\(\s*"([A-Z_]+)"|environ(?:\.get\(|\[)\s*"([A-Z_]+)"|"([A-Z_]+)" not in os\.environ"""
)
READERS = ["portal/settings.py", "portal/checkout/embedded.py", "portal/checkout/local.py"]
STARTERS = [
    "manage.py",
    "portal/celery.py",
    "portal/wsgi.py",
    "portal/checkout/management/commands/demo.py",
    "conferences/timetables/planner/child.py",
]
REQUIRED = {"SECRET_KEY", "FIELD_KEY", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"}
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(48),
    "FIELD_KEY": secrets.token_urlsafe(48),
    "SITE_URL": "https://skolebro.example.no",
    "DATABASE_URL": "postgres://portal:portal@db/portal",
    "REDIS_URL": "redis://redis:6379/0",
    "EMAIL_URL": "smtp://mail:25",
}


def names_read():
    found = [READ.findall((ROOT / file).read_text()) for file in READERS]
    return {name for matches in found for groups in matches for name in groups if name}


def names_in_the_example():
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))


def python_files():
    return [ROOT / "manage.py", *(file for room in ours() for file in (ROOT / room).rglob("*.py"))]


def run_in_production(*arguments, without=()):
    environ = {name: value for name, value in PRODUCTION.items() if name not in without}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
    )


def test_every_variable_that_is_read_is_in_the_example_and_the_other_way_round():
    assert names_read() == names_in_the_example()


def test_the_environment_is_read_in_few_places():
    readers = {
        str(file.relative_to(ROOT)) for file in python_files() if re.search(r"os\.(environ|getenv)", file.read_text())
    }

    assert readers <= {*READERS, *STARTERS}


def test_settings_is_one_short_file():
    assert len((ROOT / "portal/settings.py").read_text().splitlines()) < 250


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_settings_stop_the_start_without(name):
    run = run_in_production("-c", "import portal.settings", without={name})

    assert run.returncode == 1
    assert f"{name} is missing from the environment" in run.stderr


def example():
    """The example as somebody would have it who changed nothing."""
    return dict(re.findall(r"^([A-Z_]+)=(.+)$", (ROOT / ".env.example").read_text(), re.M))


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check", "--deploy"),
        ("manage.py", "check"),
        ("-c", "import portal.wsgi"),
        ("-m", "celery", "-A", "portal", "worker"),
        ("-m", "celery", "-A", "portal", "beat", "--schedule", "/tmp/skolebro-never-made"),
    ],
)
def test_nothing_starts_with_the_example(command):
    environ = {"PATH": os.environ["PATH"], **example()}
    run = subprocess.run([sys.executable, *command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=90)

    assert run.returncode != 0
    assert "SECRET_KEY is an example" in run.stderr
    assert "FIELD_KEY is an example" in run.stderr


def test_production_passes_the_deployment_check():
    run = run_in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert run.returncode == 0, run.stderr
