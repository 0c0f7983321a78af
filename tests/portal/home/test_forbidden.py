"""A page that is for others says for whom; what somebody may not know of is not there, whether it is or not."""

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation

from portal.access import OPEN, signed_in
from portal.home.errors import forbidden
from tests import make
from tests.pages import text

HERE_AS = {
    "nb": "Foresatt; Klassekontakt",
    "nn": "Føresett; Klassekontakt",
    "da": "Forælder; Kontaktforælder",
    "en": "Guardian; Class contact",
}
SAID = {
    "nb": "Den er for skolens administrasjon, rektor og stedfortrederen. Du er her som: {}, 1A.",
    "nn": "Ho er for skulekontoret, rektor og stadfortredaren. Du er her som: {}, 1A.",
    "da": "Den er for skolens kontor, skolelederen og den fungerende skoleleder. Du er her som: {}, 1A.",
    "en": "It is for the office, the principal and the deputy. You are here as: {}, 1A.",
}


@pytest.mark.parametrize("language", SAID)
def test_a_page_for_others_says_for_whom_and_as_whom_one_is_here(client, db, language):
    contact = make.holder("class_contact", make.school_class("1A", at=make.school()), language=language)
    client.force_login(contact)
    client.cookies["django_language"] = language

    answer = client.get(reverse("people:office_home"))

    assert answer.status_code == 403
    assert SAID[language].format(HERE_AS[language]) in text(answer)


def test_what_one_sees_and_may_not_do_is_no_missing_page(rf):
    with translation.override("en"):
        said = text(forbidden(rf.get("/")))

    assert "This page is for others" in said
    assert "Nothing was changed." in said


def rules(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from rules(pattern)
        else:
            yield getattr(pattern.callback, "open_to", None)


def test_every_rule_that_keeps_somebody_out_says_whom_it_lets_in():
    silent = {rule.__name__ for rule in rules() if not getattr(rule, "who", "")}

    assert silent <= {rule.__name__ for rule in (*OPEN, signed_in)}
