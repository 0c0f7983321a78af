"""Redis is stopped, or takes every call and never answers: pages open, people sign in, limits hold, nobody waits."""

import socket
import time
from threading import Thread

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.celery import app
from portal.doorbell import PAUSE, in_database, line
from portal.ledger.models import Event
from portal.ledger.tasks import BELL, ring
from portal.messaging.links import FORGERIES_AN_HOUR, OPENINGS_A_MINUTE, link_for
from portal.messaging.tokens import path_of
from portal.people import actions
from portal.people.models import the_portal
from tests import make
from tests.portal.people.test_sign_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def silent():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(64)
        yield server.getsockname()[1]


@pytest.fixture(params=["stopped", "silent", "nameless"])
def away(request, settings, silent):
    """Redis at an address where nobody listens, where nobody answers, and at a name that does not resolve."""
    place = {"stopped": "127.0.0.1:1", "silent": f"127.0.0.1:{silent}", "nameless": "redis.invalid:6379"}[request.param]
    settings.REDIS_URL = f"redis://{place}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": settings.REDIS_URL}}
    line(settings.REDIS_URL).quiet_until = 0
    yield line(settings.REDIS_URL)
    in_database.clear()


@pytest.fixture
def amira():
    _nora, guardian = make.family(make.school_class(at=make.school()), email="amira@example.org")
    return guardian


@pytest.fixture
def within():
    """Fails a test that waited longer than a person would."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 5


def test_a_code_opens(away, amira, mailoutbox, within):
    browser = Client()

    assert sign_in(browser, amira.email, mailoutbox).url == "/"
    assert browser.get("/").status_code == 200


def test_asking_for_codes_is_limited(away, amira, mailoutbox):
    browser = Client()
    for _time in range(40):
        browser.post("/account/login/", {"login": amira.email})

    assert 1 <= len(mailoutbox) <= 3  # a minute may turn meanwhile, and none is told how many there were


def test_a_personal_link_is_answered_at_once_and_rings_for_nobody(away, amira, within):
    link = link_for(amira, amira, purpose="messaging.preferences")
    chosen = {
        **dict.fromkeys(("invitations", "reminders", "news", "decisions", "tasks"), "email"),
        "digest": "daily",
        "quiet_from": "20:00",
        "quiet_until": "08:00",
    }

    assert Client().post(path_of(link), chosen).status_code == 302
    assert Event.objects.unpublished().filter(verb="messaging.preference_chosen").count() == 1


def test_personal_links_are_counted_by_the_database(away, amira):
    path, browser = path_of(link_for(amira, amira, purpose="messaging.preferences")), Client()
    said = [browser.get(path, REMOTE_ADDR="10.9.9.9").status_code for _time in range(OPENINGS_A_MINUTE + 1)]

    assert said == [*[200] * OPENINGS_A_MINUTE, 429]
    forged = reverse("messaging:preference_link", args=["1.forged"])
    for _time in range(FORGERIES_AN_HOUR + 1):
        browser.get(forged, REMOTE_ADDR="10.1.2.3")
    assert browser.get(forged, REMOTE_ADDR="10.1.2.3").status_code == 429


def test_nobody_is_called_twice_while_away(away):
    cache.get("one")
    began = time.monotonic()
    for _time in range(20):
        cache.set("one", 1)
        ring()
        assert app.send_task("portal.ledger.tasks.sweep") is None

    assert time.monotonic() - began < 1
    assert cache.get("one") == 1


def test_somebody_looks_whether_it_is_back(away):
    cache.get("one")
    assert not away.is_open()

    away.quiet_until -= PAUSE + 1
    began = time.monotonic()
    assert not away.is_open()
    assert time.monotonic() - began < 2


def test_what_was_written_here_is_not_asked_for_once_redis_is_back(settings):
    here = settings.CACHES
    cache.delete(BELL)
    settings.CACHES = {"default": {**here["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert cache.add(BELL, True, 30)
    assert not cache.add(BELL, True, 30)

    settings.CACHES = here
    assert cache.add(BELL, True, 30)
    cache.delete(BELL)
    in_database.clear()


@pytest.fixture
def counts():
    yield
    in_database.clear()


def test_the_database_counts_exactly_and_to_the_same_end(counts):
    in_database.add("tries", 0, timeout=60)
    ends = "SELECT expires FROM portal_cache"

    def ask(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def count():
        for _time in range(20):
            in_database.incr("tries")
        connection.close()

    first = ask(ends)
    several = [Thread(target=count) for _thread in range(5)]
    for thread in several:
        thread.start()
    for thread in several:
        thread.join(30)

    assert in_database.get("tries") == 100
    assert ask(ends) == first
    with pytest.raises(ValueError, match="not found"):
        in_database.incr("nothing")


def test_the_database_forgets_what_has_ended(counts):
    in_database.add("long", 1, timeout=60)
    in_database.add("short", 1, timeout=-5)
    in_database.forget()

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM portal_cache")
        assert [key for (key,) in cursor.fetchall()] == ["portal:1:long"]


def test_every_change_of_a_page_stands_while_away(away, amira, within):
    child = make.pupil(in_class=make.school_class("2A", at=make.school("Moen skole")))

    actions.propose_relation(amira, by=the_portal(), pupil=child)

    assert Event.objects.unpublished().filter(verb="people.relation_proposed").exists()
