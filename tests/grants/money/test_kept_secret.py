"""A whole account number stands where somebody pays, and nowhere else: no log, event, message, address, file name or
error; and no longer than 90 days after the payment."""

import json
import logging
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from grants import actions as core
from grants.appeal import actions as appeals
from grants.changes import actions as changes
from grants.models import Appeal, Attachment, Closing, GrantApplication, GrantScheme, PayeeChange, Payout, Receipt
from grants.models.payouts import NotChangeable
from grants.money import actions, keeping
from grants.reports import actions as reports
from grants.tasks import empty_cases, forget_accounts, forget_drafts
from portal.ledger.models import Event
from portal.ledger.tasks import sweep
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.models import the_portal
from tests.grants.cast import FULL, gathering
from tests.grants.reports.files import PNG
from tests.grants.reports.telling import tell, went
from tests.pages import address, as_

page = partial(address, "grants")
OLD, NEW = "8601 11 17947", "1503 20 30030"
SECRETS = [OLD, NEW, "86011117947", "15032030030"]
TODAY = timezone.localdate

pytestmark = pytest.mark.django_db


def holds(text):
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def whole(town, awarded, paying):
    """Everything that is done with an account, from a change to the payment and the money back."""
    change = actions.ask_payee_change(
        awarded, by=town.zofia, payee_kind="class_account", account=NEW, account_holder="Per Nilsen"
    )
    actions.answer_payee_change(change, by=town.principal, accepts=True)
    awarded.refresh_from_db()
    actions.look_at_account(awarded, by=town.officer)
    actions.list_accounts(town.school.municipality, by=town.officer, applications=[awarded])
    file = actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())
    actions.take_payment_file(file, by=town.officer)
    actions.mark_file_paid(file, by=town.officer, paid_on=TODAY())
    actions.ask_back(went(awarded), by=town.officer)
    return awarded, file


def test_no_event_and_no_message_has_it(town, whole):
    sweep()

    assert Event.objects.filter(verb="grants.account_seen").exists()
    assert not holds(json.dumps(list(Event.objects.values_list("verb", "subject_id", "details"))))
    notices = Notice.objects.filter(kind__startswith="grants.")
    kinds = {notice.kind for notice in notices}
    assert {"grants.award_paid", "grants.payee_change_answered", "grants.repayment_asked"} <= kinds
    for notice in notices.exclude(kind__in=["grants.payee_change_asked", "grants.payee_change_told"]):
        with translation.override("nb"):
            letter = KINDS[notice.kind](notice)
        said = [letter.subject, *letter.lines, letter.sms, *(button.url for button in letter.buttons)]
        assert not holds(" ".join([*said, *(str(value) for _label, value in letter.facts)])), notice.kind


def test_the_letters_about_a_change_do_not_have_it(town, awarded):
    actions.ask_payee_change(
        awarded, by=town.zofia, payee_kind="class_account", account=NEW, account_holder="Per Nilsen"
    )
    sweep()

    told = Notice.objects.filter(kind__in=["grants.payee_change_asked", "grants.payee_change_told"])
    assert {notice.recipient.given_name for notice in told} == {"Amir", "Dag", "Solveig", "Zofia"}
    for notice in told:
        letter = KINDS[notice.kind](notice)
        assert not holds(" ".join([letter.subject, *letter.lines, *map(str, letter.facts)]))


def test_no_row_has_it_in_the_clear(town, whole):
    """Whoever reads the database without its keys reads no account number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            for (row,) in cursor.fetchall():
                assert not holds(row or ""), table


def test_no_address_and_no_file_name_has_it(town, awarded, paying):
    file = actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())
    officer = as_(town.officer)

    for name in ("payment_csv", "payment_xlsx"):
        assert not holds(officer.post(page(name))["Content-Disposition"])
    assert not holds(officer.post(page("payment_file_take", file.pk))["Content-Disposition"])
    assert not holds(reverse("grants:payment_file_show", args=[file.pk]) + file.number)


def test_no_log_and_no_error_has_it(town, awarded, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)

    def breaks(*_args, **_kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("grants.money.views.actions.ask_payee_change", breaks)
    client = Client(raise_request_exception=False)
    client.force_login(town.zofia)
    breaks.may = lambda *_args: True
    answer = client.post(
        page("payee_change", awarded.pk),
        {"payee_kind": "class_account", "account": NEW, "account_holder": "Per Nilsen"},
    )

    assert answer.status_code == 500
    assert not holds(answer.content.decode())
    assert not holds(caplog.text)


# For how long


def paid_ago(application, days):
    Payout.objects.filter(application=application).update(paid_on=TODAY() - timedelta(days=days))


def account_of(application):
    return GrantApplication.objects.get(pk=application.pk).account


def test_forget_accounts_deletes_it_ninety_days_after_the_payment_and_nothing_twice(town, awarded):
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    paid_ago(awarded, 89)
    forget_accounts()
    assert account_of(awarded) == OLD

    paid_ago(awarded, 90)
    forget_accounts()

    assert account_of(awarded) is None
    assert Event.objects.filter(verb="grants.account_forgotten").count() == 1
    forget_accounts()
    assert Event.objects.filter(verb="grants.account_forgotten").count() == 1


@pytest.mark.parametrize("paid_on", [date(2026, 9, 1), date(2026, 9, 2)])
def test_its_days_are_counted_over_the_change_of_clocks(town, awarded, paid_on):
    """Late on 30 November it is ninety days after 1 September, though the same hours ago it was 2 September already."""
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    Payout.objects.update(paid_on=paid_on)
    late = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)  # 23.30 in Oslo

    assert (awarded in keeping.with_old_accounts(late)) == (paid_on == date(2026, 9, 1))


def test_it_is_not_deleted_while_something_is_left_to_pay(town, awarded):
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    Payout.objects.update(amount=40_000)
    paid_ago(awarded, 200)
    forget_accounts()

    assert account_of(awarded) == OLD
    with pytest.raises(NotChangeable):
        actions.forget_account(awarded, by=the_portal())


def test_that_of_a_refused_application_is_deleted_after_a_year(town, in_review):
    core.decide_application(
        in_review, by=town.principal, result="rejected", reasons="Nei.", considerations="Nei.", rules=[town.ground]
    )
    forget_accounts()
    assert account_of(in_review) == OLD
    GrantApplication.objects.filter(pk=in_review.pk).update(decided_at=timezone.now() - timedelta(days=366))
    forget_accounts()

    assert account_of(in_review) is None


def test_those_of_an_award_that_nobody_has_paid_for_a_year_are_deleted(town, awarded):
    """Its own, and another that the class has asked for and nobody has answered."""
    actions.ask_payee_change(awarded, by=town.zofia, payee_kind="class_account", account=NEW, account_holder="Klassen")
    went(awarded, days=364)
    forget_accounts()
    assert account_of(awarded) == OLD

    went(awarded, days=366)
    forget_accounts()

    assert account_of(awarded) is None
    assert not PayeeChange.objects.exists()
    forget_accounts()
    assert Event.objects.filter(verb="grants.account_forgotten").count() == 1


def test_that_of_an_award_that_has_lapsed_is_deleted_after_a_year(town, awarded):
    long_ago = timezone.now() - timedelta(days=366)
    GrantApplication.objects.filter(pk=awarded.pk).update(status="lapsed", decided_at=long_ago)
    forget_accounts()

    assert account_of(awarded) is None


def test_forget_drafts_deletes_what_nobody_has_touched_for_a_year_and_nothing_twice(town, sent):
    drafts = [core.draft_application(gathering(town.first, title), by=town.zofia, **FULL) for title in ("Old", "New")]
    long_ago = timezone.now() - timedelta(days=366)
    GrantApplication.objects.filter(pk__in=[drafts[0].pk, sent.pk]).update(changed_at=long_ago)
    forget_drafts()
    forget_drafts()

    assert set(GrantApplication.objects.values_list("pk", flat=True)) == {sent.pk, drafts[1].pk}


# What the archive has


@pytest.fixture
def closed(town, awarded):
    """Closed seven years ago, with a report, a receipt and a question; its scheme keeps cases for five."""
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    tell(went(awarded), town.zofia)
    reports.add_receipts(awarded, by=town.zofia, files=[PNG])
    file = {"name": PNG.name, "kind": PNG.kind, "content": PNG.content, "size": 9, "digest": PNG.digest}
    Attachment.objects.create(application=awarded, added_by=town.zofia, **file)
    reports.close_case(awarded, by=town.principal)
    GrantScheme.objects.update(kept_years=5)
    Closing.objects.update(closed_at=timezone.now() - timedelta(days=7 * 366))
    return awarded


def exported(application, days):
    at = timezone.now() - timedelta(days=days)
    GrantApplication.objects.filter(pk=application.pk).update(exported_at=at)


def test_nothing_is_deleted_that_was_not_exported_first(town, closed):
    empty_cases()
    exported(closed, 8 * 366)  # before it was closed: the report is not in it
    empty_cases()

    closed.refresh_from_db()
    assert closed.purpose == FULL["purpose"]
    assert Receipt.objects.count() == 1
    with pytest.raises(NotChangeable):
        actions.empty_case(closed, by=the_portal())


def test_empty_cases_empties_what_was_exported_and_leaves_the_decision_and_nothing_twice(town, closed):
    exported(closed, 6 * 366)
    empty_cases()
    empty_cases()

    closed.refresh_from_db()
    assert (closed.purpose, closed.child_participation, closed.account, closed.account_holder) == ("–", "", None, "")
    assert not Receipt.objects.exists()
    assert not Attachment.objects.exists()
    assert closed.report.used_for == "–"
    assert closed.decisions.get().amount == 100_000
    assert Payout.objects.get().amount == 100_000
    assert Event.objects.filter(verb="grants.case_emptied").count() == 1


def refused(town, application):
    said = {"reasons": "Nei.", "considerations": "Nei.", "rules": [town.ground]}
    return core.decide_application(application, by=town.principal, result="rejected", **said)


def refused_and_appealed(town, application):
    appeal = appeals.send_appeal(refused(town, application), by=town.zofia, what="Avslaget", change="Mer.")
    appeals.forward_appeal(appeal, by=town.officer, statement="Vi står ved det.")
    day = town.school.today()
    appeals.settle_appeal(appeal, by=town.officer, state="upheld", outcome="Regelen er klar.", decided_on=day)


def withdrawn(town, application):
    core.withdraw_application(application, by=town.zofia)


def not_used(town, application):
    core.decide_application(application, by=town.principal, result="approved", amount=100_000)
    changes.lapse_award(GrantApplication.objects.get(pk=application.pk), by=town.zofia)


def ended_long_ago(application):
    then = timezone.now() - timedelta(days=7 * 366)
    GrantScheme.objects.update(kept_years=5)
    GrantApplication.objects.filter(pk=application.pk).update(changed_at=then)
    GrantApplication.objects.filter(pk=application.pk).exclude(decided_at=None).update(decided_at=then)
    exported(application, 6 * 366)


@pytest.mark.parametrize("ends", [refused, refused_and_appealed, withdrawn, not_used])
def test_a_case_is_emptied_whichever_way_it_ended(town, in_review, ends):
    GrantApplication.objects.update(budget_lines="Saft.", delay_reason="Vi venter.")
    ends(town, in_review)
    ended_long_ago(in_review)
    before = GrantApplication.objects.get().changed_at
    empty_cases()

    case = GrantApplication.objects.get()
    assert (case.purpose, case.budget_lines, case.delay_reason, case.as_sent, case.noted) == ("–", "", "", None, [])
    assert case.changed_at == before  # the year in which it ended stays
    assert not {appeal.change for appeal in Appeal.objects.all()} - {"–"}


def test_a_case_with_an_open_appeal_is_not_emptied(town, in_review):
    appeals.send_appeal(refused(town, in_review), by=town.zofia, what="Avslaget", change="Mer.")
    ended_long_ago(in_review)
    empty_cases()

    assert GrantApplication.objects.get().purpose == FULL["purpose"]


@pytest.mark.parametrize("years", [None, 8])
def test_what_is_kept_for_good_or_longer_stays(town, closed, years):
    GrantScheme.objects.update(kept_years=years)
    exported(closed, 1)
    empty_cases()

    assert Receipt.objects.count() == 1
