"""An amount is what it looks like, in every language, or it is refused in words: never another amount."""

import pytest
from django.utils import translation

from grants.forms import ApplicationForm
from grants.models import GrantApplication
from tests.grants.cast import TYPED
from tests.pages import address, as_, markup, text

THOUSAND = [
    "1000",
    "1 000",
    "1\u00a0000",
    "1\u202f000",
    "1\u2009000",
    "1.000",
    "1,000",
    "1.000,00",
    "1,000.00",
    "1000,00",
    "kr 1 000,-",
    "kr 1\u00a0000,-",
    "1000 kr",
    "1 000 kroner",
]
REFUSED = ["-1", "−1", "1e3", "１０００", "١٠٠٠", "1000,01", "1001", "0", "1.00.0", "1,000,00", "tusen", "1\u200b000"]
LANGUAGES = ("nb", "nn", "da", "en")

pytestmark = pytest.mark.django_db


def form_of(scheme, typed):
    return ApplicationForm({**TYPED, "amount_requested": typed}, {}, scheme=scheme, country="NO")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", THOUSAND)
def test_a_thousand_is_a_thousand(town, typed, language):
    with translation.override(language):
        form = form_of(town.scheme, typed)

        assert form.is_valid(), form.errors
        assert form.cleaned_data["amount_requested"] == 100_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_no_amount_or_too_much_is_refused_in_words(town, typed, language):
    with translation.override(language):
        form = form_of(town.scheme, typed)

        assert not form.is_valid()
        assert list(form.errors) == ["amount_requested"]


def test_a_part_of_a_krone_is_kept_to_the_ore(town):
    assert form_of(town.scheme, "999,99").is_valid()
    assert form_of(town.scheme, "0,5").is_valid()
    form = form_of(town.scheme, "999.9")
    assert form.is_valid()
    assert form.cleaned_data["amount_requested"] == 99_990


def test_what_was_typed_stands_in_the_field_when_it_is_refused(town):
    zofia, at = as_(town.zofia), address("grants", "application_start", town.gathering.pk)

    for typed, said in (("1e3", "Write the amount with digits"), ("1 000,01", "Write an amount from 1 krone to")):
        shown = zofia.post(at, {**TYPED, "amount_requested": typed, "check": "1"})
        assert said in text(shown)
        assert f'value="{typed}"' in markup(shown)
    assert not GrantApplication.objects.exists()
