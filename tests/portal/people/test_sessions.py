"""A session is worth something exactly as long as it is open, and whose it is may still come in."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from portal.ledger.models import Event
from portal.people import actions
from portal.people.models import the_portal
from portal.people.sessions import SessionStore
from tests import make
from tests.ground import once


@once
def amira(db):
    _nora, guardian = make.family(make.school_class(at=make.school()))
    return guardian


@pytest.fixture
def browser(amira):
    browser = Client()
    browser.force_login(amira)
    assert is_in(browser)
    return browser


def is_in(browser):
    return browser.get("/privacy/seen/").status_code == 200


def test_an_ended_session_is_worth_nothing_at_once(browser):
    Session.objects.all().delete()

    assert not is_in(browser)


def test_a_session_that_has_run_out_is_worth_nothing(browser):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_in(browser)


def test_who_is_closed_out_is_out_at_once(browser, amira):
    type(amira).objects.filter(pk=amira.pk).update(is_active=False)

    assert not is_in(browser)


def test_who_is_gone_is_out(browser, amira):
    session = SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    session["_auth_user_id"] = str(2**70)
    session.save()

    assert not is_in(browser)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["no-such-session", "'; DROP TABLE people_person; --", "\ue0000", "x" * 5000])
def test_a_made_up_key_opens_nothing_and_is_not_taken_over(key):
    store = SessionStore(key)

    assert store.load() == {}
    assert store.session_key is None


def idle(browser, seconds, name="seen"):
    session = browser.session
    session[name] -= seconds
    session.save()


@pytest.mark.parametrize("kind", ["principal", "deputy", "office", "municipality_officer"])
def test_whoever_opens_others_rights_is_out_after_half_an_hour_of_nothing(client, db, kind):
    school = make.school()
    scope = school.municipality if kind == "municipality_officer" else school
    person = make.person()
    make.role(person, kind, scope, valid_to=timezone.localdate() + timedelta(days=9))
    client.force_login(person)
    idle(client, 29 * 60)
    assert is_in(client)
    idle(client, 29 * 60)
    assert is_in(client)

    idle(client, 31 * 60)

    assert not is_in(client)
    assert Event.objects.filter(verb="people.signed_out", by=person.pk).exists()


def test_the_operator_is_out_after_half_an_hour_of_nothing(client, amira):
    type(amira).objects.filter(pk=amira.pk).update(is_staff=True)
    client.force_login(amira)

    idle(client, 31 * 60)

    assert not is_in(client)


def test_a_family_stays_for_days_and_at_most_fourteen(browser):
    idle(browser, 13 * 86_400)
    assert is_in(browser)
    idle(browser, 13 * 86_400, "began")
    assert is_in(browser)

    idle(browser, 86_400, "began")

    assert not is_in(browser)


def test_a_session_from_before_there_were_ends_begins_now(browser):
    session = browser.session
    del session["began"], session["seen"]
    session.save()

    assert is_in(browser)
    assert browser.session["began"] == browser.session["seen"]


def test_a_role_that_somebody_ends_ends_the_sessions_of_whoever_held_it(client, db):
    school = make.school()
    principal = make.holder("principal", school)
    role = make.role(principal, "board_member", school)
    client.force_login(principal)

    actions.end_role(role, by=make.holder("municipality_officer", school.municipality))

    assert not is_in(client)


def test_a_role_turned_down_before_it_counted_ends_nothing(browser, amira):
    in_class = amira.pupil_relations.get().pupil.enrolments.get().school_class

    actions.end_role(make.propose_role(amira, "subject_teacher", in_class), by=the_portal())

    assert is_in(browser)


def test_a_restriction_ends_the_sessions_of_the_restricted(browser, amira):
    make.restricted(amira, amira.pupil_relations.get().pupil)

    assert not is_in(browser)


def test_a_request_asks_for_session_and_person_once_each(browser, django_assert_num_queries):
    is_in(browser)
    with django_assert_num_queries(2):
        browser.get("/account/login/")


@pytest.mark.parametrize(("url", "prefix"), [("https://bro.example", "__Host-"), ("http://127.0.0.1:8000", "")])
def test_cookies_belong_to_the_host_alone_where_there_is_tls(url, prefix):
    told = "import portal.settings as s; names = ('SESSION', 'CSRF', 'LANGUAGE', 'WHOSE');"
    told += "print(*[getattr(s, n + '_COOKIE_NAME', '-') for n in names]);"
    told += "print(*[getattr(s, n + '_COOKIE_DOMAIN', '-') for n in names])"
    run = subprocess.run(
        [sys.executable, "-c", told], env={**os.environ, "SITE_URL": url}, capture_output=True, text=True, check=True
    )
    names, domains = run.stdout.splitlines()

    assert [name.startswith("__Host-") for name in names.split()] == [bool(prefix)] * 4
    assert domains.split() == ["-"] * 4


def test_whoever_came_in_through_the_demos_door_sees_the_own_session_and_ends_the_others(amira, settings):
    settings.DEMO = True
    here, there = Client(), Client()
    for browser in (here, there, there):  # stepping in anew leaves no second line behind
        browser.post("/demo/", {"person": amira.pk})

    assert here.get("/account/sessions/").content.decode().count("127.0.0.1") == 2
    here.post("/account/sessions/")

    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200
    assert here.get("/account/sessions/").content.decode().count("127.0.0.1") == 1
