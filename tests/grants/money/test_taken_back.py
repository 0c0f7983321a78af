"""A payment that was marked by mistake is taken back: by those who pay, told truthfully, and not beneath what builds on it."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from grants import actions as core
from grants.changes.actions import lapse_award
from grants.models import GrantApplication, Payout
from grants.models.payouts import NotTakenBack
from grants.money import actions
from grants.money.queries import ready_rows
from grants.queries import budget_of
from grants.queries.payments import money_in
from grants.reports.actions import add_receipts, close_case
from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from tests.grants.money.awards import another
from tests.grants.reports.files import PNG
from tests.grants.reports.telling import tell, went
from tests.grants.reports.test_told import is_wanted, letter, told
from tests.ground import once
from tests.pages import address, as_, text
from tests.threads import in_a_thread

page = partial(address, "grants")
TODAY = timezone.localdate

pytestmark = pytest.mark.django_db


@once
def payout(town, awarded):
    return actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())


def test_it_waits_to_be_paid_again_and_is_paid_once_more(town, awarded, payout):
    before = budget_of(town.scheme, town.school)
    actions.take_back_payment(payout, by=town.officer)

    money = money_in(awarded)
    assert (money.paid, money.due) == (0, 100_000)
    assert [row.application for row in ready_rows(town.officer)] == [awarded]
    assert budget_of(town.scheme, town.school) == before  # what is given stays given: only what was spent is not
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    assert money_in(awarded).paid == 100_000


def test_what_stood_in_a_file_is_on_its_way_again(town, awarded, paying):
    file = actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())
    actions.mark_file_paid(file, by=town.officer, paid_on=TODAY())

    actions.take_back_payment(file.payouts.get(), by=town.officer)

    assert money_in(awarded).is_ordered
    actions.drop_payment_file(file, by=town.officer)
    assert money_in(awarded).due == 100_000


def test_it_is_done_on_a_page_that_says_what_follows(town, awarded, payout):
    officer = as_(town.officer)
    assert page("payout_take_back", payout.pk) in officer.get(page("money_show", awarded.pk)).content.decode()
    shown = text(officer.get(page("payout_take_back", payout.pk)))
    assert "It waits to be paid again." in shown
    assert "The class gets a message that it is not paid yet." in shown

    answer = officer.post(page("payout_take_back", payout.pk), follow=True)

    assert "The class is told that it is not paid yet." in text(answer)
    assert officer.post(page("payout_take_back", payout.pk)).status_code == 404  # a second press of the same page
    assert Event.objects.filter(verb="grants.payment_taken_back").count() == 1
    assert "The payment was taken back" in text(as_(town.parent).get(page("application_show", awarded.pk)))


def test_only_those_who_pay_take_it_back(town, awarded, payout):
    for person in (town.principal, town.deputy, town.zofia, town.parent):
        with pytest.raises(PermissionDenied):
            actions.take_back_payment(payout, by=person)
    bill = actions.mark_paid(another(town, "1B", payee_kind="school", account=""), by=town.principal, paid_on=TODAY())

    actions.take_back_payment(bill, by=town.principal)

    assert not Payout.objects.filter(pk=bill.pk).exists()


def test_not_once_the_class_has_told_what_it_used_it_for(town, awarded, payout):
    tell(went(awarded), town.zofia)

    with pytest.raises(NotTakenBack, match="told what it used"):
        actions.take_back_payment(payout, by=town.officer)
    assert (
        page("payout_take_back", payout.pk)
        not in as_(town.officer).get(page("money_show", awarded.pk)).content.decode()
    )


def test_who_laid_out_is_paid_by_the_report_until_the_case_is_closed(town, paying):
    outlay = another(town, "1B", payee_kind="outlay")
    contact = outlay.applicant
    add_receipts(outlay, by=contact, files=[PNG])
    tell(went(outlay), contact)
    actions.take_back_payment(actions.mark_paid(outlay, by=town.officer, paid_on=TODAY()), by=town.officer)
    again = actions.mark_paid(outlay, by=town.officer, paid_on=TODAY())
    close_case(outlay, by=town.principal)

    with pytest.raises(NotTakenBack, match="closed"):
        actions.take_back_payment(again, by=town.officer)


def test_not_while_money_is_asked_back_of_it(town, awarded, payout):
    actions.ask_back(went(awarded), by=town.officer)

    with pytest.raises(NotTakenBack, match="asked back"):
        actions.take_back_payment(payout, by=town.officer)


def test_an_older_payment_is_not_undone_beneath_a_newer_one(town, in_review):
    why = {"reasons": "Litt.", "considerations": "Mer.", "rules": [town.ground]}
    first = core.decide_application(in_review, by=town.principal, result="approved", amount=60_000, **why)
    in_review.refresh_from_db()
    older = actions.mark_paid(in_review, by=town.officer, paid_on=TODAY())
    core.correct_decision(first, by=town.principal, correction_note="Feil sum.", amount=100_000)
    newer = actions.mark_paid(in_review, by=town.officer, paid_on=TODAY())

    with pytest.raises(NotTakenBack):
        actions.take_back_payment(older, by=town.officer)
    actions.take_back_payment(newer, by=town.officer)
    actions.take_back_payment(older, by=town.officer)
    assert money_in(in_review).due == 100_000


def test_an_award_whose_payment_was_taken_back_may_lapse(town, awarded, payout):
    actions.take_back_payment(payout, by=town.officer)

    lapse_award(awarded, by=town.zofia)

    assert GrantApplication.objects.get(pk=awarded.pk).status == "lapsed"


# What the class hears


def test_the_class_is_told_that_it_is_not_paid_yet(town, awarded, payout):
    actions.take_back_payment(payout, by=town.officer)

    assert told("payment_taken_back") == ["Amir", "Zofia"]
    assert letter("payment_taken_back").lines == [
        "1000\u00a0kroner was marked as paid by mistake. It is still to come.",
        "You hear from us when it is paid.",
    ]
    assert is_wanted("payment_taken_back")
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    assert not is_wanted("payment_taken_back")


def test_that_it_is_paid_is_not_told_any_more_and_told_when_it_is(town, awarded, payout):
    assert told("award_paid") == ["Amir", "Zofia"]
    first = Notice.objects.filter(kind="grants.award_paid").first()
    actions.take_back_payment(payout, by=town.officer)
    assert not KINDS[first.kind].wanted(first)

    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())

    assert told("award_paid") == ["Amir", "Amir", "Zofia", "Zofia"]
    assert is_wanted("award_paid")


# Two at once


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_back_at_once_one_does(town, awarded, payout):
    answers, again = [], Payout.objects.get(pk=payout.pk)
    with transaction.atomic():
        actions.take_back_payment(payout, by=town.officer)
        other = in_a_thread(answers, lambda: actions.take_back_payment(again, by=town.officer))
    other.join()

    assert answers == [NotTakenBack]
    assert Event.objects.filter(verb="grants.payment_taken_back").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_report_that_is_sent_meanwhile_keeps_the_payment(town, awarded, payout):
    answers = []
    went(awarded)
    with transaction.atomic():
        tell(awarded, town.zofia)
        other = in_a_thread(
            answers, lambda: actions.take_back_payment(Payout.objects.get(pk=payout.pk), by=town.officer)
        )
    other.join()

    assert answers == [NotTakenBack]
    assert money_in(awarded).paid == 100_000


@pytest.mark.django_db(transaction=True)
def test_a_press_that_breaks_off_leaves_it_paid_and_can_be_made_again(town, awarded, payout, monkeypatch):
    """Between the event and the row."""
    monkeypatch.setattr(Payout, "delete", lambda payout: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.take_back_payment(payout, by=town.officer)
    monkeypatch.undo()
    assert money_in(awarded).paid == 100_000
    assert not Event.objects.filter(verb="grants.payment_taken_back").exists()

    actions.take_back_payment(payout, by=town.officer)

    assert money_in(awarded).paid == 0
