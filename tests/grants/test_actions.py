"""Every change: what it writes down, whom it refuses, whom it denies."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from grants import actions
from grants.models import Decision, GrantApplication
from grants.models.applications import MOVES, NotEligible, NotMovable, NotSubmittable, Status
from grants.models.decisions import AlreadyAwarded, BudgetSpent, NotDecidable
from grants.models.schemes import SchemeOverlaps
from grants.schemes import actions as schemes
from portal.ledger.models import Event
from portal.people.actions import end_role
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.cast import FULL, applied, gathering, scheme

pytestmark = pytest.mark.django_db


def approve(application, by, **choices):
    return actions.decide_application(application, by=by, **{"result": "approved", "amount": 100_000, **choices})


def refuse(application, by, town, **choices):
    said = {"result": "rejected", "reasons": "Bare noen er invitert.", "considerations": "Alle skal med."}
    return actions.decide_application(application, by=by, **{**said, "rules": [town.ground], **choices})


# The scheme


def test_open_scheme_records(town):
    assert Event.objects.filter(verb="grants.scheme_opened", subject_id=str(town.scheme.pk)).count() == 1
    assert (town.scheme.amount, town.scheme.grades) == (100_000, [1, 8])


def test_open_scheme_refuses_a_second_in_the_period(town):
    with pytest.raises(SchemeOverlaps):
        scheme(town.school.municipality)


def test_open_scheme_denies_the_principal(town):
    with pytest.raises(PermissionDenied):
        actions.open_scheme(town.school.municipality, by=town.principal, title="x")


# Drafting and sending


def test_draft_application_records(town):
    application = actions.draft_application(town.gathering, by=town.zofia, purpose="Vi møtes")

    assert (application.status, application.amount_requested, application.school) == (
        "draft",
        100_000,
        town.school,
    )
    assert Event.objects.about(application).get().verb == "grants.application_drafted"


def test_draft_application_refuses_third_grade(town):
    third = make.school_class("3A", at=town.school, grades=[3])
    _child, contact = make.family(third)
    make.role(contact, Role.Kind.CLASS_CONTACT, third)

    with pytest.raises(NotEligible, match="3A"):
        actions.draft_application(gathering(third), by=contact)


def test_draft_application_takes_a_composite_class(town):
    mixed = make.school_class("7-8", at=town.school, grades=[7, 8])
    _child, contact = make.family(mixed)
    make.role(contact, Role.Kind.CLASS_CONTACT, mixed)

    assert actions.draft_application(gathering(mixed), by=contact).school_class == mixed


@pytest.mark.parametrize(
    "state",
    [
        {"state": "cancelled", "published_at": timezone.now(), "cancelled_at": timezone.now()},
        {"days": -2},
        {"state": "published", "published_at": timezone.now()},
    ],
)
def test_draft_application_refuses_the_wrong_gathering(town, state):
    with pytest.raises(NotEligible):
        actions.draft_application(gathering(town.first, **state), by=town.zofia)


def test_draft_application_refuses_when_closed(town):
    town.scheme.closes_on = town.scheme.opens_on = timezone.localdate() - timedelta(days=1)
    town.scheme.save()

    with pytest.raises(NotEligible):
        actions.draft_application(town.gathering, by=town.zofia)


def test_draft_application_refuses_a_second_for_the_gathering(town):
    actions.draft_application(town.gathering, by=town.zofia)

    with pytest.raises(NotEligible):
        actions.draft_application(town.gathering, by=town.amir)


@pytest.mark.parametrize("who", ["parent", "principal", "officer"])
def test_draft_application_denies_everyone_else(town, who):
    with pytest.raises(PermissionDenied):
        actions.draft_application(town.gathering, by=getattr(town, who))


def test_save_draft_keeps_what_was_typed(town):
    application = actions.draft_application(town.gathering, by=town.zofia)

    actions.save_draft(application, by=town.amir, purpose="Bål", account="1234.56.7891", cost_per_family=None)

    application.refresh_from_db()
    assert (application.purpose, application.account) == ("Bål", "1234.56.7891")


def test_save_draft_refuses_what_is_sent(town, sent):
    with pytest.raises(NotMovable):
        actions.save_draft(sent, by=town.zofia, purpose="x")


def test_account_is_unreadable_in_the_database(town, sent):
    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM grants_grantapplication WHERE id = %s", [sent.pk])
        assert "17947" not in cursor.fetchone()[0]


def test_submit_application_records(town, sent):
    assert (sent.status, sent.families_total, sent.families_invited) == ("submitted", 3, 3)
    assert Event.objects.about(sent).filter(verb="grants.application_submitted").count() == 1


def test_submit_application_refuses_a_second_press(town, sent):
    with pytest.raises(NotSubmittable):
        actions.submit_application(sent, by=town.zofia)


@pytest.mark.parametrize(
    "gap",
    [
        {"purpose": ""},
        {"terms": False},
        {"cost_per_family": None},
        {"relationship_to_decider": None},
        {"payee_kind": ""},
        {"amount_requested": None},
        {"amount_requested": 100_100},
        {"account": "8601 11 17948"},
    ],
)
def test_submit_application_refuses_a_gap(town, gap):
    with pytest.raises(NotSubmittable):
        applied(town.gathering, town.zofia, **gap)

    assert GrantApplication.objects.get().status == Status.DRAFT


def test_submit_application_denies_a_former_contact(town):
    application = actions.draft_application(town.gathering, by=town.zofia, **FULL)
    end_role(Role.objects.get(person=town.zofia), by=the_portal())

    with pytest.raises(PermissionDenied):
        actions.submit_application(application, by=town.zofia)
    actions.submit_application(application, by=town.amir)

    assert application.applicant == town.amir


def test_withdraw_application_records(town, sent):
    actions.withdraw_application(sent, by=town.amir)

    assert (sent.status, sent.account) == ("withdrawn", None)
    assert applied(town.gathering, town.zofia).status == "submitted"


def test_withdraw_application_refuses_after_the_decision(town, in_review):
    approve(in_review, town.principal)

    with pytest.raises(NotMovable):
        actions.withdraw_application(in_review, by=town.zofia)


# Impartiality


def test_take_up_application_records(town, sent):
    actions.take_up_application(sent, by=town.principal)

    assert sent.status == "in_review"
    assert sent.impartiality_answers.get().stands_aside is False


def test_take_up_application_refuses_a_tie_without_a_note(town):
    application = applied(town.gathering, town.zofia, relationship_to_decider=True)

    with pytest.raises(NotDecidable):
        actions.take_up_application(application, by=town.principal)
    actions.take_up_application(application, by=town.principal, note="Vi er naboer, ikke mer.")

    assert application.impartiality_answers.get().note == "Vi er naboer, ikke mer."


def test_take_up_application_refuses_an_own_child_without_a_note(town, sent):
    make.confirmed(town.principal, make.pupil("Liv", "Haugen", in_class=town.first))

    with pytest.raises(NotDecidable):
        actions.take_up_application(sent, by=town.principal)


def test_take_up_application_denies_a_principal_who_is_class_contact(town, sent):
    make.confirmed(town.principal, make.pupil("Liv", "Haugen", in_class=town.first))
    make.role(town.principal, Role.Kind.CLASS_CONTACT, town.first)

    with pytest.raises(PermissionDenied):
        actions.take_up_application(sent, by=town.principal)
    actions.stand_aside(sent, by=town.principal)

    assert sent.status == "transferred"


def test_take_up_application_denies_a_principal_elsewhere(town, sent):
    other = make.holder(Role.Kind.PRINCIPAL, make.school("Annen skole", within=town.school.municipality))

    with pytest.raises(PermissionDenied):
        actions.take_up_application(sent, by=other)


def test_stand_aside_records_and_blocks_the_school(town, sent):
    actions.stand_aside(sent, by=town.principal, note="Søsteren min søker.")

    assert sent.status == "transferred"
    for blocked in (town.principal, town.deputy):
        with pytest.raises(PermissionDenied):
            actions.take_up_application(sent, by=blocked)
    actions.take_up_application(sent, by=town.officer)
    letter = approve(sent, town.officer).letter
    assert letter["signed"][0] == town.school.municipality.name
    assert any(f"{town.school.municipality.name}." in line for line in letter["parts"][5]["lines"])


def test_stand_aside_refuses_after_the_decision(town, in_review):
    approve(in_review, town.principal)

    with pytest.raises(NotMovable):
        actions.stand_aside(in_review, by=town.deputy)


def test_stand_aside_denies_the_municipality_before_it_is_asked(town, sent):
    with pytest.raises(PermissionDenied):
        actions.stand_aside(sent, by=town.officer)


# More information


def ask(application, by):
    return actions.ask_for_information(
        application, by=by, question="Hvor mange kommer?", answer_by=timezone.localdate() + timedelta(days=5)
    )


def test_ask_for_information_records(town, in_review):
    asked = ask(in_review, town.principal)

    assert (in_review.status, asked.answered_at) == ("needs_info", None)


def test_ask_for_information_refuses_twice(town, in_review):
    ask(in_review, town.principal)

    with pytest.raises(NotMovable):
        ask(in_review, town.principal)


def test_answer_request_records_and_the_case_goes_on(town, in_review):
    asked = ask(in_review, town.principal)
    actions.answer_request(asked, by=town.amir, answer="Tjue")
    actions.take_up_application(in_review, by=town.principal)

    assert approve(in_review, town.principal).result == "approved"
    with pytest.raises(NotMovable):
        actions.answer_request(asked, by=town.zofia, answer="Nitten")


def test_answer_request_denies_the_principal(town, in_review):
    asked = ask(in_review, town.principal)

    with pytest.raises(PermissionDenied):
        actions.answer_request(asked, by=town.principal, answer="x")


def test_take_up_application_refuses_before_the_answer_is_due(town, in_review):
    asked = ask(in_review, town.principal)

    with pytest.raises(NotMovable):
        actions.take_up_application(in_review, by=town.principal)
    asked.answer_by = timezone.localdate() - timedelta(days=1)
    asked.save()
    actions.take_up_application(in_review, by=town.principal)

    assert in_review.status == "in_review"


# Deciding


def test_decide_application_records(town, in_review):
    decision = approve(in_review, town.principal)

    assert (in_review.status, decision.amount, decision.version) == ("approved", 100_000, 1)
    assert len(decision.conditions) == 6
    assert Event.objects.about(in_review).filter(verb="grants.decision_made").count() == 1


def test_decide_application_partly(town, in_review):
    said = {"reasons": "Noe er dyrt.", "considerations": "Budsjettet.", "rules": [town.ground]}

    assert approve(in_review, town.principal, amount=50_000, **said).result == "partly_approved"


@pytest.mark.parametrize("gap", [{"reasons": ""}, {"considerations": " "}, {"rules": []}])
def test_decide_application_refuses_a_no_without_its_parts(town, in_review, gap):
    with pytest.raises(NotDecidable):
        refuse(in_review, town.principal, town, **gap)

    in_review.refresh_from_db()
    assert in_review.status == "in_review"


@pytest.mark.parametrize("amount", [None, 0, 100_001])
def test_decide_application_refuses_a_wrong_amount(town, in_review, amount):
    with pytest.raises(NotDecidable):
        approve(in_review, town.principal, amount=amount)


def test_decide_application_refuses_before_the_impartiality_question(town, in_review):
    with pytest.raises(NotDecidable):
        approve(in_review, town.deputy)


def test_decide_application_refuses_a_second_decision(town, in_review):
    approve(in_review, town.principal)

    with pytest.raises(NotMovable):
        refuse(in_review, town.principal, town)


def test_decide_application_refuses_a_second_award_for_the_class(town, in_review):
    second = applied(gathering(town.first, "Bål"), town.amir)
    actions.take_up_application(second, by=town.principal)
    approve(in_review, town.principal)

    with pytest.raises(AlreadyAwarded):
        approve(second, town.principal)
    assert refuse(second, town.principal, town).result == "rejected"


def test_decide_application_refuses_what_is_not_left(town, in_review):
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 60_000})

    with pytest.raises(BudgetSpent):
        approve(in_review, town.principal)


def test_decide_application_denies_rules_from_elsewhere(town, in_review):
    town.ground.municipality = make.municipality("Fjell")

    with pytest.raises(PermissionDenied):
        refuse(in_review, town.principal, town)


def test_decide_application_denies_a_deputy_whose_delegation_has_ended(town, in_review):
    role = Role.objects.get(person=town.deputy)
    end_role(role, by=the_portal())

    with pytest.raises(PermissionDenied):
        actions.take_up_application(in_review, by=town.deputy)


def test_decision_cannot_be_changed_or_deleted(town, in_review):
    decision = approve(in_review, town.principal)

    for change in (lambda rows: rows.update(amount=1), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Decision.objects.filter(pk=decision.pk))


def test_correct_decision_records_a_new_version(town, in_review):
    first = approve(in_review, town.principal)

    second = actions.correct_decision(first, by=town.principal, correction_note="Feil dato.", amount=100_000)

    assert (second.version, second.corrects, second.result) == (2, first, "approved")
    assert "2" in second.letter["marked"]


def test_correct_decision_refuses_an_old_version(town, in_review):
    first = approve(in_review, town.principal)
    actions.correct_decision(first, by=town.principal, correction_note="Feil dato.", amount=100_000)

    with pytest.raises(NotMovable):
        actions.correct_decision(first, by=town.principal, correction_note="Igjen.", amount=100_000)


def test_correct_decision_refuses_without_saying_why(town, in_review):
    first = approve(in_review, town.principal)

    with pytest.raises(NotDecidable):
        actions.correct_decision(first, by=town.principal, correction_note=" ", amount=100_000)


def test_correct_decision_denies_the_class(town, in_review):
    first = approve(in_review, town.principal)

    with pytest.raises(PermissionDenied):
        actions.correct_decision(first, by=town.zofia, correction_note="x")


def test_give_journal_number_records(town, sent):
    actions.give_journal_number(sent, by=town.principal, journal_number="26/01234-3")

    assert sent.journal_number == "26/01234-3"


def test_every_status_has_its_moves():
    assert set(MOVES) == set(Status)
    assert {end for ends in MOVES.values() for end in ends} <= set(Status)


def test_answer_is_due_a_month_after(town, sent):
    sent.submitted_at = timezone.make_aware(timezone.datetime(2027, 1, 31, 12))

    assert sent.answer_due == date(2027, 2, 28)
