"""The pages of the second factor say in plain words of the reader's language what a code app and recovery codes are."""

import re
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth import mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from tests import make
from tests.ground import once
from tests.pages import as_, text

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
JARGON = re.compile(
    r"authenticat|two-factor|TOTP|MFA|2FA|WebAuthn|passwordless|generate|activate|security key|autentis|autentif"
    r"|to-faktor|tofaktor|aktiver|generer|sikkerhetsnøk|sikkerhedsnøg",
    re.IGNORECASE,
)
PAGES = ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"]
WITH_A_FACTOR = [
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
]
APP = {
    "en": "An app on your phone that shows a new code of six digits every half minute",
    "nb": "En app på telefonen som viser en ny kode med seks siffer hvert halve minutt",
    "nn": "Ein app på telefonen som viser ein ny kode med seks siffer kvart halve minutt",
    "da": "En app på telefonen, der viser en ny kode med seks cifre hvert halve minut",
}
KEPT = {
    "en": "keep them where you keep your passport",
    "nb": "legg dem der du har passet ditt",
    "nn": "legg dei der du har passet ditt",
    "da": "læg dem dér, hvor du har dit pas",
}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@once
def kim():
    return make.guardian("Kim", of=make.pupil(in_class=make.school_class(at=make.school())), email="kim@example.org")


@pytest.fixture
def browser(kim):
    browser = as_(kim)
    session = browser.session
    record = {"method": "mfa", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session.save()
    return browser


def read(browser, name, language):
    answer = browser.get(reverse(name), headers={"accept-language": language})
    assert answer.status_code == 200, (name, answer)
    return text(SimpleNamespace(content=SCRIPT.sub("", answer.content.decode()).encode()))


def with_a_factor(kim):
    TOTP.activate(kim, generate_totp_secret())
    RecoveryCodes.activate(kim)


@pytest.mark.parametrize("language", APP)
@pytest.mark.parametrize("has_factor", [False, True])
def test_no_page_speaks_in_jargon_or_in_another_language(kim, browser, language, has_factor):
    kim.language = language
    kim.save(update_fields=["language"])
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if has_factor:
        with_a_factor(kim)
    for name in WITH_A_FACTOR if has_factor else PAGES:
        said = read(browser, name, language)
        assert not JARGON.findall(said), name
    index = read(browser, "mfa_index", language)
    assert APP[language] in index
    assert KEPT[language] in index


def test_the_codes_that_are_left_are_shown(kim, browser):
    with_a_factor(kim)
    codes = Authenticator.objects.get(user=kim, type="recovery_codes").wrap().get_unused_codes()

    said = read(browser, "mfa_view_recovery_codes", "nb")

    assert all(code in said for code in codes)


@pytest.mark.parametrize("language", APP)
def test_whoever_comes_in_with_a_code_app_is_asked_in_plain_words(kim, client, mailoutbox, language):
    with_a_factor(kim)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.post(reverse("account_login"), {"login": kim.email})
    code = re.search(r"\b\d{6}\b", mailoutbox[-1].body)[0]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    said = read(client, "mfa_authenticate", language)

    assert not JARGON.findall(said)


def test_every_page_text_and_mail_of_the_library_that_a_person_meets_is_ours():
    theirs = Path(mfa.__file__).parents[1] / "templates" / "mfa"
    frames = {"base.html", "base_entrance.html", "base_manage.html"}
    not_met = {"trust.html", "signup_form.html", "download.txt"}
    ours = {path.relative_to("templates/mfa") for path in Path("templates/mfa").rglob("*.*")}
    met = {path.relative_to(theirs) for path in theirs.rglob("*.*") if "snippets" not in path.parts}

    assert {path for path in met if path.name not in frames | not_met} <= ours


def test_a_mail_about_a_factor_is_in_the_persons_language(kim, browser, mailoutbox):
    with_a_factor(kim)
    kim.language = "nn"
    kim.save(update_fields=["language"])
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "nn"
    with translation.override("nn"):
        browser.post(reverse("mfa_deactivate_totp"))

    assert "Kodane" in mailoutbox[-1].body
    assert "You" not in mailoutbox[-1].subject + mailoutbox[-1].body
