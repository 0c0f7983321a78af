import os
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError
from django.utils import timezone
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from portal import celery
from portal.checkout.embedded import ROOT
from portal.doorbell import in_database
from portal.home import health
from portal.messaging.models import Delivery, Notice
from tests import make
from tests.laws.test_settings import PRODUCTION

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock():
    celery.Scheduler.mark(celery.app)
    yield
    in_database.clear()


@pytest.fixture
def waiting():
    now = timezone.now()
    notice = Notice.objects.create(kind="test", recipient=make.person(), not_before=now - timedelta(hours=3))

    def put(**values):
        Delivery.objects.filter(notice=notice).delete()
        Delivery.objects.create(notice=notice, channel="email", **{"next_try_at": now, **values})
        return now

    return put


def test_healthz_says_that_a_missing_worker_and_a_clock_that_stands_are_broken(client):
    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {
        "status": "broken",
        "database": "ok",
        "cache": "ok",
        "worker": "broken",
        "beat": "broken",
        "messages": "ok",
        "oldest_unsent_seconds": 0,
    }


def test_healthz_asks_only_about_the_parts_that_are_named(client, clock):
    answer = client.get("/healthz?part=database&part=cache&part=beat")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "cache": "ok", "beat": "ok"}


@pytest.mark.parametrize("query", ["part=unknown", "part=database&part=unknown", "part="])
def test_healthz_has_no_unknown_part(client, query):
    assert client.get(f"/healthz?{query}").status_code == 404


def test_healthz_says_which_part_is_broken(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answer = client.get("/healthz?part=database&part=cache")

    assert answer.status_code == 503
    assert answer.json() == {"status": "broken", "database": "ok", "cache": "broken"}


def test_healthz_says_how_long_the_oldest_unsent_message_has_waited(client, waiting):
    now = waiting()
    Delivery.objects.update(next_try_at=now - timedelta(minutes=40))

    answer = client.get("/healthz?part=messages")

    assert answer.status_code == 503
    assert 2400 <= answer.json()["oldest_unsent_seconds"] < 2460


@pytest.mark.parametrize(
    ("minutes", "values"),
    [
        (0, {"next_try_at": timezone.now() + timedelta(hours=8)}),  # waits for the morning
        (0, {"attempts": 2}),  # its own mailbox puts it off
        (0, {"state": "failed"}),
        (0, {"bundle": 1, "claimed_until": timezone.now() + timedelta(hours=1)}),  # in hand
        (0, {}),
        (180, {"bundle": 1, "next_try_at": timezone.now() + timedelta(seconds=40)}),  # the mail server is away
    ],
)
def test_only_what_should_have_gone_is_late(client, waiting, minutes, values):
    waiting(**values)

    seconds = client.get("/healthz?part=messages").json()["oldest_unsent_seconds"]

    assert minutes * 60 <= seconds < minutes * 60 + 60


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError, RedisError, KombuError, ConnectionRefusedError])
def test_alive_takes_an_error_for_an_answer(error):
    def answers():
        raise error

    assert health.alive(answers) is False


@pytest.fixture
def silent():
    """A server that accepts every connection and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(64)
        yield server.getsockname()[1]


ASK = """
import time
import portal.wsgi
from django.test import Client
for _time in range(3):
    began = time.monotonic()
    answer = Client().get("/healthz", secure=True, headers={"host": "skolebro.example.no"})
    print(answer.status_code, round(time.monotonic() - began, 2), answer.json(), sep="|")
"""


def test_healthz_answers_within_two_seconds_when_nobody_else_does(silent):
    environ = {
        **PRODUCTION,
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": f"postgres://portal:portal@127.0.0.1:{silent}/portal",
        "REDIS_URL": f"redis://127.0.0.1:{silent}/0",
    }
    run = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=90)

    told = [line.split("|") for line in run.stdout.splitlines()]
    assert [status for status, _seconds, _states in told] == ["503"] * 3, run.stderr
    assert sorted(float(seconds) for _status, seconds, _states in told)[1] < 2  # one may wait for a busy machine
    assert {states.count("'broken'") for _status, _seconds, states in told} == {6}


def test_the_clocks_mark_outlives_a_database_that_was_away(clock):
    assert time.time() - in_database.get(celery.BEAT) < 10
    call_command("migrate", "ledger", "0001", verbosity=0)
    try:
        celery.Scheduler.mark(celery.app)
    finally:
        call_command("migrate", "ledger", verbosity=0)
    celery.Scheduler.mark(celery.app)
    assert health.beat_goes()
