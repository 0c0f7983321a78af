"""A demo is made where nobody lives, and never of a database with real people."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from portal import made_up
from portal.checkout.embedded import ROOT
from portal.people.models import Person, the_portal
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _unsaid():
    yield
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE people_person IS NULL")


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_a_database_without_people_becomes_a_demo(demo):
    the_portal()
    made_up.say_so()
    make.person()

    made_up.refuse_real()
    made_up.say_so()


def test_real_people_make_no_demo(demo):
    make.person()

    for ask in (made_up.refuse_real, made_up.say_so, lambda: call_command("seed")):
        with pytest.raises((ImproperlyConfigured, CommandError), match="not made up"):
            ask()
    assert Person.objects.filter(is_portal=False).count() == 1


def test_an_installation_is_not_asked(settings):
    make.person()

    made_up.refuse_real()


@pytest.mark.parametrize(
    "command", [["shell", "-c", "print(1)"], ["seed"], ["demo", "--fresh"], ["demo"], ["flush", "--no-input"]]
)
@pytest.mark.parametrize("also", [{}, {"DEMO": "1"}])
def test_manage_turns_no_demo_on_where_people_are_real(command, also, tmp_path):
    make.person()
    run = _manage(command, tmp_path, also)

    assert run.returncode == 1
    assert "holds people who are not made up" in run.stderr
    assert Person.objects.filter(is_portal=False).count() == 1


def test_manage_works_on_a_database_without_people(tmp_path):
    assert _manage(["shell", "-c", "print(1)"], tmp_path, {}).returncode == 0


def _manage(command, state, also):
    here = connection.settings_dict
    url = f"postgres://{here['USER']}@{here['HOST'].replace('/', '%2F')}{':' if here['PORT'] else ''}{here['PORT']}/{here['NAME']}"
    environ = {
        "PATH": os.environ["PATH"],
        "STATE_DIR": str(state),
        "DATABASE_URL": url,
        "REDIS_URL": os.environ["REDIS_URL"],
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**environ, **also},
        capture_output=True,
        text=True,
        timeout=90,
    )
