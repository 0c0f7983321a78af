"""What is appealed, or decided by the appeal body, is corrected by nobody; what an appeal gave is never taken back."""

import pytest

from grants.actions import correct_decision
from grants.appeal import actions
from grants.models.applications import NotMovable
from grants.models.decisions import NotDecidable
from tests.grants.appeal.conftest import SAID, after, fresh, newest
from tests.pages import address, as_

pytestmark = pytest.mark.django_db


def correct(decision, by, amount=None):
    return correct_decision(fresh(decision), by=by, correction_note="The sum.", amount=amount)


def settle(appeal, by, state, amount=None):
    actions.forward_appeal(appeal, by=by, statement="We stand by it.")
    said = {"outcome": "The rule is clear.", "decided_on": appeal.school.today(), "amount": amount}
    actions.settle_appeal(fresh(appeal), by=by, state=state, **said)


def page(decision):
    return address("grants", "decision_correct", decision.pk)


def test_what_is_appealed_is_not_corrected_and_a_change_by_the_body_can_be_written_down(town, rejected, appeal):
    with pytest.raises(NotMovable):
        correct(rejected, town.principal)
    browser = as_(town.principal)
    assert page(rejected) not in browser.get(rejected.get_absolute_url()).content.decode()
    assert browser.get(page(rejected)).url == rejected.get_absolute_url()

    settle(appeal, town.officer, "changed", 100_000)

    assert newest(appeal).is_final


@pytest.mark.parametrize(("state", "amount"), [("changed", 60_000), ("upheld", None)])
def test_what_the_appeal_body_decided_is_not_corrected(town, appeal, state, amount):
    settle(appeal, town.officer, state, amount)

    with pytest.raises(NotMovable):
        correct(newest(appeal), town.principal, 40_000)


def test_what_was_sent_back_waits_and_what_was_withdrawn_is_corrected(town, rejected, appeal):
    settle(appeal, town.officer, "sent_back")
    with pytest.raises(NotMovable):
        correct(rejected, town.principal)

    actions.withdraw_appeal(fresh(appeal), by=town.zofia)

    assert correct(rejected, town.principal).version == 2


def test_what_came_too_late_and_was_not_taken_up_is_corrected(town, rejected):
    with after(40):
        said = {"what": "It", "change": "More", "why_late": "Ill."}
        late = actions.send_appeal(rejected, by=town.zofia, **said)
        actions.dismiss_appeal(late, by=town.officer, statement="No special reason.")

        assert correct(rejected, town.principal).version == 2


@pytest.mark.parametrize("amount", [60_000, 100_000])
def test_the_letter_after_an_appeal_repeats_nothing_of_the_refusal(town, appeal, amount):
    settle(appeal, town.officer, "changed", amount)

    words = str(newest(appeal).letter)
    assert SAID["considerations"] not in words
    assert SAID["reasons"] not in words
    assert words.count("The rule is clear.") == 1


def test_what_an_appeal_gave_is_never_taken_back_however_often_it_is_corrected(town, partly):
    appeal = actions.send_appeal(partly, by=town.zofia, what="It", change="More")
    changed = actions.change_in_favour(appeal, by=town.officer, statement="Right.", amount=60_000)

    for _twice in range(2):
        with pytest.raises(NotDecidable):
            correct(changed, town.principal, 50_000)
        changed = correct(changed, town.principal, 60_000)

    assert (changed.version, changed.amount) == (4, 60_000)
