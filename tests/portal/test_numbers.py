"""What people type as a number is that number, or refused: never another one."""

import itertools

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from portal.numbers import MoneyField, WholeNumberField, ore, whole_number

THOUSAND = ["1000", "1 000", "1\u00a0000", "1\u202f000", "1\u2009000", "1.000", "1,000", " 1000 "]
REFUSED = [
    *("-1", "−1", "+5", "1e3", "1_000", "１０００", "٥٠٠", "1.", "750.", ".5", ",50", "2.0000", "1.0000", "12.3456"),
    *("1.00.000", "1.000,000", "1,000.000", "1 000.000", "1000.000", "0.500", "0,125", "1  000", "1 00", "10 00 0"),
    *("1.000.00", "1,000,00", "1'000", "0x10", "½", "1/2", "ti", "10 000 kr 50", "--5", "1000;-", "inf", "nan", "²"),
    *("1\n000", "1\t000", "1234567890", "9" * 400, "1.000.00,0", "€ 100", "kr", "kr kr 5", ",-", "5 øre", "1\u200b000"),
]
AMOUNTS = {
    **dict.fromkeys(THOUSAND, 100_000),
    **dict.fromkeys(["1.000,00", "1 000,00", "1,000.00", "1000,00", "1000.00", "1 000.00"], 100_000),
    **dict.fromkeys(["kr 1 000,-", "kr. 1.000,-", "kr1000", "1000 kr", "1000 kr.", "1000,-", "1000.-"], 100_000),
    **dict.fromkeys(["1 000 kroner", "NOK 1000", "1.000 DKK", "KR 1000", "1\u00a0000,– kr", "kr 1.000,00"], 100_000),
    "100.000": 10_000_000,
    "25.000": 2_500_000,
    "1.000.000": 100_000_000,
    "1 000 000": 100_000_000,
    "0": 0,
    "10.00": 1000,
    "10,5": 1050,
    "99,50": 9950,
    "99.95": 9995,
    "1,05": 105,
    "1.234,56": 123_456,
    "007": 700,
    "1 krone": 100,
}


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
@pytest.mark.parametrize("typed", AMOUNTS)
def test_an_amount_is_what_it_looks_like_in_every_language(typed, language):
    with translation.override(language):
        assert MoneyField().clean(typed) == ore(typed) == AMOUNTS[typed]


@pytest.mark.parametrize("typed", THOUSAND)
def test_a_whole_number_may_be_grouped(typed):
    assert WholeNumberField().clean(typed) == whole_number(typed) == 1000


@pytest.mark.parametrize("typed", [*REFUSED, "10.00", "10,5", "1.000,00", "1000,-", "kr 1000", "1000 kr"])
def test_a_whole_number_has_no_decimals_and_no_unit(typed):
    with translation.override("en"), pytest.raises(ValidationError, match="whole number"):
        WholeNumberField().clean(typed)


@pytest.mark.parametrize("typed", REFUSED)
def test_what_may_be_another_amount_is_refused(typed):
    with translation.override("en"), pytest.raises(ValidationError, match="amount"):
        MoneyField().clean(typed)


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
@pytest.mark.parametrize("amount", [0, 1, 50, 105, 9950, 100_000, 123_456, 99_999_999])
def test_what_the_page_shows_is_read_again_as_the_same(amount, language):
    with translation.override(language):
        assert ore(str(MoneyField().prepare_value(amount))) == amount


def test_no_short_text_is_read_as_two_numbers():
    """Every text of up to six of these signs is refused, or its digits alone say the same."""
    for length in range(1, 7):
        for signs in itertools.product("10., ", repeat=length):
            typed = "".join(signs)
            try:
                found = ore(typed)
            except ValueError:
                continue
            head, _mark, rest = typed.strip().replace(",", ".").rpartition(".")
            decimals = rest if head and len(rest) < 3 else ""
            whole = "".join(mark for mark in typed[: len(typed.rstrip()) - len(decimals)] if mark.isdigit())
            assert found == int(whole) * 100 + int(decimals.ljust(2, "0")), typed


def test_nothing_typed_is_nothing():
    assert MoneyField(required=False).clean(" ") is WholeNumberField(required=False).clean("") is None
