"""What somebody wrote outlives a session that had run out, for that person alone, and is never saved by itself."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.people.models import Person, School
from portal.people.tasks import forget_ways_in
from portal.people.typed import STORED
from principles.incoming import actions as incoming
from principles.tasks import read_sent_text
from tests import make
from tests.ground import once
from tests.portal.people.test_sign_in import sign_in


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()


@once
def lia(db):
    return make.school()


@once
def amira(lia):
    return make.family(make.school_class(at=lia), email="amira@example.org")[1]


@pytest.fixture
def browser(amira):
    browser = Client()
    browser.force_login(amira)
    assert browser.get("/me/").status_code == 200
    return browser


PROFILE = {"language": "nb", "scheme": "auto", "email": "", "phone": "+47 400 00 001", "interpreter_language": ""}


def run_out(browser):
    Session.objects.all().delete()


def test_what_waits_stands_in_no_session_in_the_clear(browser):
    run_out(browser)
    browser.post("/me/", PROFILE)
    (kept,) = [session.get_decoded() for session in Session.objects.all()]

    assert STORED in kept
    assert "400 00 001" not in repr(kept)


def test_forget_ways_in_deletes_sessions_that_have_run_out_twice(browser):
    browser.get("/me/")
    gone = Client()
    gone.force_login(Person.objects.get(pk=browser.session["_auth_user_id"]))
    gone.get("/me/")
    Session.objects.filter(pk=gone.session.session_key).update(expire_date=timezone.now() - timedelta(minutes=1))

    forget_ways_in()
    forget_ways_in()

    left = {browser.session.session_key}
    assert set(Session.objects.values_list("pk", flat=True)) == left
    assert set(UserSession.objects.values_list("session_key", flat=True)) <= left
    assert browser.get("/me/").status_code == 200


def come_back(browser, person, mailoutbox, to):
    sign_in(browser, person.email, mailoutbox)
    return browser.get(to)


def test_what_was_typed_stands_in_the_form_again_and_is_not_saved(browser, amira, mailoutbox):
    run_out(browser)
    assert browser.post("/me/", PROFILE).url == "/account/login/?next=/me/"

    page = come_back(browser, amira, mailoutbox, "/me/").content.decode()

    assert 'value="+47 400 00 001"' in page
    amira.refresh_from_db()
    assert amira.phone == ""
    browser.post("/me/", PROFILE)
    amira.refresh_from_db()
    assert amira.phone == "+47 400 00 001"
    assert browser.get("/me/").status_code == 200


def test_it_is_laid_before_the_person_once(browser, amira, mailoutbox):
    run_out(browser)
    browser.post("/me/", PROFILE)
    come_back(browser, amira, mailoutbox, "/me/")

    assert "400 00 001" not in browser.get("/me/").content.decode()


def test_another_person_at_the_same_browser_never_sees_it(browser, amira, lia, mailoutbox):
    ben = make.family(make.school_class("2A", at=lia), email="ben@example.org")[1]
    run_out(browser)
    browser.post("/me/", PROFILE)

    page = come_back(browser, ben, mailoutbox, "/me/").content.decode()

    assert "400 00 001" not in page
    assert STORED not in browser.session


def test_whoever_has_logged_out_leaves_nothing_behind(browser, amira):
    browser.post("/account/logout/")

    browser.post("/me/", PROFILE)

    assert STORED not in browser.session


def test_a_browser_that_nobody_was_known_in_keeps_nothing(amira):
    visitor = Client()
    visitor.cookies["whose"] = str(amira.pk)  # not signed by us

    visitor.post("/me/", PROFILE)

    assert STORED not in visitor.session


def test_it_is_gone_after_an_hour(browser, amira, mailoutbox):
    run_out(browser)
    browser.post("/me/", PROFILE)
    session = browser.session
    session[STORED] = {**session[STORED], "until": time.time() - 1}
    session.save()

    assert "400 00 001" not in come_back(browser, amira, mailoutbox, "/me/").content.decode()


def test_the_session_after_it_lasts_as_long_as_any(browser, amira, mailoutbox):
    run_out(browser)
    browser.post("/me/", PROFILE)
    come_back(browser, amira, mailoutbox, "/me/")

    assert browser.session.get_expiry_age() > 13 * 86_400


def test_a_button_alone_is_not_pressed_again(browser, amira, mailoutbox):
    run_out(browser)
    browser.post("/messages/calendar/", {"x": "1"})
    browser.post("/hat/", {"hat": "parent"})

    assert come_back(browser, amira, mailoutbox, "/hat/").status_code == 302


def test_codes_and_the_librarys_pages_are_not_kept(browser):
    for path in ("/me/prove/", "/account/email/", "/account/2fa/totp/activate/"):
        run_out(browser)
        browser.post(path, {"code": "123456", "email": "x@example.org"})

        assert STORED not in browser.session


def test_a_leader_who_was_idle_finds_a_new_colleague_as_typed_and_nobody_is_welcomed(lia, mailoutbox, client):
    principal = make.holder("principal", lia, email="pia@example.org")
    client.force_login(principal)
    client.get("/me/")
    session = client.session
    session["seen"] -= 1860
    session.save()
    written = {"given_name": "Nils", "family_name": "Ny", "email": "n@example.org", "post": f"office-{lia.pk}"}
    before = Person.objects.count()

    client.post("/office/people/new/", written)
    client.force_login(principal)
    page = client.get("/office/people/new/").content.decode()

    assert 'value="Nils"' in page
    assert "n@example.org" in page
    assert Person.objects.count() == before


def test_a_file_is_not_kept_and_the_person_is_told(lia, client):
    clerk = make.holder("office", lia)
    client.force_login(clerk)
    client.get("/me/")
    Session.objects.all().delete()

    client.post("/office/rosters/new/", {"school": "1", "file": SimpleUploadedFile("roster.csv", b"a;b")})
    client.force_login(clerk)
    page = client.get("/office/rosters/new/").content.decode()

    assert "sb-" in page
    assert School.objects.count() == 1


def test_a_text_that_is_being_corrected_is_there_again_and_not_saved(lia, client):
    principal = make.holder("principal", lia)
    sent = incoming.send_text(lia, by=principal, file_name="plan.txt", content=b"Plan\n\nPurpose:\n\n- We talk.\n")
    read_sent_text(sent.pk)
    client.force_login(principal)
    client.get("/me/")
    Session.objects.all().delete()
    keep = {"binding_kind": "board_principle", "owner_role": "principal", "language": "nb"}
    page_of = reverse("principles:text_read", args=[lia.number, sent.pk])

    client.post(page_of, {**keep, "save": "1", "text": "Plan\n\nPurpose:\n\n- We meet.\n"})
    client.force_login(principal)
    page = client.get(page_of).content.decode()

    assert "We meet." in page
    assert lia.principles.count() == 0
