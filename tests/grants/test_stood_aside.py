"""Who has said that somebody else should decide, and whoever works under them, does nothing more in the case."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from grants import actions as core
from grants.appeal import actions as appeals
from grants.appeal.todos import letters_to_post, reasons_to_post
from grants.archive.queries import cases_to_hand_over
from grants.models import PayeeChange, PaymentFile, Repayment
from grants.models.payouts import NotPayable
from grants.money import actions as money
from grants.waiting.actions import move_case
from networks.models import Gathering
from portal.people.actions import end_role
from portal.people.hats import hats_of
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.appeal.test_told import later
from tests.grants.cast import applied
from tests.ground import once
from tests.laws.test_rules import actions
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db

OF_THE_CLASS = {
    *("draft_application", "save_draft", "submit_application", "change_application", "withdraw_application"),
    *("answer_request", "ask_payee_change", "add_attachments", "remove_attachment", "invite_co_applicant"),
    *("accept_invitation", "end_co_application", "send_report", "add_receipts", "remove_receipt"),
    *("replace_gathering", "ask_reasons", "send_appeal", "withdraw_appeal"),
}
OF_THE_PORTAL = {
    *("forget_account", "forget_draft", "empty_case", "hand_over_year", "take_back_alert", "take_back_reasons"),
}
OF_NO_CASE = {
    *("open_scheme", "add_rules", "add_reason", "change_reason", "end_reason", "set_paying_account"),
    *("change_scheme", "extend_scheme", "close_scheme", "share_out", "enter_paper"),
}
ONLY_READ = {"open_receipt"}  # the leaders of the school read what they do not decide
REFUSED_IN_WORDS = {"take_payment_file", "mark_file_paid", "drop_payment_file"}  # below
OF_THE_CASE = ("take_up_application", "stand_aside", "ask_for_information", "decide_application", "tell_when")
OF_THE_CASE += ("give_journal_number", "move_case", "hand_over", "lapse_award", "close_case", "ask_back", "mark_paid")
OF_THE_CASE += ("look_at_account",)
ON_A_CASE = {
    **dict.fromkeys(OF_THE_CASE, lambda case: (case.application, {})),
    **dict.fromkeys(["correct_decision", "tell_decision"], lambda case: (case.decision, {})),
    **dict.fromkeys(["give_reasons", "tell_reasons"], lambda case: (case.demand, {})),
    **dict.fromkeys(
        ["change_in_favour", "forward_appeal", "dismiss_appeal", "settle_appeal"], lambda case: (case.appeal, {})
    ),
    "answer_payee_change": lambda case: (case.change, {}),
    "take_back_payment": lambda case: (case.payout, {}),
    "mark_returned": lambda case: (case.repayment, {}),
    "drop_repayment": lambda case: (case.repayment, {}),
    "make_payment_file": lambda case: (case.paying, {"applications": [case.application]}),
    "list_accounts": lambda case: (case.application.school.municipality, {"applications": [case.application]}),
}
OURS = {action.run.__name__: action for name, action in actions() if name.startswith("grants.")}


@once
def colleagues(town):
    named = (("Nils", "Dal"), ("Olga", "Rud"))
    return [make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, *name) for name in named]


@once
def passed_on(town, colleagues):
    """The principal and one officer have stood aside, and another officer has decided."""
    application = applied(town.gathering, town.zofia)
    core.stand_aside(application, by=town.principal)
    core.stand_aside(application, by=town.officer)
    core.take_up_application(application, by=colleagues[0])
    core.decide_application(application, by=colleagues[0], result="approved", amount=100_000)
    application.refresh_from_db()
    return application


@once
def case(town, paying, passed_on, colleagues):
    """With all that a case can have."""
    decision = passed_on.decisions.get()
    demand = appeals.ask_reasons(decision, by=town.zofia)
    appeal = appeals.send_appeal(decision, by=town.zofia, what="It", change="More")
    payout = money.mark_paid(passed_on, by=colleagues[0], paid_on=town.school.today())
    change = PayeeChange.objects.create(application=passed_on, payee_kind="school", asked_by=town.zofia)
    repayment = Repayment.objects.create(
        application=passed_on, reason="not_held", amount=100, due_on=town.school.today()
    )
    now = timezone.now()
    Gathering.objects.update(state="cancelled", published_at=now, cancelled_at=now)
    passed_on.refresh_from_db()
    found = {"decision": decision, "demand": demand, "appeal": appeal, "payout": payout, "change": change}
    return SimpleNamespace(application=passed_on, repayment=repayment, paying=paying, **found)


def test_every_action_is_about_a_case_or_has_a_reason_not_to_be():
    others = (OF_THE_CLASS, OF_THE_PORTAL, OF_NO_CASE, ONLY_READ, REFUSED_IN_WORDS)

    assert set(OURS) == {*ON_A_CASE}.union(*others)
    assert len(OURS) == len(ON_A_CASE) + sum(map(len, others))


@pytest.mark.parametrize("name", ON_A_CASE)
def test_who_has_stood_aside_and_their_deputy_do_nothing_in_it(town, colleagues, case, name):
    action, (subject, named) = OURS[name], ON_A_CASE[name](case)

    for person in (town.principal, town.deputy, town.officer):
        with pytest.raises(PermissionDenied):
            action(subject, by=person, **named)
    assert any(action.may(person, subject, **named) for person in colleagues)


@pytest.mark.parametrize("name", ON_A_CASE)
def test_nobody_does_anything_in_their_own(town, case, colleagues, name):
    """But to say so, before it is decided."""
    action, (subject, named) = OURS[name], ON_A_CASE[name](case)
    own = colleagues[1]
    make.confirmed(own, make.pupil(in_class=town.first))
    make.role(own, Role.Kind.CLASS_CONTACT, town.first)

    assert action.may(own, subject, **named) is (name in ("stand_aside", "lapse_award"))


def test_a_file_with_a_case_in_it_is_for_a_colleague(town, colleagues, awarded, paying):
    file = money.make_payment_file(paying, by=colleagues[0], applications=[awarded], pay_on=town.school.today())
    awarded.impartiality_answers.create(person=town.officer, stands_aside=True)

    with pytest.raises(NotPayable):
        money.drop_payment_file(file, by=town.officer)
    assert PaymentFile.objects.get() == file
    money.drop_payment_file(file, by=colleagues[0])


def test_nothing_leads_them_to_what_they_may_not_do(town, colleagues, passed_on):
    appeals.ask_reasons(passed_on.decisions.get(), by=town.zofia)
    appeals.give_reasons(passed_on.decisions.get().reasons_demand, by=colleagues[0], reasons="All came.")
    for contact in (town.zofia, town.amir):
        end_role(contact.roles.get(kind=Role.Kind.CLASS_CONTACT), by=the_portal())
    with later():
        for person, waits in ((town.officer, 0), (colleagues[0], 1)):
            [hat] = hats_of(person)
            assert [len(letters_to_post(hat)), len(reasons_to_post(hat))] == [waits, waits]
            assert len(cases_to_hand_over(person)) == waits
            shown = text(as_(person).get(address("grants", "application_show", passed_on.pk)))
            for said in ("Give the case to another class", "Save the journal number"):
                assert (said in shown) is bool(waits)


def test_the_class_that_took_over_gets_it_from_a_colleague(town, colleagues, passed_on):
    other = make.school_class("1B", at=town.school, grades=[1])

    with pytest.raises(PermissionDenied):
        move_case(passed_on, by=town.officer, school_class=other)
    move_case(passed_on, by=colleagues[0], school_class=other)


def test_no_button_goes_on_for_who_has_stood_aside(town, colleagues, sent):
    core.stand_aside(sent, by=town.principal)
    core.stand_aside(sent, by=town.officer)
    page = address("grants", "application_show", sent.pk)

    assert "Go on with the case" not in text(as_(town.officer).get(page))
    assert "Go on with the case" in text(as_(colleagues[0]).get(page))
