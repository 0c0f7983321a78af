import pytest
from django.db import DatabaseError
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from portal.home import health


def test_healthz_says_that_a_missing_worker_is_broken(client, db):
    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "broken", "database": "ok", "cache": "ok", "worker": "broken"}


def test_healthz_asks_only_about_the_parts_that_are_named(client, db):
    answer = client.get("/healthz?part=database&part=cache")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "cache": "ok"}


def test_healthz_says_which_part_is_broken(client, db, settings):
    nowhere = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": nowhere}

    answer = client.get("/healthz?part=database&part=cache")

    assert answer.status_code == 503
    assert answer.json() == {"status": "broken", "database": "ok", "cache": "broken"}


@pytest.mark.parametrize("error", [DatabaseError, RedisError, KombuError, ConnectionRefusedError])
def test_alive_takes_an_error_for_an_answer(error):
    def answers():
        raise error

    assert health.alive(answers) is False
