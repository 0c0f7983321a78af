"""Somebody else was first: what was typed stands there still, with why it was not saved."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from grants import actions
from grants.appeal import actions as appeals
from grants.models import GrantApplication
from grants.money import actions as money
from grants.reports import actions as reports
from portal.ledger.models import Event
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.cast import TYPED, applied
from tests.grants.reports.telling import TOLD, tell, went
from tests.pages import address, as_, text

page = partial(address, "grants")
SAID = {"reasons": "Nei.", "considerations": "Nei."}

pytestmark = pytest.mark.django_db


def refused(town, by=None):
    by = by or town.principal
    application = applied(town.gathering, town.zofia)
    actions.take_up_application(application, by=by)
    decision = actions.decide_application(application, by=by, result="rejected", rules=[town.ground], **SAID)
    appeals.tell_decision(decision, by=the_portal(), told_on=town.school.today())
    return decision


def stands_there(answer, *words):
    assert answer.status_code == 200
    assert all(word in text(answer) for word in words), text(answer)


def test_a_change_of_what_has_been_opened(town, in_review):
    answer = as_(town.zofia).post(page("application_edit", in_review.pk), {**TYPED, "purpose": "Vi går på tur."})

    stands_there(answer, "Vi går på tur.", "The application has been opened.")
    assert GrantApplication.objects.get().purpose != "Vi går på tur."


def test_an_answer_that_somebody_else_has_given(town, in_review):
    by = timezone.localdate() + timedelta(days=3)
    asked = actions.ask_for_information(in_review, by=town.principal, question="Hvor mange?", answer_by=by)
    actions.answer_request(asked, by=town.amir, answer="Tjue")

    answer = as_(town.zofia).post(page("application_answer", in_review.pk), {"answer": "Tjueto"})

    stands_there(answer, "Tjueto", "This question has been answered already.")
    assert as_(town.zofia).get(page("application_answer", in_review.pk)).status_code == 302


def test_a_note_of_somebody_who_would_have_taken_it_up(town, in_review):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)

    sent = {"stands_aside": "no", "note": "Jeg kjenner ingen av dem."}
    answer = as_(town.deputy).post(page("application_open", in_review.pk), sent)

    stands_there(answer, "Jeg kjenner ingen av dem.", "Somebody else was first")


def test_pressed_twice_it_is_taken_up_once(town, sent):
    browser = as_(town.principal)
    answers = [browser.post(page("application_open", sent.pk), {"stands_aside": "no"}) for _twice in range(2)]

    assert [answer.url for answer in answers] == [page("application_decide", sent.pk)] * 2
    assert Event.objects.filter(verb="grants.application_taken_up").count() == 1


@pytest.mark.parametrize("taken_up", [True, False])
def test_a_decision_that_somebody_else_has_made(town, in_review, taken_up):
    if taken_up:
        actions.take_up_application(in_review, by=town.deputy)
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    sent = {
        "result": "rejected",
        "rules": [town.ground.pk],
        "reasons": "Bare halve klassen.",
        "considerations": "Alle.",
    }

    answer = as_(town.deputy).post(page("application_decide", in_review.pk), {**sent, "send": "1"})

    stands_there(answer, "Bare halve klassen.", "Somebody else was first")
    assert in_review.decisions.get().result == "approved"


def test_pressed_twice_a_decision_leads_to_the_case(town, in_review):
    sent = {"result": "approved", "amount": "1000", "send": "1"}
    browser = as_(town.principal)
    browser.post(page("application_decide", in_review.pk), sent)

    assert browser.post(page("application_decide", in_review.pk), sent).status_code == 302


def test_an_appeal_that_somebody_else_has_sent(town):
    decision = refused(town)
    appeals.send_appeal(decision, by=town.amir, what="It", change="More")

    answer = as_(town.zofia).post(page("appeal_write", decision.pk), {"what": "It", "change": "Vi vil ha 900."})

    stands_there(answer, "Vi vil ha 900.", "This decision is appealed already.")
    assert as_(town.zofia).get(page("appeal_write", decision.pk)).status_code == 302


def test_a_statement_and_an_outcome_that_somebody_else_has_written(town):
    second = make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, "Nils", "Dahl")
    appeal = appeals.send_appeal(refused(town), by=town.amir, what="It", change="More")
    appeals.forward_appeal(appeal, by=town.officer, statement="No.")
    said = {"result": "forwarded", "statement": "Vi mener det samme."}
    stands_there(
        as_(second).post(page("appeal_review", appeal.pk), said),
        "Vi mener det samme.",
        "Something has happened to this appeal meanwhile.",
    )

    day = town.school.today()
    appeals.settle_appeal(appeal, by=town.officer, state="upheld", outcome="The rule.", decided_on=day)
    said = {"state": "upheld", "outcome": "Nemnda sa nei.", "decided_on": day.isoformat()}
    stands_there(
        as_(second).post(page("appeal_settle", appeal.pk), said),
        "Nemnda sa nei.",
        "Something has happened to this appeal meanwhile.",
    )


def test_reasons_that_somebody_else_has_given(town, awarded):
    decision = awarded.decisions.get()
    demand = appeals.ask_reasons(decision, by=town.zofia)
    appeals.give_reasons(demand, by=town.principal, reasons="Alle er bedt.")

    answer = as_(town.deputy).post(page("reasons_give", decision.pk), {"reasons": "Hele klassen er med."})

    stands_there(answer, "Hele klassen er med.", "The reasons have been given already.")


def test_a_report_of_a_case_that_somebody_has_closed(town, awarded, paying):
    money.mark_paid(awarded, by=town.officer, paid_on=town.school.today())
    tell(went(awarded), town.amir)
    reports.close_case(awarded, by=town.principal)
    typed = {**TOLD, "spent": "1000", "held_on": awarded.gathering.starts_at.date(), "used_for": "Pølser og lompe."}

    answer = as_(town.zofia).post(page("report_write", awarded.pk), typed)

    stands_there(answer, "Pølser og lompe.", "The case is closed. The report cannot be changed any more.")
    assert as_(town.zofia).get(page("report_write", awarded.pk)).status_code == 302


def test_a_day_on_which_it_was_posted_after_all(town):
    decision = refused(town)

    answer = as_(town.principal).post(page("decision_told", decision.pk), {"told_on": town.school.today()})

    stands_there(answer, "The class has been told of this letter")
