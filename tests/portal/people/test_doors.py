"""The trees that are not ours: each name has a rule, dead doors are not there, and no way in changes without a proof."""

import re
import time
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from portal import access, doors
from portal.ledger.models import Event
from portal.people import second_factor
from portal.people.models import CodeGuesses
from portal.people.proving import SESSION_KEY
from portal.people.sign_in import SocialAccountAdapter
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


@once
def principal(lia):
    return make.holder("principal", lia, email="pia@example.org")


@pytest.fixture
def visitor():
    return Client()


DEAD = [
    "account/signup/",
    "account/inactive/",
    "account/reauthenticate/",
    "account/confirm-email/",
    "account/password/change/",
    "account/password/set/",
    "account/password/reset/",
    "account/password/reset/done/",
    "account/password/reset/key/done/",
    "account/password/reset/key/1-abc/",
    "account/3rdparty/",
    "account/3rdparty/signup/",
    "account/3rdparty/login/cancelled/",
    "account/3rdparty/login/error/",
    "account/social/signup/",
    "account/social/connections/",
    "account/oidc/town/login/",
    "account/oidc/town/login/callback/",
    "admin/login/",
    "admin/password_change/",
    "admin/autocomplete/",
    "admin/r/1/1/",
    "admin/people/person/add/",
    "admin/people/person/1/delete/",
    "admin/account/emailaddress/",
    "admin/sites/",
]


@pytest.mark.parametrize("dead", DEAD)
def test_a_dead_door_is_not_there_for_anybody(visitor, client, principal, dead):
    type(principal).objects.filter(pk=principal.pk).update(is_staff=True)
    client.force_login(principal)

    found = {who.get(f"/{dead}").status_code for who in (visitor, client)}
    found |= {who.post(f"/{dead}").status_code for who in (visitor, client)}

    assert found == {404}


def test_a_page_that_a_newer_library_brings_is_found_by_the_check_and_served_to_nobody(rf, amira):
    def view(request):
        return HttpResponse()

    kept, _app, _namespace = access.foreign(
        [path("new/", view, name="new"), path("old/", view, name="old"), path("", view)], open_to={"old": access.anyone}
    )

    assert [pattern.name for pattern in kept] == ["new", "old"]
    assert access.undeclared(type("Resolver", (), {"url_patterns": kept})) == ["new/"]
    request = rf.get("/new/")
    request.user = amira
    with pytest.raises(access.PermissionDenied):
        access.DenyUndeclared(None).process_view(request, kept[0].callback, (), {})


def test_every_name_that_changes_a_way_in_is_a_page():
    assert doors.ACCOUNT.keys() | {"people:prove"} >= second_factor.CHANGES | second_factor.PROVING


PATHS = {
    "account_email": "email/",
    "mfa_activate_totp": "2fa/totp/activate/",
    "mfa_deactivate_totp": "2fa/totp/deactivate/",
    "mfa_view_recovery_codes": "2fa/recovery-codes/",
    "mfa_generate_recovery_codes": "2fa/recovery-codes/generate/",
    "mfa_download_recovery_codes": "2fa/recovery-codes/download/",
    "mfa_add_webauthn": "2fa/webauthn/add/",
    "mfa_remove_webauthn": "2fa/webauthn/keys/1/remove/",
    "mfa_edit_webauthn": "2fa/webauthn/keys/1/edit/",
}


def test_every_change_has_a_path_here():
    assert PATHS.keys() == second_factor.CHANGES


def with_one_factor(browser, person, *, at=None):
    browser.force_login(person)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "code", "at": at or time.time() - 3600}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


@pytest.mark.parametrize("name", sorted(second_factor.CHANGES))
@pytest.mark.parametrize("has_factor", [True, False])
def test_a_leaders_session_with_one_factor_changes_nothing(visitor, principal, name, has_factor):
    if has_factor:
        TOTP.activate(principal, generate_totp_secret())
    with_one_factor(visitor, principal, at=time.time() if has_factor else None)

    for send in (visitor.get, visitor.post):
        answer = send(f"/account/{PATHS[name]}", {"action_add": "", "email": "thief@example.org", "code": "1"})

        onward = "/account/2fa/reauthenticate/" if has_factor else ("/account/2fa/", "/me/prove/")
        assert answer.url.startswith(onward)
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()
    assert Authenticator.objects.filter(user=principal).count() == has_factor


@pytest.mark.parametrize("name", sorted(second_factor.CHANGES))
def test_nobody_changes_a_way_in_without_proving_anew_who_they_are(visitor, amira, name):
    with_one_factor(visitor, amira)

    for send in (visitor.get, visitor.post):
        assert send(f"/account/{PATHS[name]}", {"action_add": "", "email": "thief@example.org"}).url.startswith(
            "/me/prove/"
        )
    assert EmailAddress.objects.count() == 1


def test_coming_in_just_now_is_no_proof_for_a_new_address(visitor, amira, mailoutbox):
    sign_in(visitor, amira.email, mailoutbox)

    answer = visitor.post("/account/email/", {"action_add": "", "email": "new@example.org"})

    assert answer.url == "/me/prove/?next=%2Faccount%2Femail%2F"


def test_having_come_in_with_a_second_factor_is_no_proof_for_taking_it_away(client, principal):
    TOTP.activate(principal, generate_totp_secret())
    client.force_login(principal)

    assert client.post("/account/2fa/totp/deactivate/").url.startswith("/account/2fa/reauthenticate/")
    assert Authenticator.objects.filter(user=principal).exists()


def prove(browser, mailoutbox):
    browser.post("/me/prove/", {"next": "/account/email/"})
    return browser.post("/me/prove/?next=/account/email/", {"code": code_in(mailoutbox[-1])})


def test_a_guardian_proves_it_by_mail_and_moves_to_a_new_address(visitor, amira, mailoutbox):
    with_one_factor(visitor, amira)
    visitor.get("/me/prove/?next=/account/email/")
    assert mailoutbox == []  # it is asked for with a button

    assert prove(visitor, mailoutbox).url == "/account/email/"
    visitor.post("/account/email/", {"action_add": "", "email": "new@example.org"})
    link = re.search(r"https?://[^/]+(/\S+confirm-email\S+)", mailoutbox[-1].body)[1]
    assert mailoutbox[-1].to == ["new@example.org"]
    Client().post(link)

    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["new@example.org"]
    assert mailoutbox[-1].to == ["amira@example.org"]
    assert Event.objects.filter(verb="people.address_changed", by=amira.pk).count() == 1


def test_a_proof_is_worth_five_minutes(visitor, amira, mailoutbox):
    with_one_factor(visitor, amira)
    prove(visitor, mailoutbox)
    session = visitor.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()

    assert visitor.get("/account/email/").url.startswith("/me/prove/")


def test_a_wrong_proof_opens_nothing_counts_and_is_over_after_three(visitor, amira, mailoutbox):
    with_one_factor(visitor, amira)
    visitor.post("/me/prove/")

    for _time in range(3):
        visitor.post("/me/prove/", {"code": "1"})

    assert SESSION_KEY not in visitor.session
    assert CodeGuesses.objects.get(person=amira).wrong == 3
    assert visitor.get("/account/email/").status_code == 302


def test_a_proof_leads_to_no_other_site(visitor, amira, mailoutbox):
    with_one_factor(visitor, amira)
    visitor.post("/me/prove/")

    answer = visitor.post("/me/prove/", {"code": code_in(mailoutbox[-1]), "next": "https://evil.example/"})

    assert answer.url == "/me/"


@pytest.mark.django_db(transaction=True)
def test_a_principal_sets_up_a_first_factor_and_its_recovery_codes(visitor, principal, mailoutbox):
    sign_in(visitor, principal.email, mailoutbox)
    visitor.get("/account/2fa/totp/activate/")
    secret = visitor.session["mfa.totp.secret"]

    visitor.post("/account/2fa/totp/activate/", {"code": totp_code(secret)})

    assert visitor.get("/office/").url.startswith("/account/2fa/reauthenticate/")
    assert sorted(Event.objects.filter(verb="people.factor_added").values_list("details__kind", flat=True)) == [
        "recovery_codes",
        "totp",
    ]


def test_a_provider_is_joined_to_nobody(rf):
    login = SimpleNamespace(state={"process": "connect"}, is_existing=False)

    with pytest.raises(ImmediateHttpResponse) as stopped:
        SocialAccountAdapter().pre_social_login(rf.get("/"), login)

    assert stopped.value.response.url == "/me/"
