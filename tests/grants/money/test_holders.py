"""Whose account it is: known to the bank and to those who pay, asked for with the number and forgotten with it."""

from functools import partial

import pytest
from django.utils import timezone, translation

from grants import actions as core
from grants.archive.papers import _application_pdf
from grants.models import GrantApplication
from grants.models.applications import NotSubmittable
from grants.models.payouts import NotChangeable
from grants.money import actions
from grants.money.queries import payee_of, ready_rows
from grants.money.tables import as_comma
from tests.grants.cast import FULL, TYPED
from tests.pages import address, as_, text

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_the_form_begins_with_the_name_of_whoever_applies(town):
    shown = as_(town.zofia).get(page("application_start", town.gathering.pk))

    assert shown.context["form"]["account_holder"].value() == town.zofia.full_name


def test_no_account_is_sent_without_its_holder_and_none_is_asked_where_the_school_pays(town):
    zofia, at = as_(town.zofia), page("application_start", town.gathering.pk)

    refused = zofia.post(at, {**TYPED, "account_holder": " ", "check": "1"})
    assert "Write who has the account." in text(refused)
    zofia.post(at, {**TYPED, "payee_kind": "school", "account": "", "check": "1"})

    assert GrantApplication.objects.get().account_holder == ""


def test_what_was_begun_before_there_was_a_name_asks_for_it_when_it_is_sent(town):
    draft = core.draft_application(town.gathering, by=town.zofia, **{**FULL, "account_holder": ""})

    with pytest.raises(NotSubmittable, match="who has the account"):
        core.submit_application(draft, by=town.zofia)


def test_bank_and_accountant_read_the_holder_or_the_class_where_there_is_none(town, awarded, paying):
    assert payee_of(awarded) == FULL["account_holder"]
    assert FULL["account_holder"] in as_comma(ready_rows(town.officer))
    file = actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=timezone.localdate())
    assert FULL["account_holder"] in actions.take_payment_file(file, by=town.officer).decode()

    awarded.account_holder = ""
    assert payee_of(awarded) == "Class 1A, Lia skole"


def test_another_account_comes_with_its_holder_and_goes_there_after_a_yes(town, awarded):
    another = {"payee_kind": "class_account", "account": "1503 20 30030"}
    with pytest.raises(NotChangeable, match="who has the account"):
        actions.ask_payee_change(awarded, by=town.zofia, **another)
    change = actions.ask_payee_change(awarded, by=town.zofia, **another, account_holder="Amir Haddad")
    assert "Amir Haddad" in text(as_(town.principal).get(page("payee_answer", change.pk)))

    actions.answer_payee_change(change, by=town.principal, accepts=True)

    awarded.refresh_from_db()
    change.refresh_from_db()
    assert (awarded.account_holder, change.account_holder) == ("Amir Haddad", "")


def test_who_is_withdrawn_or_read_by_the_archive_has_no_holder(town, sent, monkeypatch):
    said = []
    monkeypatch.setattr("grants.archive.papers.paper_pdf", lambda *parts, **_said: said.append(parts) or b"")
    _application_pdf(sent)
    assert FULL["account_holder"] not in str(said)
    assert FULL["account_holder"] in text(as_(town.principal).get(page("application_open", sent.pk)))

    core.withdraw_application(sent, by=town.zofia)

    assert sent.account_holder == ""
