"""Who hears of payments and reports, in which words, and when the clock reminds; what waits for whom."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone, translation

from grants.money import actions as money
from grants.reports import actions
from networks.models import Gathering
from portal.ledger.tasks import sweep
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.hats import hats_of
from portal.people.models import Role
from tests import make
from tests.grants.reports.telling import tell
from tests.pages import address, as_, text, todos_of

page = partial(address, "grants")
TODAY = timezone.localdate

pytestmark = pytest.mark.django_db


def told(kind):
    sweep()
    return sorted(one.recipient.given_name for one in Notice.objects.filter(kind=f"grants.{kind}"))


def letter(kind):
    with translation.override("en"):
        return KINDS[f"grants.{kind}"](Notice.objects.filter(kind=f"grants.{kind}").last())


def is_wanted(kind):
    notice = Notice.objects.filter(kind=f"grants.{kind}").last()
    return bool(KINDS[notice.kind].wanted(notice))


def waits(person):
    with translation.override("en"):
        return [str(todo.title) for hat in hats_of(person) for todo in todos_of(hat)]


def test_the_class_is_told_that_it_is_paid(town, awarded):
    money.mark_paid(awarded, by=town.officer, paid_on=TODAY())

    assert told("award_paid") == ["Amir", "Zofia"]
    said = letter("award_paid")
    assert "1000\u00a0kroner is paid." in said.lines
    assert said.lines[-1].startswith("Send a short report by ")


def test_a_change_is_told_to_the_class_and_asked_of_the_school_until_it_is_answered(town, awarded):
    change = money.ask_payee_change(awarded, by=town.zofia, payee_kind="school")

    assert told("payee_change_asked") == ["Dag", "Solveig"]
    assert told("payee_change_told") == ["Amir", "Zofia"]
    assert is_wanted("payee_change_asked")
    assert "Class 1A wants its support paid somewhere else" in waits(town.principal)
    money.answer_payee_change(change, by=town.principal, accepts=False)
    assert not is_wanted("payee_change_asked")
    assert told("payee_change_answered") == ["Amir", "Zofia"]
    assert letter("payee_change_answered").lines == ["The school said no to it. The money goes where it was to go."]
    assert "Class 1A wants its support paid somewhere else" not in waits(town.principal)


def test_what_is_to_be_paid_back_is_told_until_it_came_back(town, held):
    tell(held, town.zofia, spent=90_000)

    assert told("repayment_asked") == ["Amir", "Zofia"]
    assert any("100\u00a0kroner" in line for line in letter("repayment_asked").lines)
    assert is_wanted("repayment_asked")
    assert any(title.startswith("Pay back 100") for title in waits(town.zofia))
    money.mark_returned(held.repayments.get(), by=town.officer, returned_on=TODAY())
    assert not is_wanted("repayment_asked")
    assert told("repayment_returned") == ["Amir", "Zofia"]


def test_nobody_is_asked_for_money_when_nothing_is_left_over(town, held):
    tell(held, town.zofia)

    assert told("repayment_asked") == []


def test_the_leaders_hear_of_the_report_once_and_the_class_of_the_end(town, held):
    tell(held, town.zofia)
    tell(held, town.amir, families=11)

    assert told("report_sent") == ["Dag", "Solveig"]
    assert is_wanted("report_sent")
    assert "Read the report of class 1A" in waits(town.principal)
    actions.close_case(held, by=town.principal)
    assert not is_wanted("report_sent")
    assert told("case_closed") == ["Amir", "Zofia"]
    assert "Read the report of class 1A" not in waits(town.principal)


def reminded(moment):
    with time_machine.travel(moment, tick=False):
        remind()
    return sorted(Notice.objects.filter(kind="grants.report_reminder").values_list("occasion", "recipient__given_name"))


def test_the_class_is_reminded_before_and_after_the_day_and_not_when_it_is_told(town, held):
    due = timezone.localtime(held.gathering.ends_at) + timedelta(days=30)
    assert reminded(due - timedelta(days=8)) == []
    before = reminded(due - timedelta(days=7))
    assert before == [("-7 days", "Amir"), ("-7 days", "Zofia")]
    assert reminded(due - timedelta(days=3)) == before
    assert reminded(due + timedelta(days=1))[2:] == [("1 days", "Amir"), ("1 days", "Zofia")]
    assert is_wanted("report_reminder")
    tell(held, town.zofia)
    assert not is_wanted("report_reminder")
    assert len(reminded(due + timedelta(days=14))) == 4


def test_a_cancelled_gathering_asks_for_no_report(town, held):
    Gathering.objects.filter(pk=held.gathering_id).update(
        state="cancelled", published_at=timezone.now(), cancelled_at=timezone.now()
    )

    assert reminded(timezone.now() + timedelta(days=40)) == []
    assert not any("went" in title for title in waits(town.zofia))


def test_what_waits_for_whom(town, awarded):
    assert "1 grant waits to be paid" in waits(town.officer)
    assert not any("to be paid" in title for title in waits(town.principal))
    money.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    assert not any("to be paid" in title for title in waits(town.officer))


def test_the_case_shows_how_far_it_is(town, held):
    said = text(as_(town.zofia).get(page("application_show", held.pk)))
    assert "Write the report" in said
    assert "1000 kroner is paid." in said.replace("\u00a0", " ")
    tell(held, town.zofia)
    actions.close_case(held, by=town.principal)

    said = text(as_(town.principal).get(page("application_show", held.pk)))
    assert "The class sent its report." in said
    assert "The case was closed." in said
    assert "See where the money stands" not in text(as_(town.parent).get(page("application_show", held.pk)))


def test_a_colleague_is_told_when_the_account_to_pay_from_changes(town, paying):
    make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, "Nils", "Dal")

    assert told("paying_account_set") == ["Nils"]
