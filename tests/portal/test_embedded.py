"""The embedded servers: one set for all who ask, restarted when they die, gone with their last user."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psycopg2
import pytest
import redis

from portal.checkout.embedded import ROOT, Services

NOTHING = {}


@pytest.fixture
def services():
    """Servers of this test alone, in a folder that PostgreSQL's account can reach."""
    own = Services.of_a_test_run()
    return Services(own.home.with_name(f"{own.home.name}-x"), scratch=True)


def ask_database(services, sql):
    with psycopg2.connect(host=str(services.run), user="postgres", dbname="portal") as connection:
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchone()[0]


def ask_redis(services):
    return redis.Redis(unix_socket_path=f"{services.run}/redis.sock").ping()


def wait_for(truth, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(psycopg2.Error, redis.exceptions.RedisError, OSError):
            if truth():
                return True
        time.sleep(0.1)
    return False


def processes_of(services):
    lines = subprocess.run(["ps", "-eww", "-o", "pid,args"], capture_output=True, text=True).stdout.splitlines()
    return {line.strip() for line in lines if str(services.home) in line}


def test_running_shares_restarts_and_leaves_nothing(services):
    with services.running(NOTHING):
        assert ask_database(services, "SELECT lower('ÆØÅ')") == "æøå"
        with services.running(NOTHING):
            assert ask_redis(services)
        assert ask_redis(services)

        postmaster = int((services.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        os.kill(int((services.redis_data / "pid").read_text()), signal.SIGKILL)

        assert wait_for(lambda: ask_database(services, "SELECT 1") == 1 and ask_redis(services))
        assert int((services.data / "postmaster.pid").read_text().split()[0]) != postmaster

    assert wait_for(lambda: not processes_of(services))
    assert not services.home.exists()


def test_running_ends_with_a_user_that_was_killed(services):
    code = f"from portal.checkout.embedded import Services as S, time; s = S({str(services.home)!r}, scratch=True)"
    user = subprocess.Popen([sys.executable, "-c", f"{code}\nwith s.running({{}}): print('up', flush=True); time.sleep(99)"],
                            cwd=ROOT, stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert user.stdout.readline() == "up\n"
    assert ask_redis(services)

    user.kill()
    user.wait()

    assert wait_for(lambda: not processes_of(services))


def test_running_starts_only_what_the_environment_does_not_name(services):
    elsewhere = {"DATABASE_URL": "postgres://db/portal", "REDIS_URL": "redis://redis:6379/0"}

    assert services.missing(elsewhere) == []
    assert services.missing({**elsewhere, "REDIS_URL": ""}) == ["redis"]
    assert services.missing({"DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}) == [
        "database",
        "redis",
    ]


def test_running_has_ended_when_the_block_has(services):
    with services.running(NOTHING):
        assert processes_of(services)

    assert not [line for line in processes_of(services) if "postgres" in line or "valkey" in line]
