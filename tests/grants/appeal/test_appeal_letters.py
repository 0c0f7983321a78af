"""Who hears of an appeal, what is not said in messages, and what is not asked for any more when it is done."""

import pytest
from django.utils import timezone, translation

from grants.appeal import actions
from grants.appeal.letters import appeal_papers
from grants.appeal.tasks import note_alerts
from grants.deadlines import last_day_to_appeal
from grants.models import Appeal
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Delivery, Notice
from portal.text.typeset import pdf
from tests.grants.appeal.conftest import after, fresh, newest
from tests.grants.test_letters import text_of

pytestmark = pytest.mark.django_db


def told(verb):
    event = Event.objects.filter(verb=f"grants.{verb}").last()
    publish(event.pk)
    found = Notice.objects.filter(event_id=event.pk).order_by("kind", "recipient__given_name")
    return [(notice.kind.removeprefix("grants."), notice.recipient.given_name) for notice in found]


def letter(kind):
    with translation.override("en"):
        return KINDS[f"grants.{kind}"](Notice.objects.filter(kind=f"grants.{kind}").last())


def words(said):
    return " ".join([said.subject, *said.lines, *(value for _label, value in said.facts)])


def wanted(kind):
    return KINDS[f"grants.{kind}"].wanted(Notice.objects.filter(kind=f"grants.{kind}").last())


def test_an_appeal_tells_the_class_and_those_who_did_not_decide(town, appeal):
    assert told("appeal_sent") == [
        ("appeal_received", "Amir"),
        ("appeal_received", "Zofia"),
        ("appeal_to_review", "Maja"),
    ]
    assert "1000" not in words(letter("appeal_received"))
    assert wanted("appeal_to_review")
    actions.withdraw_appeal(appeal, by=town.zofia)
    assert not wanted("appeal_to_review")


def test_what_is_sent_on_goes_to_the_class_as_a_copy_and_waits_for_the_outcome(town, appeal):
    actions.forward_appeal(appeal, by=town.officer, statement="We stand by it.")

    assert told("appeal_forwarded") == [
        ("appeal_forwarded", "Amir"),
        ("appeal_forwarded", "Zofia"),
        ("appeal_to_settle", "Maja"),
    ]
    assert "We stand by it." not in words(letter("appeal_forwarded"))
    assert wanted("appeal_to_settle")
    day = town.school.today()
    actions.settle_appeal(fresh(appeal), by=town.officer, state="upheld", outcome="The rule.", decided_on=day)
    assert not wanted("appeal_to_settle")
    assert told("appeal_settled") == [("appeal_changed", "Amir"), ("appeal_changed", "Zofia")]
    assert letter("appeal_changed").buttons[0].url.endswith(appeal.get_absolute_url())


def test_what_is_sent_back_is_told_to_those_who_look_at_it_again(town, appeal):
    actions.forward_appeal(appeal, by=town.officer, statement="We stand by it.")
    day = town.school.today()
    actions.settle_appeal(fresh(appeal), by=town.officer, state="sent_back", outcome="Ask them.", decided_on=day)

    assert told("appeal_settled") == [
        ("appeal_changed", "Amir"),
        ("appeal_changed", "Zofia"),
        ("appeal_sent_back", "Maja"),
    ]
    assert letter("appeal_sent_back").buttons[0].url.endswith(f"/grants/appeals/{appeal.pk}/review/")
    assert "Ask them." not in words(letter("appeal_sent_back"))
    assert wanted("appeal_sent_back")
    actions.forward_appeal(fresh(appeal), by=town.officer, statement="We asked.")
    assert not wanted("appeal_sent_back")


def test_a_change_leads_to_the_new_letter_from_which_the_time_runs(town, appeal):
    actions.change_in_favour(appeal, by=town.officer, statement="Right.", amount=60_000)
    decision = newest(appeal)
    assert told("appeal_changed_in_favour") == [("appeal_changed", "Amir"), ("appeal_changed", "Zofia")]
    assert letter("appeal_changed").buttons[0].url.endswith(decision.get_absolute_url())

    Delivery.objects.update(state="sent", sent_at=timezone.now())
    note_alerts()

    decision.refresh_from_db()
    assert decision.last_day_to_appeal == last_day_to_appeal(town.school.today(), country="NO")


def test_what_came_too_late_is_answered(town, appeal):
    Appeal.objects.update(is_late=True, why_late="Ill.")
    actions.dismiss_appeal(fresh(appeal), by=town.officer, statement="No special reason.")

    assert told("appeal_dismissed") == [("appeal_dismissed", "Amir"), ("appeal_dismissed", "Zofia")]


def test_reasons_are_asked_for_and_given_and_the_time_runs_from_that_alert(town, approved):
    demand = actions.ask_reasons(approved, by=town.zofia)
    assert told("reasons_asked") == [("reasons_asked", "Dag"), ("reasons_asked", "Solveig")]
    assert wanted("reasons_asked")
    with after(1):
        actions.give_reasons(demand, by=town.principal, reasons="All were invited.")
        assert not wanted("reasons_asked")
        assert told("reasons_given") == [("reasons_given", "Amir"), ("reasons_given", "Zofia")]
        assert "All were invited." not in words(letter("reasons_given"))
        Delivery.objects.filter(notice__kind="grants.reasons_given").update(state="sent", sent_at=timezone.now())
        note_alerts()
        told_on = town.school.today()

    assert fresh(demand).told_on == told_on
    assert fresh(approved).last_day_to_appeal == last_day_to_appeal(told_on, country="NO")


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
def test_the_papers_stand_in_the_language_that_the_class_asked_for(town, appeal, language):
    appeal.application.reply_language = language
    actions.forward_appeal(appeal, by=town.officer, statement="We stand by it.")
    day = town.school.today()
    actions.settle_appeal(appeal, by=town.officer, state="upheld", outcome="The rule.", decided_on=day)

    papers = appeal_papers(appeal)

    assert [paper["key"] for paper in papers] == ["appeal", "statement", "outcome"]
    for paper in papers:
        said = text_of(pdf("grants/decision.typ", paper["content"], paper["at"]))
        assert paper["content"]["title"] in said
        assert appeal.application.case_number in said
    assert len({paper["content"]["title"] for paper in papers}) == 3
