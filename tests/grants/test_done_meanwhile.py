"""A letter waits some minutes, or the night: what it asks for may have been done by then, and it is not sent any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grants import actions
from grants.models import GrantApplication
from networks.models import Gathering
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice

pytestmark = pytest.mark.django_db


def decides(town, application):
    actions.take_up_application(application, by=town.deputy)
    actions.decide_application(application, by=town.deputy, result="approved", amount=100_000)


def withdraws(town, application):
    actions.withdraw_application(application, by=town.zofia)


def stands_aside(town, application):
    actions.stand_aside(application, by=town.principal)


def awaited(town, application):
    actions.take_up_application(application, by=town.principal)
    actions.ask_for_information(
        application, by=town.principal, question="How many?", answer_by=timezone.localdate() + timedelta(days=4)
    )


def answers(town, application):
    actions.answer_request(application.information_requests.get(), by=town.zofia, answer="Twenty")


def waits(town, application):
    pass


def is_old(town, application):
    long_ago = timezone.now() - timedelta(days=60)
    GrantApplication.objects.filter(pk=application.pk).update(submitted_at=long_ago)


def is_cancelled(town, application):
    Gathering.objects.filter(pk=town.gathering.pk).update(
        state="cancelled", published_at=timezone.now(), cancelled_at=timezone.now()
    )


ASKS = [
    ("application_to_decide", "principal", waits, decides),
    ("information_given", "principal", waits, decides),
    ("transferred_to_decide", "officer", waits, withdraws),
    ("decision_reminder", "principal", waits, decides),
    ("decision_reminder", "principal", waits, withdraws),
    ("decision_reminder", "principal", waits, stands_aside),
    ("month_ends", "principal", waits, decides),
    ("month_ends", "principal", waits, stands_aside),
    ("answer_overdue", "officer", is_old, decides),
    ("information_asked", "zofia", awaited, answers),
    ("cancelled_applicant", "zofia", is_cancelled, withdraws),
    ("cancelled_decider", "principal", is_cancelled, withdraws),
]
TELLS = {
    *("application_received", "application_passed_on", "application_withdrawn", "decision_sent", "correction_sent"),
    *(
        "award_paid",
        "payment_taken_back",
        "paper_registered",
        "payee_change_answered",
        "repayment_returned",
        "paying_account_set",
        "case_closed",
    ),
    *("answer_delayed", "moved_decider", "gathering_replaced", "lapsed_class", "lapsed_decider", "co_applicant_joined"),
}
ELSEWHERE = {  # tests/grants/reports/test_told.py
    "class_may_apply",  # tests/grants/test_nudges.py
    *("payee_change_asked", "payee_change_told", "repayment_asked", "report_sent", "report_reminder"),
    *("draft_left", "draft_closes"),  # tests/grants/test_drafts.py, test_closing.py
    "co_applicant_asked",  # tests/grants/test_partners.py
    *(
        "appeal_to_review",
        "appeal_to_settle",
        "appeal_sent_back",
        "reasons_asked",
    ),  # tests/grants/appeal/test_appeal_letters.py
}
TELLS |= {"appeal_received", "appeal_forwarded", "appeal_dismissed", "appeal_changed", "reasons_given"}


@pytest.mark.parametrize(
    ("kind", "to", "stands", "does"), ASKS, ids=[f"{kind}-{does.__name__}" for kind, _to, _stands, does in ASKS]
)
def test_what_has_been_done_is_not_asked_for(town, sent, kind, to, stands, does):
    stands(town, sent)
    kind = KINDS[f"grants.{kind}"]
    subject = town.gathering if kind.name.startswith("grants.cancelled") else sent
    notice = Notice.objects.create(
        kind=kind.name,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        recipient=getattr(town, to),
        occasion="once",
        category=kind.category,
        not_before=timezone.now(),
    )
    assert kind.wanted(Notice.objects.get(pk=notice.pk))

    does(town, sent)

    assert not kind.wanted(Notice.objects.get(pk=notice.pk))


def test_every_kind_of_the_room_asks_for_something_or_only_tells():
    kinds = {name.removeprefix("grants.") for name in KINDS if name.startswith("grants.")}

    assert {kind for kind, *_rest in ASKS} | TELLS | ELSEWHERE == kinds
