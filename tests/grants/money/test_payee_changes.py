"""After the decision another account needs four eyes; and what was not held is paid back."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from grants.changes.actions import lapse_award
from grants.models import GrantApplication, PayeeChange, Repayment
from grants.models.applications import NotMovable
from grants.models.payouts import NotChangeable, NotPayable
from grants.money import actions
from grants.queries import budget_of, eligibility
from grants.queries.payments import money_in
from networks.models import Gathering
from portal.people.models import Role
from tests import make
from tests.grants.reports.telling import went
from tests.pages import address, as_, text

page = partial(address, "grants")
NEW = "1503 20 30030"
TODAY = timezone.localdate

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(town, awarded):
    return actions.ask_payee_change(
        awarded, by=town.zofia, payee_kind="class_account", account=NEW, account_holder="Per Nilsen"
    )


def test_nothing_is_paid_while_a_change_waits(town, awarded, change):
    with pytest.raises(NotPayable, match="another account"):
        actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())


def test_a_yes_moves_the_money_and_keeps_the_number_once(town, awarded, change):
    actions.answer_payee_change(change, by=town.principal, accepts=True)

    awarded.refresh_from_db()
    change.refresh_from_db()
    assert awarded.account == NEW
    assert change.account is None
    assert actions.mark_paid(awarded, by=town.officer, paid_on=TODAY()).amount == 100_000


def test_a_no_leaves_it_as_it_was(town, awarded, change):
    before = awarded.account
    actions.answer_payee_change(change, by=town.officer, accepts=False)

    awarded.refresh_from_db()
    assert awarded.account == before
    with pytest.raises(NotChangeable):
        actions.answer_payee_change(change, by=town.principal, accepts=True)


def test_whoever_asked_and_whoever_is_of_the_class_does_not_answer(town, awarded, change):
    make.role(town.amir, Role.Kind.DEPUTY, town.school, valid_to=TODAY() + timedelta(days=5))
    for person in (town.zofia, town.amir, town.parent):
        with pytest.raises(PermissionDenied):
            actions.answer_payee_change(change, by=person, accepts=True)


def test_the_database_wants_four_eyes(town, change):
    answered = {"answered_at": timezone.now(), "is_accepted": True, "account": None, "account_holder": ""}

    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        PayeeChange.objects.filter(pk=change.pk).update(answered_by=town.zofia, **answered)


def test_only_the_class_contact_asks_and_one_at_a_time(town, awarded, change):
    with pytest.raises(PermissionDenied):
        actions.ask_payee_change(
            awarded, by=town.principal, payee_kind="class_account", account=NEW, account_holder="Per Nilsen"
        )
    with pytest.raises(NotChangeable, match="Another change"):
        actions.ask_payee_change(
            awarded, by=town.amir, payee_kind="class_account", account=NEW, account_holder="Per Nilsen"
        )


def test_it_is_asked_and_answered_on_its_pages(town, awarded):
    zofia, principal = as_(town.zofia), as_(town.principal)
    wrong = zofia.post(page("payee_change", awarded.pk), {"payee_kind": "class_account", "account": "1503 20 30031"})
    assert "does not look right" in text(wrong)
    zofia.post(
        page("payee_change", awarded.pk),
        {"payee_kind": "class_account", "account": NEW, "account_holder": "Per Nilsen"},
    )
    change = PayeeChange.objects.get()

    shown = text(principal.get(page("payee_answer", change.pk)))
    assert "030" in shown
    assert NEW not in shown
    assert principal.post(page("payee_answer", change.pk), {"yes": "1"}).url == page("payment_list")
    again = principal.post(page("payee_answer", change.pk), {"no": "1"})
    assert "dealt with this meanwhile" in text(again)
    awarded.refresh_from_db()
    assert awarded.account == NEW


# Paid back


@pytest.fixture
def paid(town, awarded):
    """And its time is past."""
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    return went(awarded)


def test_what_was_not_held_is_asked_back_once_and_comes_back(town, paid):
    repayment = actions.ask_back(paid, by=town.principal)

    assert (repayment.amount, repayment.reason) == (100_000, "not_held")
    with pytest.raises(NotChangeable):
        actions.ask_back(paid, by=town.officer)
    with pytest.raises(NotChangeable, match="not to come"):
        actions.mark_returned(repayment, by=town.officer, returned_on=TODAY() + timedelta(days=1))
    actions.mark_returned(repayment, by=town.officer, returned_on=TODAY())
    assert money_in(paid).unreturned == 0
    with pytest.raises(NotChangeable):
        actions.mark_returned(repayment, by=town.officer, returned_on=TODAY())


def test_nothing_is_asked_back_that_is_not_paid_nor_by_the_class(town, awarded):
    with pytest.raises(NotChangeable, match="not over yet"):
        actions.ask_back(awarded, by=town.principal)
    went(awarded)
    with pytest.raises(NotChangeable, match="nothing is paid"):
        actions.ask_back(awarded, by=town.principal)
    with pytest.raises(PermissionDenied):
        actions.ask_back(awarded, by=town.zofia)


def test_the_class_reads_to_where_it_pays_back(town, paid, paying):
    principal = as_(town.principal)
    assert principal.post(page("repayment_ask", paid.pk)).status_code == 302
    repayment = Repayment.objects.get()

    shown = text(as_(town.zofia).get(page("money_show", paid.pk)))
    assert f"Pay it to account 8601 11 17947, and write {paid.case_number} on it." in shown
    assert principal.post(page("repayment_returned", repayment.pk), {"day": "x"}).status_code == 200
    principal.post(page("repayment_returned", repayment.pk), {"day": TODAY().isoformat()})
    assert money_in(paid).returned == 100_000


def test_what_was_asked_by_mistake_is_dropped(town, paid):
    repayment = actions.ask_back(paid, by=town.principal)
    as_(town.principal).post(page("repayment_drop", repayment.pk))

    assert money_in(paid).repayment is None


def test_nobody_says_that_a_gathering_was_not_held_before_its_time_unless_it_is_cancelled(town, awarded):
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    at, ask = page("money_show", awarded.pk), "The gathering was not held"
    with pytest.raises(NotChangeable, match="not over yet"):
        actions.ask_back(awarded, by=town.principal)
    assert ask not in text(as_(town.principal).get(at))

    cancel(awarded)
    assert ask in text(as_(town.principal).get(at))
    actions.ask_back(awarded, by=town.principal)


def cancel(application):
    now = timezone.now()
    Gathering.objects.filter(pk=application.gathering_id).update(state="cancelled", published_at=now, cancelled_at=now)
    application.refresh_from_db()


# Given back


def test_what_came_back_is_free_for_others_and_the_class_may_apply_again(town, paid):
    with pytest.raises(NotMovable, match="Ask for it back"):
        lapse_award(paid, by=town.zofia)
    repayment = actions.ask_back(paid, by=town.principal)
    with pytest.raises(NotMovable, match="Ask for it back"):
        lapse_award(paid, by=town.zofia)
    actions.mark_returned(repayment, by=town.officer, returned_on=TODAY())

    lapse_award(paid, by=town.zofia)

    assert budget_of(town.scheme, town.school).given == 0
    assert eligibility(town.first).is_eligible


def test_an_account_that_nobody_has_answered_goes_with_the_award(town, awarded, change):
    again = PayeeChange.objects.get(pk=change.pk)
    lapse_award(awarded, by=town.zofia)

    assert not PayeeChange.objects.exists()
    with pytest.raises(NotChangeable):
        actions.answer_payee_change(again, by=town.principal, accepts=True)
    awarded.refresh_from_db()
    assert awarded.account is None


def test_an_award_that_has_lapsed_takes_no_other_account(town, awarded, change):
    GrantApplication.objects.filter(pk=awarded.pk).update(status="lapsed", account=None)

    with pytest.raises(NotChangeable):
        actions.answer_payee_change(change, by=town.principal, accepts=True)


def test_nobody_is_asked_about_the_account_that_the_money_goes_to_already(town, awarded):
    typed = {"payee_kind": awarded.payee_kind, "account": "86011117947", "account_holder": awarded.account_holder}

    as_(town.zofia).post(page("payee_change", awarded.pk), typed)

    assert not PayeeChange.objects.exists()
