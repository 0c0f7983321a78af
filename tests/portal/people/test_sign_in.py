"""Coming in: a code by e-mail, a second factor for those who can open other people's rights, an identity provider."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.people import actions
from tests import make
from tests.ground import once


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()


@once
def lia(db):
    return make.school()


@once
def amira(lia):
    _nora, guardian = make.family(make.school_class(at=lia), email="amira@example.org")
    return guardian


@pytest.fixture
def visitor():
    return Client()


def code_in(message):
    return re.search(r"^(\d{6})$", message.body, re.MULTILINE)[1]


def sign_in(browser, email, mailoutbox):
    browser.post("/account/login/", {"login": email})
    return browser.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[-1])})


def totp_code(secret):
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


def test_a_guardian_comes_in_with_a_code(visitor, amira, mailoutbox):
    answer = sign_in(visitor, "Amira@example.org", mailoutbox)

    assert answer.url == "/"
    assert visitor.get("/").status_code == 200
    assert UserSession.objects.filter(user=amira).count() == 1


def test_whoever_wrote_the_wrong_address_can_write_another(visitor, amira, mailoutbox):
    visitor.post("/account/login/", {"login": "amria@example.org"})
    page = visitor.get("/account/login/code/confirm/", headers={"accept-language": "en"}).content.decode()

    answer = visitor.post("/account/logout/", {"next": "/account/login/"})

    assert "Write another address" in page
    assert (answer.status_code, answer.url) == (302, "/account/login/")
    assert visitor.get(answer.url).status_code == 200
    assert sign_in(visitor, amira.email, mailoutbox).url == "/"


def test_a_wrong_code_does_not_open(visitor, amira, mailoutbox):
    visitor.post("/account/login/", {"login": amira.email})

    visitor.post("/account/login/code/confirm/", {"code": "1"})

    assert visitor.get("/").status_code == 302


def test_an_unknown_address_gets_the_same_answer(visitor, amira, mailoutbox):
    known = visitor.post("/account/login/", {"login": amira.email})
    page = visitor.get(known.url).content
    stranger = Client()
    unknown = stranger.post("/account/login/", {"login": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert re.sub(rb"csrf\S+ value=\S+|amira@|nobody@", b"", page) == re.sub(
        rb"csrf\S+ value=\S+|amira@|nobody@", b"", stranger.get(unknown.url).content
    )
    assert "code" not in mailoutbox[-1].subject.lower()


def test_a_contact_address_alone_does_not_open(visitor, lia, mailoutbox):
    make.person(email="contact@example.org")

    visitor.post("/account/login/", {"login": "contact@example.org"})

    assert not re.search(r"\d{6}", mailoutbox[-1].body)


def test_two_with_one_address_give_one_account(lia):
    in_class = make.school_class(at=lia)
    _one, first = make.family(in_class, email="same@example.org")
    _two, second = make.family(in_class, email="same@example.org")

    assert EmailAddress.objects.get(email="same@example.org").user == first
    assert not EmailAddress.objects.filter(user=second).exists()


def test_nobody_signs_themselves_up(visitor, lia):
    page = visitor.post("/account/signup/", {"email": "new@example.org"})

    assert page.status_code == 404
    assert not EmailAddress.objects.exists()


def test_codes_are_rationed(amira, mailoutbox):
    for _attempt in range(6):
        Client().post("/account/login/", {"login": amira.email})

    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    ("language", "word"), [("nb", "Koden din"), ("nn", "Koden din"), ("da", "Din kode"), ("en", "Your code")]
)
def test_the_mail_speaks_the_language_of_whoever_it_is_for(visitor, amira, mailoutbox, language, word):
    type(amira).objects.filter(pk=amira.pk).update(language=language)
    visitor.cookies["django_language"] = "en" if language != "en" else "da"

    visitor.post("/account/login/", {"login": amira.email.upper()})

    assert mailoutbox[-1].subject.startswith(word)


def test_a_mail_to_nobody_speaks_the_language_of_the_page(visitor, amira, mailoutbox):
    visitor.cookies["django_language"] = "en"

    visitor.post("/account/login/", {"login": "nobody@example.org"})

    assert mailoutbox[-1].subject == "The school does not have this address"


def test_the_language_menu_is_remembered_for_messages(client, amira):
    client.force_login(amira)

    client.post("/language/setlang/", {"language": "da", "next": "/me/"})
    client.post("/language/setlang/", {"language": "xx", "next": "https://evil.example/"})

    amira.refresh_from_db()
    assert amira.language == "da"


def test_a_visitor_chooses_a_language_for_the_device_alone(visitor, amira):
    answer = visitor.post("/language/setlang/", {"language": "da", "next": "/account/login/"})

    assert answer.url == "/account/login/"
    assert visitor.cookies["django_language"].value == "da"


@pytest.mark.parametrize("kind", ["principal", "office"])
def test_a_role_that_opens_much_must_set_up_a_second_factor(visitor, lia, kind, mailoutbox):
    person = make.holder(kind, lia)
    sign_in(visitor, person.email, mailoutbox)

    assert visitor.get("/office/").url == "/account/2fa/"
    assert visitor.get("/account/2fa/").status_code == 200
    page = visitor.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    assert 'class="sb-qr"' in page.content.decode()  # black on white, in the dark too


def test_a_guardian_needs_no_second_factor(visitor, amira, mailoutbox):
    sign_in(visitor, amira.email, mailoutbox)

    assert visitor.get("/me/").status_code == 200


def test_a_principal_comes_in_with_a_second_factor(visitor, lia, mailoutbox):
    principal = make.holder("principal", lia)
    secret = generate_totp_secret()
    TOTP.activate(principal, secret)
    assert secret not in str(Authenticator.objects.get(user=principal).data)

    assert sign_in(visitor, principal.email, mailoutbox).url.startswith("/account/2fa/authenticate/")
    assert visitor.get("/office/").url.startswith("/account/login/")
    visitor.post("/account/2fa/authenticate/", {"code": totp_code(secret)})

    assert visitor.get("/office/").status_code == 200


def test_a_session_without_the_second_factor_is_asked_for_it(visitor, lia):
    principal = make.holder("principal", lia)
    TOTP.activate(principal, generate_totp_secret())
    visitor.force_login(principal)

    assert visitor.get("/office/").url.startswith("/account/2fa/reauthenticate/?next=%2Foffice%2F")


def test_the_demos_way_in_is_no_second_factor_elsewhere(client, lia, settings):
    settings.DEMO = True
    principal = make.holder("principal", lia)
    client.post("/demo/", {"person": principal.pk})
    assert client.get("/office/").status_code == 200

    settings.DEMO = False

    assert client.get("/office/").status_code == 302


def test_sessions_are_listed_and_ended(amira, mailoutbox):
    here, there = Client(), Client()
    sign_in(here, amira.email, mailoutbox)
    sign_in(there, amira.email, mailoutbox)

    assert here.get("/account/sessions/").content.decode().count("127.0.0.1") == 2
    here.post("/account/sessions/")

    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_who_logs_out_leaves_no_page_behind_in_the_browser(client, amira):
    client.force_login(amira)

    assert "Clear-Site-Data" not in client.get(reverse("account_logout"))  # asked whether to
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("people:profile")).status_code == 302


def test_signing_in_follows_a_corrected_address(visitor, lia, amira, mailoutbox):
    actions.correct_contact(amira, by=make.holder("office", lia), email="right@example.org", phone="")

    sign_in(visitor, "right@example.org", mailoutbox)

    assert visitor.get("/me/").status_code == 200
    assert not EmailAddress.objects.filter(email="amira@example.org").exists()


@pytest.mark.parametrize(
    "path", ["login/", "login/code/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "email/", "logout/", "3rdparty/"]
)
def test_the_librarys_pages_wear_our_dress(client, amira, path):
    if path not in ("login/", "login/code/"):
        client.force_login(amira)
    page = client.get(f"/account/{path}", follow=True).content.decode()

    assert page.count("<h1") == 1
    assert "skolebro.css" in page
    assert "style=" not in page


def test_a_passkey_that_nests_without_end_is_refused_and_breaks_nothing(client, db):
    client.raise_request_exception = False

    answer = client.post(reverse("mfa_login_webauthn"), {"credential": "[" * 100_000})

    assert answer.status_code == 400
