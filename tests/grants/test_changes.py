"""A gathering is moved, replaced or never held: what follows for the money. And every move of a case, and no other."""

from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from grants import actions, case_page
from grants.appeal.actions import send_appeal, withdraw_appeal
from grants.changes import actions as changes
from grants.changes.tasks import lapse_unused_awards
from grants.models import GrantApplication, GrantReport
from grants.models.applications import DECIDED, MOVES, NotEligible, NotMovable, Status
from grants.money import actions as money
from grants.papers import papers_of
from grants.partners import actions as partners
from grants.queries import budget_of
from grants.schemes import actions as schemes
from networks.models import Gathering
from portal.actions import Refusal
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from tests.grants.cast import FULL, applied, gathering
from tests.ground import once
from tests.pages import address, as_, markup, text

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@once
def awarded(town, in_review):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    return in_review


def told(verb):
    event = Event.objects.filter(verb=verb).last()
    publish(event.pk)
    return {(one.kind, one.recipient.given_name) for one in Notice.objects.filter(event_id=event.pk)}


def test_the_money_is_used_for_another_gathering(town, awarded):
    other = gathering(town.first, "Bål", days=40)
    as_(town.amir).post(page("application_replace", awarded.pk), {"gathering": other.pk})

    awarded.refresh_from_db()
    assert (awarded.gathering, awarded.status) == (other, "approved")
    assert ("grants.gathering_replaced", "Solveig") in told("grants.gathering_replaced")
    assert "Bål" in markup(as_(town.amir).get(page("application_show", awarded.pk)))


def test_where_no_other_is_planned_the_class_contact_finds_where_to_plan_one(town, awarded):
    at = page("application_replace", awarded.pk)

    assert f'href="/gatherings/classes/{town.first.pk}/new/"' in markup(as_(town.amir).get(at))


def test_who_applies_along_reads_who_plans_another(town):
    draft = actions.draft_application(town.gathering, by=town.zofia, **FULL)
    partners.accept_invitation(partners.invite_co_applicant(draft, by=town.zofia, partner=town.parent), by=town.parent)

    shown = markup(as_(town.parent).get(page("application_replace", draft.pk)))

    assert "The class contact plans the gatherings of the class." in shown
    assert "/new/" not in shown


@pytest.mark.parametrize(
    "state",
    [
        {"days": -2},
        {"days": 900},
        {"kind": "theme"},
        {"state": "cancelled", "published_at": timezone.now(), "cancelled_at": timezone.now()},
    ],
)
def test_the_money_is_not_used_for_what_the_scheme_is_not_for(town, awarded, state):
    with pytest.raises(NotEligible):
        changes.replace_gathering(awarded, by=town.zofia, gathering=gathering(town.first, "Annet", **state))


def test_the_money_is_not_used_for_a_gathering_that_has_an_application(town, awarded):
    other = gathering(town.first, "Bål")
    GrantApplication.objects.create(
        gathering=other,
        scheme=awarded.scheme,
        school_class=town.first,
        school=town.school,
        applicant=town.amir,
        reply_language="nb",
    )
    with pytest.raises(NotEligible):
        changes.replace_gathering(awarded, by=town.zofia, gathering=other)


def test_only_the_class_chooses_and_only_its_own(town, awarded):
    with pytest.raises(PermissionDenied):
        changes.replace_gathering(awarded, by=town.principal, gathering=gathering(town.first, "Bål"))
    with pytest.raises(PermissionDenied):
        changes.replace_gathering(awarded, by=town.parent, gathering=gathering(town.first, "Lek"))


def test_money_that_is_given_back_is_free_and_the_class_may_apply_again(town, awarded):
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 100_000})
    assert budget_of(town.scheme, town.school).left == 0

    as_(town.zofia).post(page("award_lapse", awarded.pk))

    awarded.refresh_from_db()
    assert (awarded.status, awarded.account) == ("lapsed", None)
    assert budget_of(town.scheme, town.school).left == 100_000
    assert applied(gathering(town.first, "Bål"), town.zofia).status == "submitted"
    assert told("grants.award_lapsed") == {
        ("grants.lapsed_class", "Zofia"),
        ("grants.lapsed_class", "Amir"),
        ("grants.lapsed_decider", "Solveig"),
        ("grants.lapsed_decider", "Dag"),
    }


@pytest.mark.parametrize("is_open", [True, False])
def test_that_the_class_can_apply_again_is_said_while_it_can(town, awarded, is_open):
    town.scheme.closes_on = timezone.localdate() + timedelta(days=1 if is_open else -1)
    town.scheme.save()
    lead = markup(as_(town.zofia).get(page("award_lapse", awarded.pk)))
    changes.lapse_award(awarded, by=town.zofia)
    told("grants.award_lapsed")
    kinds = ("grants.lapsed_class", "grants.lapsed_decider")
    with translation.override("en"):
        letters = [KINDS[kind](Notice.objects.filter(kind=kind).first()) for kind in kinds]

    words = " ".join(line for letter in letters for line in letter.lines)
    assert ("can apply again" in words, "free for other classes" in words) == (is_open, is_open)
    assert ("can apply again" in lead) == is_open
    history = markup(as_(town.zofia).get(page("application_show", awarded.pk)))
    assert "free for others" not in history


def test_money_that_is_paid_out_does_not_lapse(town, awarded, monkeypatch):
    monkeypatch.setattr(case_page, "_SECURED", [lambda application: "It is paid."])

    with pytest.raises(NotMovable, match="It is paid"):
        changes.lapse_award(awarded, by=town.zofia)
    assert "It is paid." in markup(as_(town.zofia).get(page("award_lapse", awarded.pk)))


def test_a_stranger_gives_nothing_back(town, awarded):
    with pytest.raises(PermissionDenied):
        changes.lapse_award(awarded, by=town.parent)


def test_who_decided_frees_the_money_of_a_cancelled_gathering_and_of_no_other(town, awarded):
    with pytest.raises(PermissionDenied):
        changes.lapse_award(awarded, by=town.principal)
    assert page("award_lapse", awarded.pk) not in as_(town.principal).get(awarded.get_absolute_url()).content.decode()
    now = timezone.now()
    Gathering.objects.filter(pk=awarded.gathering_id).update(state="cancelled", published_at=now, cancelled_at=now)

    changes.lapse_award(awarded, by=town.principal)
    assert awarded.status == "lapsed"


def test_after_its_report_the_class_uses_the_money_for_nothing_else(town, awarded):
    other, now = gathering(town.first, "Bål", days=40), timezone.now()
    GrantReport.objects.create(
        application=awarded,
        held_on=now,
        spent=1,
        sent_by=town.zofia,
        involved="x",
        used_for="y",
        families=1,
        adults=1,
        children=1,
        siblings=0,
    )

    with pytest.raises(NotMovable, match="Saken er avsluttet"):
        changes.replace_gathering(awarded, by=town.zofia, gathering=other)
    at = page("application_replace", awarded.pk)
    assert at not in as_(town.zofia).get(page("application_show", awarded.pk)).content.decode()


def test_the_money_is_not_used_for_a_gathering_that_leaves_some_out(town, awarded):
    other = gathering(town.first, "Bål", state="published", published_at=timezone.now())

    with pytest.raises(NotEligible, match="hele klassen"):
        changes.replace_gathering(awarded, by=town.zofia, gathering=other)


def test_lapse_unused_awards_takes_those_of_a_period_that_is_over_and_does_nothing_twice(town, awarded):
    Gathering.objects.update(state="cancelled", published_at=timezone.now(), cancelled_at=timezone.now())
    lapse_unused_awards()
    awarded.refresh_from_db()
    assert awarded.status == "approved"

    day = timezone.localdate()
    town.scheme.starts_on, town.scheme.ends_on = day - timedelta(days=300), day - timedelta(days=1)
    town.scheme.save()
    lapse_unused_awards()
    awarded.refresh_from_db()
    assert awarded.status == "lapsed"

    lapse_unused_awards()
    assert Event.objects.filter(verb="grants.award_lapsed").count() == 1


def test_of_an_award_that_is_not_used_the_account_goes_and_all_that_was_said_stays(town, awarded):
    type(town.scheme).objects.update(archive_class="243", kept_years=10)
    other = {"payee_kind": "committee", "account": "1503 20 30030", "account_holder": "FAU Lia"}
    money.ask_payee_change(awarded, by=town.zofia, **other)
    before, papers = GrantApplication.objects.get(), {one.key for one in papers_of(awarded)}
    shown = text(as_(town.zofia).get(page("award_lapse", awarded.pk)))
    assert "The account number is deleted at once." in shown
    assert "How long the case is kept: 10 years." in shown

    changes.lapse_award(awarded, by=town.zofia)

    after = GrantApplication.objects.get()
    new = {field.name for field in after._meta.fields if getattr(after, field.name) != getattr(before, field.name)}
    assert new == {"status", "award_number", "account", "account_holder", "changed_at", "noted"}
    assert (after.account, after.account_holder, after.payee_changes.count()) == (None, "", 0)
    assert {one.key for one in papers_of(after)} == {*papers, "lapsed-1"}


def test_an_award_does_not_lapse_while_an_appeal_is_open(town, awarded):
    appeal = send_appeal(awarded.decisions.get(), by=town.zofia, what="It", change="More")
    Gathering.objects.update(state="cancelled", published_at=timezone.now(), cancelled_at=timezone.now())
    day = timezone.localdate()
    type(town.scheme).objects.update(starts_on=day - timedelta(days=300), ends_on=day - timedelta(days=1))

    for person in (town.zofia, town.principal):
        with pytest.raises(NotMovable, match="har klaget"):
            changes.lapse_award(awarded, by=person)
    shown = markup(as_(town.zofia).get(page("award_lapse", awarded.pk)))
    assert "when the appeal is decided or withdrawn" in shown
    assert "Give the money back" not in shown
    assert page("award_lapse", awarded.pk) not in markup(as_(town.zofia).get(awarded.get_absolute_url()))
    lapse_unused_awards()
    awarded.refresh_from_db()
    assert awarded.status == "approved"

    withdraw_appeal(appeal, by=town.zofia)
    lapse_unused_awards()
    awarded.refresh_from_db()
    assert awarded.status == "lapsed"


def test_a_lapsed_award_is_not_corrected_back_to_life(town, awarded):
    changes.lapse_award(awarded, by=town.zofia)
    with pytest.raises(Refusal):
        actions.correct_decision(awarded.decisions.get(), by=town.principal, correction_note="x", amount=50_000)


def test_who_decided_hears_that_the_gathering_is_moved_and_that_the_money_follows(town, awarded):
    event = Event.objects.create(
        verb="networks.gathering_changed",
        subject_type="networks.Gathering",
        subject_id=str(town.gathering.pk),
        by=town.zofia.pk,
        details={"elsewhere": True, "told": True},
    )
    publish(event.pk)
    notice = Notice.objects.filter(kind="grants.moved_decider", recipient=town.principal).get()

    assert KINDS["grants.moved_decider"].wanted(notice)
    assert "Støtten følger med. Du trenger ikke å gjøre noe." in KINDS["grants.moved_decider"](notice).lines


# Every move of a case, and no other


def at(town, status):
    """A case of this state, brought there by its people."""
    application = actions.draft_application(gathering(town.first, "Sak"), by=town.zofia, **FULL)
    if status == Status.DRAFT:
        return application
    if status != Status.WITHDRAWN:
        actions.submit_application(application, by=town.zofia)
    steps = {
        Status.SUBMITTED: [],
        Status.WITHDRAWN: [lambda: actions.withdraw_application(application, by=town.zofia)],
        Status.TRANSFERRED: [lambda: actions.stand_aside(application, by=town.principal)],
    }
    opened = lambda: actions.take_up_application(application, by=town.principal)  # noqa: E731
    asked = lambda: actions.ask_for_information(  # noqa: E731
        application, by=town.principal, question="?", answer_by=timezone.localdate()
    )
    steps |= {Status.IN_REVIEW: [opened], Status.NEEDS_INFO: [opened, asked]}
    lapses = lambda: changes.lapse_award(application, by=town.zofia)  # noqa: E731
    for result in ("approved", "partly_approved", "rejected", "dismissed", "lapsed"):
        steps[Status(result)] = [opened, partial(decided, town, application, result)]
    steps[Status.LAPSED] = [opened, partial(decided, town, application, "approved"), lapses]
    for step in steps[status]:
        step()
    application.refresh_from_db()
    return application


def decided(town, application, result):
    said = {"reasons": "x", "considerations": "y", "rules": [town.ground]}
    amount = {"approved": 100_000, "partly_approved": 50_000}.get(result)
    given = {"result": "approved" if amount else result, "amount": amount}
    return actions.decide_application(application, by=town.principal, **given, **said)


DOES = {
    Status.SUBMITTED: lambda town, one: actions.submit_application(one, by=town.zofia),
    Status.WITHDRAWN: lambda town, one: actions.withdraw_application(one, by=town.zofia),
    Status.TRANSFERRED: lambda town, one: actions.stand_aside(one, by=town.principal),
    Status.IN_REVIEW: lambda town, one: actions.take_up_application(one, by=town.principal),
    Status.NEEDS_INFO: lambda town, one: actions.ask_for_information(
        one, by=town.principal, question="?", answer_by=timezone.localdate()
    ),
    Status.LAPSED: lambda town, one: changes.lapse_award(one, by=town.zofia),
    **{
        result: lambda town, one, result=result: decided(town, one, result)
        for result in (Status.APPROVED, Status.PARTLY_APPROVED, Status.REJECTED, Status.DISMISSED)
    },
}
BY_OTHERS = {  # reached by an answer, by the officer alone, or by a correction: tested where those are
    (Status.NEEDS_INFO, Status.SUBMITTED),
    (Status.NEEDS_INFO, Status.IN_REVIEW),
    (Status.TRANSFERRED, Status.IN_REVIEW),
    (Status.APPROVED, Status.PARTLY_APPROVED),
    (Status.PARTLY_APPROVED, Status.APPROVED),
}
STAYS = {(Status.IN_REVIEW, Status.IN_REVIEW), (Status.TRANSFERRED, Status.TRANSFERRED)}  # pressed twice


@pytest.mark.parametrize(("before", "after"), sorted(set(product(Status, DOES)) - BY_OTHERS - STAYS))
def test_a_case_makes_every_move_of_the_table_and_no_other(town, before, after):
    application = at(town, before)
    assert application.status == before

    if after in MOVES[before]:
        DOES[after](town, application)
        application.refresh_from_db()
        assert application.status == after
        return
    with pytest.raises((Refusal, PermissionDenied)):
        DOES[after](town, application)
    application.refresh_from_db()
    assert application.status == before


def test_the_other_moves_of_the_table(town):
    """Information given goes back to sent, an officer goes on with what was passed on, a correction may change all to part."""
    asked = at(town, Status.NEEDS_INFO)
    actions.answer_request(asked.information_requests.get(), by=town.amir, answer="Tjue.")
    asked.refresh_from_db()
    assert asked.status == "submitted"
    actions.withdraw_application(asked, by=town.zofia)

    passed_on = at(town, Status.TRANSFERRED)
    actions.take_up_application(passed_on, by=town.officer)
    assert passed_on.status == "in_review"
    actions.withdraw_application(passed_on, by=town.zofia)

    given = at(town, Status.APPROVED)
    corrected = actions.correct_decision(
        given.decisions.get(), by=town.principal, correction_note="x", amount=50_000, reasons="y", considerations="z"
    )
    given.refresh_from_db()
    assert (given.status, corrected.amount) == ("partly_approved", 50_000)
    assert set(DECIDED) <= set(MOVES)
