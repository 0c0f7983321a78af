"""A session is worth something exactly as long as it is open, and whose it is may still come in."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from portal.people.sessions import SessionStore
from tests import make


@pytest.fixture
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
