"""An appeal from the first press to the outcome: every move, who may make it, and what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from grants import actions as grants
from grants.appeal import actions
from grants.appeal.queries import takes_appeal
from grants.appeal.rules import can_review, can_settle
from grants.appeal.todos import appeals_to_review, appeals_to_settle
from grants.deadlines import last_day_to_appeal
from grants.models import Appeal, Decision, GrantApplication, GrantScheme
from grants.models.appeals import MOVES, AppealOver, NoReasonsDue, NotAppealable, State
from grants.models.decisions import BudgetSpent, NotDecidable
from portal.people.hats import hats_of
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.appeal.conftest import after, decided, fresh, newest
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db


def forwarded(appeal, by):
    actions.forward_appeal(appeal, by=by, statement="We stand by it.")
    return fresh(appeal)


def settled(appeal, by, state, **said):
    day = appeal.school.today()
    actions.settle_appeal(appeal, by=by, state=state, outcome="The rule is clear.", decided_on=day, **said)
    return fresh(appeal)


# Sending


def test_an_appeal_says_what_and_which_change_and_why_only_if_they_like(town, rejected):
    appeal = actions.send_appeal(rejected, by=town.amir, what="The rejection", change="We want 1000 kroner.")

    assert (appeal.state, appeal.is_late, appeal.why) == (State.SENT, False, "")
    assert fresh(rejected.application).appealed_at == appeal.sent_at


def test_only_the_class_contacts_of_today_appeal(town, rejected):
    for person in (town.parent, town.principal, town.officer):
        with pytest.raises(PermissionDenied):
            actions.send_appeal(rejected, by=person, what="It", change="More")


def test_a_decision_is_appealed_once(town, rejected, appeal):
    with pytest.raises(NotAppealable):
        actions.send_appeal(rejected, by=town.amir, what="It", change="More")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_appeal_at_once_one_is_refused(town):
    rejected = decided(town, result="rejected", rules=[town.ground], reasons="No.", considerations="None.")
    told, said = [], {"what": "It", "change": "More"}
    with transaction.atomic():
        actions.send_appeal(rejected, by=town.zofia, **said)
        thread = in_a_thread(told, lambda: actions.send_appeal(fresh(rejected), by=town.amir, **said))
    thread.join()

    assert told == [NotAppealable]
    assert Appeal.objects.count() == 1


def test_a_late_appeal_says_why_it_is_late(town, rejected):
    with after(40):
        with pytest.raises(NotAppealable, match="Skriv hvorfor"):
            actions.send_appeal(rejected, by=town.zofia, what="It", change="More")
        appeal = actions.send_appeal(rejected, by=town.zofia, what="It", change="More", why_late="I was ill.")

    assert appeal.is_late


def test_on_the_last_day_it_is_in_time(town, rejected):
    left = rejected.last_day_to_appeal - town.school.today()
    with after(left.days):
        assert not actions.send_appeal(rejected, by=town.zofia, what="It", change="More").is_late


def test_after_a_year_nothing_is_taken_up(town, rejected):
    with after(360):
        assert takes_appeal(fresh(rejected))
    with after(368):
        assert not takes_appeal(fresh(rejected))
        with pytest.raises((NotAppealable, PermissionDenied)):
            actions.send_appeal(rejected, by=town.zofia, what="It", change="More", why_late="I was ill.")


def test_an_older_version_is_not_appealed(town, partly):
    grants.correct_decision(partly, by=town.principal, correction_note="The sum.", amount=50_000)

    with pytest.raises(NotAppealable):
        actions.send_appeal(partly, by=town.zofia, what="It", change="More")


def test_where_no_limit_is_set_no_appeal_is_late(town):
    GrantScheme.objects.update(appeal_weeks=None)
    rejected = decided(town, result="rejected", rules=[town.ground], reasons="No.", considerations="None.")

    with after(200):
        assert not actions.send_appeal(fresh(rejected), by=town.zofia, what="It", change="More").is_late


# Who looks at it


def test_who_decided_first_cannot_take_part(town, appeal):
    assert not can_review(town.principal, appeal)
    assert not can_settle(town.principal, appeal)


def test_a_deputy_does_not_look_at_what_the_principal_decided(town, appeal):
    assert not can_review(town.deputy, appeal)
    assert can_review(town.officer, appeal)


def test_a_principal_looks_at_what_a_deputy_decided(town):
    rejected = decided(town, by=town.deputy, result="rejected", rules=[town.ground], reasons="No", considerations="-")
    appeal = actions.send_appeal(rejected, by=town.zofia, what="It", change="More")

    assert can_review(town.principal, appeal)
    assert not can_review(town.deputy, appeal)


def test_an_officer_who_decided_leaves_the_appeal_to_another(town, sent, second_officer):
    grants.stand_aside(sent, by=town.principal)
    grants.take_up_application(sent, by=town.officer)
    said = {"reasons": "No", "considerations": "-", "rules": [town.ground]}
    decision = grants.decide_application(sent, by=town.officer, result="rejected", **said)
    appeal = actions.send_appeal(decision, by=town.zofia, what="It", change="More")

    assert [can_review(one, appeal) for one in (town.officer, town.principal, second_officer)] == [False, False, True]
    assert [can_settle(one, appeal) for one in (town.officer, second_officer)] == [False, True]


def test_nobody_with_a_child_in_the_class_or_another_school_takes_part(town, appeal):
    elsewhere = make.holder(Role.Kind.PRINCIPAL, make.school("Annen skole", within=town.school.municipality))
    make.role(town.parent, Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality)

    assert not can_review(elsewhere, appeal)
    assert not can_review(town.parent, appeal)
    with pytest.raises(PermissionDenied):
        actions.forward_appeal(appeal, by=town.parent, statement="No.")


def test_the_municipality_sees_a_case_once_it_is_appealed(town, rejected):
    seen = GrantApplication.objects.visible_to(town.officer)
    assert not seen.exists()

    actions.send_appeal(rejected, by=town.zofia, what="It", change="More")

    assert seen.exists()


# Looking at it


def test_changed_in_favour_is_a_new_version_with_a_letter(town, appeal):
    decision = actions.change_in_favour(appeal, by=town.officer, statement="All are invited now.", amount=100_000)

    assert (decision.version, decision.after, decision.amount, decision.result) == (2, "review", 100_000, "approved")
    assert decision.letter["marked"] == "Changed after your appeal, version 2"
    assert fresh(appeal).state == State.IN_FAVOUR
    assert fresh(appeal.application).status == "approved"
    assert decision.letter["parts"][0]["lines"][-1].endswith("after your appeal.")


def test_an_appeal_never_makes_it_worse(town, partly):
    appeal = actions.send_appeal(partly, by=town.zofia, what="It", change="More")
    for amount in (40_000, 1, 0):
        with pytest.raises(NotDecidable):
            actions.change_in_favour(appeal, by=town.officer, statement="Less.", amount=amount)
    actions.change_in_favour(appeal, by=town.officer, statement="A bit more.", amount=60_000)

    assert fresh(partly.application).status == "partly_approved"


def test_the_budget_holds_for_what_an_appeal_gives(town, appeal):
    town.scheme.budget = 50_000
    town.scheme.save()

    with pytest.raises(BudgetSpent):
        actions.change_in_favour(appeal, by=town.officer, statement="Yes.", amount=100_000)


def test_what_is_sent_on_has_a_statement(town, appeal):
    sent_on = forwarded(appeal, town.officer)

    assert (sent_on.state, sent_on.statement, sent_on.reviewed_by) == (State.FORWARDED, "We stand by it.", town.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(statement="")


def test_only_what_came_too_late_is_not_taken_up(town, appeal):
    with pytest.raises(NotAppealable):
        actions.dismiss_appeal(appeal, by=town.officer, statement="Too late.")
    Appeal.objects.filter(pk=appeal.pk).update(is_late=True, why_late="Ill.")
    actions.dismiss_appeal(appeal, by=town.officer, statement="No special reason.")

    assert fresh(appeal).state == State.DISMISSED


# The appeal body


def test_it_stands(town, appeal):
    done = settled(forwarded(appeal, town.officer), town.officer, State.UPHELD)

    assert (done.state, done.leads_to) == (State.UPHELD, None)
    assert fresh(appeal.application).status == "rejected"


def test_what_the_appeal_body_changes_is_final(town, appeal):
    done = settled(forwarded(appeal, town.officer), town.officer, State.CHANGED, amount=100_000)
    decision = newest(done)

    assert (done.leads_to, decision.after, decision.amount) == (decision, "appeal", 100_000)
    assert "It cannot be appealed again" in [part["heading"] for part in decision.letter["parts"]]
    with pytest.raises(NotAppealable, match="ikke klages på nytt"):
        actions.send_appeal(decision, by=town.zofia, what="It", change="More")


def test_what_is_sent_back_is_looked_at_again(town, appeal):
    back = settled(forwarded(appeal, town.officer), town.officer, State.SENT_BACK)
    decision = actions.change_in_favour(back, by=town.officer, statement="Right.", amount=100_000)

    assert fresh(appeal).leads_to == decision


@pytest.mark.parametrize("days", [-1, 1])
def test_the_appeal_body_decides_between_the_appeal_and_today(town, appeal, days):
    sent_on = forwarded(appeal, town.officer)
    day = town.school.today() + timedelta(days=days)

    with pytest.raises(NotDecidable):
        actions.settle_appeal(sent_on, by=town.officer, state=State.UPHELD, outcome="No.", decided_on=day)


def test_the_class_takes_its_appeal_back_and_may_appeal_again(town, appeal):
    actions.withdraw_appeal(appeal, by=town.amir)

    assert fresh(appeal).state == State.WITHDRAWN
    actions.send_appeal(appeal.decision, by=town.zofia, what="It", change="More")


MAKES = {
    State.IN_FAVOUR: lambda appeal, by: actions.change_in_favour(appeal, by=by, statement="Yes.", amount=100_000),
    State.FORWARDED: lambda appeal, by: actions.forward_appeal(appeal, by=by, statement="No."),
    State.DISMISSED: lambda appeal, by: actions.dismiss_appeal(appeal, by=by, statement="Late."),
    State.UPHELD: lambda appeal, by: settled(appeal, by, State.UPHELD),
    State.CHANGED: lambda appeal, by: settled(appeal, by, State.CHANGED, amount=100_000),
    State.SENT_BACK: lambda appeal, by: settled(appeal, by, State.SENT_BACK),
    State.WITHDRAWN: lambda appeal, _by: actions.withdraw_appeal(appeal, by=appeal.by),
}
WAY_TO = {
    State.SENT: (),
    State.FORWARDED: (State.FORWARDED,),
    State.SENT_BACK: (State.FORWARDED, State.SENT_BACK),
    State.IN_FAVOUR: (State.IN_FAVOUR,),
    State.UPHELD: (State.FORWARDED, State.UPHELD),
    State.CHANGED: (State.FORWARDED, State.CHANGED),
    State.DISMISSED: (State.DISMISSED,),
    State.WITHDRAWN: (State.WITHDRAWN,),
}


@pytest.mark.parametrize("state", MOVES)
def test_every_move_is_made_and_every_other_refused(town, appeal, state):
    Appeal.objects.update(is_late=True, why_late="Ill.")
    appeal = fresh(appeal)
    for step in WAY_TO[state]:
        MAKES[step](appeal, town.officer)
        appeal = fresh(appeal)
    assert appeal.state == state
    for target, make_move in MAKES.items():
        mark = transaction.savepoint()
        if target in MOVES[state]:
            make_move(appeal, town.officer)
            assert fresh(appeal).state == target
        else:
            with pytest.raises((AppealOver, NotAppealable, PermissionDenied)):
                make_move(appeal, town.officer)
        transaction.savepoint_rollback(mark)
        appeal = fresh(appeal)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_look_at_it_at_once_one_is_refused(town, second_officer):
    rejected = decided(town, result="rejected", rules=[town.ground], reasons="No.", considerations="None.")
    appeal, told = actions.send_appeal(rejected, by=town.zofia, what="It", change="More"), []
    with transaction.atomic():
        actions.forward_appeal(appeal, by=town.officer, statement="No.")
        said = {"statement": "Yes.", "amount": 100_000}
        thread = in_a_thread(told, lambda: actions.change_in_favour(fresh(appeal), by=second_officer, **said))
    thread.join()

    assert told == [AppealOver]
    assert Decision.objects.count() == 1


# What waits


def test_it_waits_for_those_who_did_not_decide_until_it_is_done(town, appeal):
    [officer], [principal] = hats_of(town.officer), hats_of(town.principal)

    assert [todo.url for todo in appeals_to_review(officer)] == [f"/grants/appeals/{appeal.pk}/review/"]
    assert appeals_to_review(principal) == []
    sent_on = forwarded(appeal, town.officer)
    assert appeals_to_review(officer) == []
    assert [todo.url for todo in appeals_to_settle(officer)] == [f"/grants/appeals/{appeal.pk}/outcome/"]
    settled(sent_on, town.officer, State.UPHELD)
    assert appeals_to_settle(officer) == []


# Reasons


def test_reasons_stop_the_time_to_appeal_and_it_runs_anew(town, approved):
    demand = actions.ask_reasons(approved, by=town.zofia)
    assert fresh(approved).last_day_to_appeal == approved.told_on.replace(year=approved.told_on.year + 1)

    actions.give_reasons(demand, by=town.principal, reasons="All were invited.")
    told_on = town.school.today() + timedelta(days=2)
    actions.tell_reasons(demand, by=the_portal(), told_on=told_on)
    assert fresh(approved).last_day_to_appeal == last_day_to_appeal(told_on, country="NO")


def test_reasons_are_asked_for_once_and_only_where_they_are_not_given(town, rejected):
    with pytest.raises(NoReasonsDue):
        actions.ask_reasons(rejected, by=town.zofia)


def test_reasons_are_asked_for_within_the_days_of_the_scheme(town, approved):
    town.scheme.reasons_days = 14
    town.scheme.save()

    with after(16), pytest.raises(NoReasonsDue):
        actions.ask_reasons(fresh(approved), by=town.zofia)
    with after(13):
        demand = actions.ask_reasons(fresh(approved), by=town.zofia)
    with pytest.raises(NoReasonsDue):
        actions.ask_reasons(fresh(approved), by=town.amir)
    actions.give_reasons(demand, by=town.principal, reasons="All were invited.")
    with pytest.raises(NoReasonsDue):
        actions.give_reasons(fresh(demand), by=town.deputy, reasons="Others.")
