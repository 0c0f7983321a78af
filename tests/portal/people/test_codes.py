"""Wrong codes are counted for each account and day in the database; what is not a code goes on working."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.ledger.models import Event
from portal.messaging.links import link_for
from portal.people import actions
from portal.people.models import CodeGuesses, the_portal
from tests import make
from tests.ground import once
from tests.portal.people.test_sign_in import code_in, sign_in, totp_code


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()


@once
def lia(db):
    return make.school()


@once
def amira(lia):
    return make.family(make.school_class(at=lia), email="amira@example.org")[1]


def spend(person, *, left=0):
    for _time in range(CodeGuesses.MOST - left):
        actions.refuse_code(person, by=the_portal(), way="code")


def guess(person):
    visitor = Client()
    cache.clear()
    visitor.post("/account/login/", {"login": person.email})
    return visitor.post("/account/login/code/confirm/", {"code": "1"})


def test_a_wrong_code_is_counted_and_written_down(amira, mailoutbox):
    guess(amira)

    event = Event.objects.get(verb="people.code_refused")
    assert (event.subject_id, event.details) == (str(amira.pk), {"way": "code", "wrong": 1})


def test_the_last_wrong_code_of_a_day_stops_codes_and_the_person_is_told_once(amira, mailoutbox):
    spend(amira, left=1)
    waiting = Client()
    waiting.post("/account/login/", {"login": amira.email})
    code = code_in(mailoutbox[-1])

    guess(amira)

    assert "i morgen" in mailoutbox[-1].subject
    told = len(mailoutbox)
    waiting.post("/account/login/code/confirm/", {"code": code})
    assert waiting.get("/me/").status_code == 302
    cache.clear()
    assert Client().post("/account/login/", {"login": amira.email}).status_code == 302
    assert len(mailoutbox) == told


def test_tomorrow_codes_work_again(amira, mailoutbox):
    spend(amira)
    CodeGuesses.objects.update(day="2026-01-01")
    visitor = Client()

    sign_in(visitor, amira.email, mailoutbox)

    assert visitor.get("/me/").status_code == 200


def test_one_accounts_wrong_codes_stop_nobody_elses(amira, lia, mailoutbox):
    spend(amira)
    ben = make.family(make.school_class("2A", at=lia), email="ben@example.org")[1]
    visitor = Client()

    sign_in(visitor, ben.email, mailoutbox)

    assert visitor.get("/me/").status_code == 200


def test_links_work_when_codes_have_stopped(amira):
    spend(amira)
    link = link_for(amira, amira, purpose="messaging.preferences")

    assert Client().get(link.url().partition("testserver")[2]).status_code == 200


def test_the_codes_of_a_second_factor_are_counted_too(lia, mailoutbox):
    principal = make.holder("principal", lia)
    secret = generate_totp_secret()
    TOTP.activate(principal, secret)
    visitor = Client()
    sign_in(visitor, principal.email, mailoutbox)
    visitor.post("/account/2fa/authenticate/", {"code": "1"})
    assert CodeGuesses.objects.get(person=principal).wrong == 1
    spend(principal, left=1)

    visitor.post("/account/2fa/authenticate/", {"code": totp_code(secret)})

    assert visitor.get("/office/").status_code == 302


def test_a_whole_school_comes_in_from_one_address(lia, mailoutbox):
    in_class = make.school_class("3A", at=lia)
    families = [make.family(in_class, email=f"home{number}@example.org")[1] for number in range(40)]

    for person in families:
        visitor = Client()
        sign_in(visitor, person.email, mailoutbox)
        assert visitor.get("/me/").status_code == 200


def test_an_address_that_somebody_merely_asked_for_gets_no_code(amira, mailoutbox):
    EmailAddress.objects.create(user=amira, email="stranger@example.org", verified=False)

    for page, field in (("login", "login"), ("request_login_code", "email")):
        Client().post(reverse(f"account_{page}"), {field: "stranger@example.org"})

    assert [mail.subject for mail in mailoutbox if "kode" in mail.subject.lower()] == []


def test_coming_in_and_leaving_are_written_down_without_an_address(amira, mailoutbox):
    visitor = Client()
    sign_in(visitor, amira.email, mailoutbox)
    visitor.post("/account/logout/")

    events = Event.objects.filter(verb__in=["people.signed_in", "people.signed_out"])
    assert [(event.verb, event.by, event.details) for event in events] == [
        ("people.signed_in", amira.pk, {"ways": ["code"]}),
        ("people.signed_out", amira.pk, {}),
    ]
