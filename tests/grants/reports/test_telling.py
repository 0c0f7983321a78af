"""The form in which a class tells: what is not known stays empty, and nobody used more than they got."""

from functools import partial

import pytest

from grants.queries.payments import money_in
from grants.reports.queries import report_values
from tests.grants.reports.telling import TOLD, tell
from tests.pages import address, as_, text

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


def typed(held, **said):
    whole = {name: value for name, value in TOLD.items() if name != "spent"}
    return {**whole, "held_on": held.gathering.starts_at.date().isoformat(), "spent": "1000", **said}


def test_where_nobody_answered_the_class_is_not_told_that_nobody_came(town, held):
    assert not {"families", "adults", "children", "siblings"} & set(report_values(held, money_in(held)))


def test_more_than_was_given_was_not_used_of_it(town, held):
    shown = as_(town.zofia).post(page("report_write", held.pk), typed(held, spent="1000,50"))

    assert list(shown.context["form"].errors) == ["spent"]
    assert "1000" in str(shown.context["form"].errors)


def test_a_number_that_is_too_high_is_said_no_to_in_plain_words(town, held):
    shown = as_(town.zofia).post(page("report_write", held.pk), typed(held, families="99999"))

    [(_field, [words])] = shown.context["form"].errors.items()
    assert words.endswith("500 at most.") or "500" in words
    assert "less than or equal" not in words


def test_who_is_to_pay_back_is_led_to_where(town, held):
    tell(held, town.zofia, spent=60_000)

    shown = as_(town.zofia).get(page("report_show", held.pk))

    assert page("money_show", held.pk) in shown.content.decode()
    assert "Close the case" not in text(shown)
