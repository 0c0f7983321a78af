"""What people write in DATABASE_URL, REDIS_URL and EMAIL_URL is understood."""

import pytest

from portal import addresses


def test_database_over_the_network():
    read = addresses.database("postgres://portal:p%40ss@db.example.no:5433/skole?sslmode=require")

    assert read["HOST"] == "db.example.no"
    assert read["PORT"] == 5433
    assert read["PASSWORD"] == "p@ss"
    assert read["NAME"] == "skole"
    assert read["OPTIONS"] == {
        "sslmode": "require",
        "connect_timeout": "5",
        "options": "-c plan_cache_mode=force_generic_plan",
    }


def test_database_on_a_socket_keeps_the_case_of_the_path():
    read = addresses.database("postgres://postgres@%2Fvar%2Ftmp%2FSkole/portal")

    assert read["HOST"] == "/var/tmp/Skole"
    assert read["PORT"] == ""


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail", 25, False, False),
        ("smtps://me:secret@mail", 465, True, False),
        ("smtp+tls://me:secret@mail:587", 587, False, True),
    ],
)
def test_email_says_how_it_is_encrypted(url, port, ssl, tls):
    read = addresses.email(url)

    assert (read["EMAIL_PORT"], read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (port, ssl, tls)


def test_broker_speaks_celerys_dialect():
    assert addresses.broker("unix:///run/redis.sock?db=2") == "redis+socket:///run/redis.sock?virtual_host=2"
    assert addresses.broker("redis://redis:6379/0") == "redis://redis:6379/0"


def test_database_behind_a_pooler_keeps_nothing_between_transactions():
    read = addresses.database("postgres://portal:portal@pooler/portal?pooled=true&sslmode=require")

    assert read["CONN_MAX_AGE"] == 0
    assert read["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert read["OPTIONS"] == {"sslmode": "require", "connect_timeout": "5"}
