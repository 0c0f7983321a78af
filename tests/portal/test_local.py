"""A checkout without settings of its own works at once; an installation is left as it is."""

import socket
from contextlib import nullcontext

import pytest

from portal import local


@pytest.fixture
def checkout(monkeypatch, tmp_path):
    for name in ("SECRET_KEY", "FIELD_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(local, "STATE", tmp_path)
    return tmp_path


def test_services_for_an_installation_changes_nothing(monkeypatch, checkout):
    monkeypatch.setenv("SECRET_KEY", "an installation's")

    assert isinstance(local.services_for(["migrate"]), nullcontext)
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
