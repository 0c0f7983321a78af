"""What changes after a payment: a report that says more or less, a correction, an appeal. What is due is paid, what is
over is asked for, and the case can be closed in the end."""

import pytest
from django.utils import timezone

from grants import actions as core
from grants.appeal import actions as appeals
from grants.models import Closing, Payout, Repayment
from grants.models.payouts import NotPayable
from grants.models.reports import NotClosable
from grants.money import actions, pain
from grants.money.queries import payment_page, transfers_of
from grants.queries.payments import money_in
from grants.reports import actions as reports
from portal.ledger.tasks import sweep
from portal.messaging.models import Notice
from portal.people.hats import hats_of
from portal.people.models import Role
from tests import make
from tests.grants.reports.files import PNG
from tests.grants.reports.telling import tell, went
from tests.pages import address, as_, text, todos_of

TODAY = timezone.localdate

pytestmark = pytest.mark.django_db


def pay(town, application):
    return actions.mark_paid(application, by=town.officer, paid_on=TODAY())


def asked_back():
    sweep()
    return sorted(one.recipient.given_name for one in Notice.objects.filter(kind="grants.repayment_asked"))


def in_part(town, application, amount):
    said = {"reasons": "Litt.", "considerations": "Mer.", "rules": [town.ground]}
    decision = core.decide_application(application, by=town.principal, result="approved", amount=amount, **said)
    application.refresh_from_db()
    return decision


# More is due


def test_a_report_that_says_more_is_paid_again_under_the_same_decision(town, awarded):
    tell(went(awarded), town.zofia, spent=60_000)
    assert pay(town, awarded).amount == 60_000
    tell(awarded, town.zofia, spent=90_000)

    second = pay(town, awarded)

    assert (second.amount, second.number, second.decision) == (30_000, 2, Payout.objects.first().decision)
    assert [one.reference.split("-", 2)[2] for one in transfers_of(list(awarded.payouts.all()))] == ["1", "1-2"]
    reports.close_case(awarded, by=town.principal)


def test_the_rest_waits_while_a_payment_is_on_its_way(town, awarded, paying):
    tell(went(awarded), town.zofia, spent=60_000)
    file = actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())
    tell(awarded, town.zofia, spent=90_000)

    assert payment_page(town.officer).ready == []
    with pytest.raises(NotPayable, match="on its way"):
        actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())
    actions.mark_file_paid(file, by=town.officer, paid_on=TODAY())
    assert [row.money.due for row in payment_page(town.officer).ready] == [30_000]
    actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())


def test_what_came_back_is_paid_again_when_it_was_spent_after_all(town, awarded):
    pay(town, awarded)
    tell(went(awarded), town.zofia, spent=60_000)
    actions.mark_returned(Repayment.objects.get(), by=town.officer, returned_on=TODAY())
    tell(awarded, town.zofia, spent=100_000)

    assert money_in(awarded).due == 40_000
    pay(town, awarded)
    money = money_in(awarded)
    assert (money.unreturned, money.due, money.over) == (100_000, 0, 0)


def test_what_came_back_is_not_due_again_before_the_class_has_told(town, awarded):
    pay(town, awarded)
    back = actions.ask_back(went(awarded), by=town.principal)
    actions.mark_returned(back, by=town.officer, returned_on=TODAY())

    assert money_in(awarded).due == 0


def test_a_second_payment_that_waits_for_something_is_shown_with_its_reason(town, awarded):
    tell(went(awarded), town.zofia, spent=60_000)
    pay(town, awarded)
    tell(awarded, town.zofia, spent=90_000)
    actions.ask_payee_change(
        awarded, by=town.zofia, payee_kind="class_account", account="1503 20 30030", account_holder="Klassen"
    )

    assert [row.money.due for row in payment_page(town.officer).blocked] == [30_000]
    assert "asked for another account" in text(as_(town.officer).get(address("grants", "money_show", awarded.pk)))


# Something is over


def test_what_is_over_is_asked_for_when_the_payment_comes_after_the_report(town, awarded, paying):
    file = actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())
    tell(went(awarded), town.zofia, spent=60_000)
    assert not Repayment.objects.exists()
    assert asked_back() == []

    actions.mark_file_paid(file, by=town.officer, paid_on=TODAY())

    repayment = Repayment.objects.get()
    assert (repayment.amount, repayment.reason) == (40_000, "left_over")
    assert asked_back() == ["Amir", "Zofia"]
    with pytest.raises(NotClosable, match="paid back"):
        reports.close_case(awarded, by=town.principal)
    actions.drop_repayment(repayment, by=town.officer)
    assert "To be paid back" not in text(as_(town.principal).get(address("grants", "report_show", awarded.pk)))
    reports.close_case(awarded, by=town.principal)


def test_what_a_correction_takes_is_asked_for_and_follows_the_next_one(town, in_review):
    decision = in_part(town, in_review, 100_000)
    pay(town, in_review)
    tell(went(in_review), town.zofia)
    said = {"correction_note": "Feil sum.", "reasons": "Litt.", "considerations": "Mer."}
    less = core.correct_decision(decision, by=town.principal, amount=70_000, **said)
    assert Repayment.objects.get().amount == 30_000
    assert asked_back() == ["Amir", "Zofia"]

    more = core.correct_decision(less, by=town.principal, amount=80_000, **said)
    assert Repayment.objects.get().amount == 20_000
    core.correct_decision(more, by=town.principal, amount=100_000, **said)
    assert not Repayment.objects.exists()
    reports.close_case(in_review, by=town.principal)


def test_what_nobody_asks_for_any_more_is_not_asked_for_again(town, awarded):
    pay(town, awarded)
    tell(went(awarded), town.zofia, spent=60_000)
    actions.drop_repayment(Repayment.objects.get(), by=town.officer)
    core.correct_decision(awarded.decisions.get(), by=town.principal, correction_note="En skrivefeil.", amount=100_000)

    assert not Repayment.objects.exists()


def test_a_correction_before_the_report_asks_for_nothing(town, in_review):
    decision = in_part(town, in_review, 100_000)
    pay(town, in_review)
    said = {"correction_note": "Feil sum.", "reasons": "Litt.", "considerations": "Mer."}
    core.correct_decision(decision, by=town.principal, amount=70_000, **said)

    assert not Repayment.objects.exists()


# After the end


def closed(town, application):
    pay(town, application)
    tell(went(application), town.zofia)
    reports.close_case(application, by=town.principal)


def waits(person):
    return [todo.url for hat in hats_of(person) for todo in todos_of(hat)]


def test_what_an_appeal_adds_is_paid_and_the_case_is_open_until_then(town, in_review):
    decision = in_part(town, in_review, 60_000)
    closed(town, in_review)
    other = make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, "Nils", "Dal")
    appeal = appeals.send_appeal(decision, by=town.zofia, what="Summen", change="Vi ber om alt.")
    assert address("grants", "payment_list") not in waits(other)

    appeals.change_in_favour(appeal, by=other, statement="De har rett.", amount=100_000)

    assert not Closing.objects.exists()
    assert [row.money.due for row in payment_page(other).ready] == [40_000]
    assert address("grants", "payment_list") in waits(other)
    pay(town, in_review)
    reports.close_case(in_review, by=town.principal)


def test_a_case_is_not_closed_while_its_appeal_is_open(town, in_review):
    decision = in_part(town, in_review, 60_000)
    pay(town, in_review)
    tell(went(in_review), town.zofia)
    appeal = appeals.send_appeal(decision, by=town.zofia, what="Summen", change="Vi ber om alt.")

    with pytest.raises(NotClosable, match="has appealed"):
        reports.close_case(in_review, by=town.principal)
    appeals.withdraw_appeal(appeal, by=town.zofia)
    reports.close_case(in_review, by=town.principal)


def test_a_correction_after_the_end_opens_the_case_for_what_it_changes(town, in_review):
    decision = in_part(town, in_review, 100_000)
    closed(town, in_review)
    said = {"correction_note": "Feil.", "reasons": "Litt.", "considerations": "Mer."}
    same = core.correct_decision(decision, by=town.principal, amount=100_000, **said)
    assert Closing.objects.exists()

    core.correct_decision(same, by=town.principal, amount=80_000, **said)
    assert not Closing.objects.exists()
    assert Repayment.objects.get().amount == 20_000


# To whom


def test_the_file_names_whoever_the_account_belongs_to(town, awarded, paying):
    """Somebody else of the class has laid it out since the application was sent."""
    assert town.zofia == awarded.applicant
    said = {"payee_kind": "outlay", "account_holder": town.amir.full_name}
    change = actions.ask_payee_change(awarded, by=town.amir, account="1503 20 30030", **said)
    actions.answer_payee_change(change, by=town.principal, accepts=True)
    refused = actions.ask_payee_change(awarded, by=town.zofia, account="8601 11 17947", **said)
    actions.answer_payee_change(refused, by=town.principal, accepts=False)
    reports.add_receipts(awarded, by=town.amir, files=[PNG])
    awarded.refresh_from_db()
    tell(went(awarded), town.amir, spent=60_000)

    (row,) = payment_page(town.officer).ready
    file = actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())

    assert row.to == town.amir.full_name
    content = actions.take_payment_file(file, by=town.officer).decode()
    assert town.amir.full_name in content
    assert town.zofia.full_name not in content
    assert pain.digits("1503 20 30030") in content
