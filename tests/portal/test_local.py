"""A checkout without settings of its own works at once; an installation is left as it is."""

import os
import shutil
import socket
import subprocess
import sys
from contextlib import nullcontext

import pytest

import manage
from portal.checkout import local
from portal.checkout.embedded import ROOT


@pytest.fixture
def checkout(monkeypatch, tmp_path):
    for name in ("SECRET_KEY", "FIELD_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(local, "STATE", tmp_path)
    return tmp_path


def test_services_for_an_installation_changes_nothing(monkeypatch, checkout):
    monkeypatch.setenv("SECRET_KEY", "an installation's")

    assert isinstance(manage.services_for(["migrate"]), nullcontext)
    assert not list(checkout.iterdir())


def test_services_for_help_starts_nothing(monkeypatch, checkout):
    monkeypatch.setenv("SITE_URL", "")  # restored after the test, with all that the line below sets
    for name in ("SECRET_KEY", "FIELD_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEMO"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)

    assert isinstance(local.services_for(["import_roster", "--help"]), nullcontext)


def test_kept_is_made_once_and_for_the_owner_alone(checkout):
    first = local.kept("secret_key", "one")

    assert local.kept("secret_key", "two") == first == "one"
    assert (checkout / "secret_key").stat().st_mode & 0o777 == 0o600


def test_free_port_takes_the_next_one_when_the_wanted_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]

        assert local.free_port(wanted) != wanted


@pytest.mark.slow
def test_a_command_of_the_readme_makes_the_tables_of_a_fresh_clone_first(checkout, tmp_path):
    """Its own servers, its own folder, nothing of this run's environment; the second command finds them there."""
    file = tmp_path / "principle.txt"
    file.write_text("Plan for cooperation\n\nPurpose:\n\n• We meet.\n")
    home = {"PATH": os.environ["PATH"], "STATE_DIR": str(tmp_path / "state")}

    def typed(*words):
        done = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=home, capture_output=True, text=True)
        assert "Traceback" not in done.stderr
        return done

    first, second = typed("import_principle", str(file)), typed("import_roster", str(file), "--school", "1")

    assert "Making the tables" in first.stderr
    assert "There is no municipality yet" in first.stderr
    assert "Making the tables" not in second.stderr
    assert "There is no school yet" in second.stderr
    where = "from portal.checkout.embedded import Services; print(Services.of_the_demo().home)"
    shutil.rmtree(subprocess.check_output([sys.executable, "-c", where], cwd=ROOT, env=home, text=True).strip())
