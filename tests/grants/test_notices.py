"""Who hears of what, in which words, and when the clock reminds."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from grants import actions
from grants.models import GrantApplication
from grants.notices import school_days_before
from networks.actions import cancel_gathering
from networks.models import Gathering
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.actions import end_role
from portal.people.models import Role
from tests.grants.cast import applied

pytestmark = pytest.mark.django_db


def told(verb):
    publish(Event.objects.filter(verb=verb).last().pk)
    return sorted(
        (notice.kind.removeprefix("grants."), notice.recipient.given_name)
        for notice in Notice.objects.filter(event_id=Event.objects.filter(verb=verb).last().pk)
    )


def letter(kind, language="en"):
    notice = Notice.objects.filter(kind=f"grants.{kind}").last()
    with translation.override(language):
        return KINDS[f"grants.{kind}"](notice)


def test_submitted_tells_the_principal_the_deputy_and_both_contacts(town, sent):
    assert told("grants.application_submitted") == [
        ("application_received", "Amir"),
        ("application_received", "Zofia"),
        ("application_to_decide", "Dag"),
        ("application_to_decide", "Solveig"),
    ]
    assert letter("application_received").subject == "We have received your application"
    assert letter("application_to_decide").buttons[0].url.endswith(f"/grants/{sent.pk}/open/")


def test_information_asked_tells_the_class_the_question_and_the_day(town, in_review):
    actions.ask_for_information(
        in_review, by=town.principal, question="Hvor mange?", answer_by=timezone.localdate() + timedelta(days=4)
    )

    assert told("grants.information_asked") == [("information_asked", "Amir"), ("information_asked", "Zofia")]
    assert "Hvor mange?" in letter("information_asked").lines


def test_information_given_tells_the_deciders(town, in_review):
    asked = actions.ask_for_information(
        in_review, by=town.principal, question="Hvor mange?", answer_by=timezone.localdate() + timedelta(days=4)
    )
    actions.answer_request(asked, by=town.zofia, answer="Tjue")

    assert told("grants.information_given") == [("information_given", "Dag"), ("information_given", "Solveig")]


def test_transferred_tells_the_municipality_and_the_class(town, sent):
    actions.stand_aside(sent, by=town.principal)

    assert told("grants.application_transferred") == [
        ("application_passed_on", "Amir"),
        ("application_passed_on", "Zofia"),
        ("transferred_to_decide", "Maja"),
    ]
    assert letter("application_passed_on").subject == "Someone else decides your application"


def test_decision_reaches_both_contacts_as_an_alert_without_its_content(town, in_review):
    actions.decide_application(
        in_review,
        by=town.principal,
        result="rejected",
        reasons="Bare noen er invitert.",
        considerations="Alle skal med.",
        rules=[town.ground],
    )

    assert told("grants.decision_made") == [("decision_sent", "Amir"), ("decision_sent", "Zofia")]
    mail = letter("decision_sent")
    assert mail.subject == "There is a letter for you about your application"
    assert "Bare noen er invitert." not in " ".join(mail.lines)
    assert not mail.attachments


def test_correction_reaches_the_contacts(town, in_review):
    first = actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    second = actions.correct_decision(first, by=town.principal, correction_note="Feil.", amount=100_000)

    assert told("grants.decision_corrected") == [("correction_sent", "Amir"), ("correction_sent", "Zofia")]
    assert letter("correction_sent").buttons[0].url.endswith(second.get_absolute_url())


def test_a_former_contact_hears_nothing(town, sent):
    end_role(Role.objects.get(person=town.zofia), by=town.zofia)

    assert ("application_received", "Zofia") not in told("grants.application_submitted")


def test_withdrawn_draft_tells_nobody(town):
    application = actions.draft_application(town.gathering, by=town.zofia)
    actions.withdraw_application(application, by=town.zofia)

    assert told("grants.application_withdrawn") == []


def test_withdrawn_application_tells_the_deciders(town, sent):
    actions.withdraw_application(sent, by=town.zofia)

    assert [name for _kind, name in told("grants.application_withdrawn")] == ["Dag", "Solveig"]


def reminded():
    kept = Notice.objects.filter(kind="grants.decision_reminder")
    return sorted((notice.recipient.given_name, notice.occasion) for notice in kept)


@pytest.mark.parametrize(
    ("granted", "says"),
    [(False, "If the gathering is not held, withdraw"), (True, "use the money for another gathering")],
)
def test_a_cancelled_gathering_says_what_follows_for_the_money(town, in_review, granted, says):
    if granted:
        actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    Gathering.objects.filter(pk=town.gathering.pk).update(state="published", published_at=timezone.now())

    cancel_gathering(town.gathering, by=town.amir, because="Det regner.")

    assert [hears for hears in told("networks.gathering_cancelled") if hears[0].startswith("cancelled")] == [
        ("cancelled_applicant", "Amir"),
        ("cancelled_applicant", "Zofia"),
        ("cancelled_decider", "Dag"),
        ("cancelled_decider", "Solveig"),
    ]
    applicant, decider = letter("cancelled_applicant"), letter("cancelled_decider")
    assert says in applicant.lines[1]
    assert "1000" in applicant.lines[0]
    assert "1000" in decider.lines[0]


@pytest.mark.parametrize("left", ["draft", "withdrawn", "rejected"])
def test_a_cancelled_gathering_without_money_says_nothing_of_it(town, in_review, left):
    decided_at = timezone.now() if left == "rejected" else None
    GrantApplication.objects.filter(pk=in_review.pk).update(status=left, decided_at=decided_at)
    Gathering.objects.filter(pk=town.gathering.pk).update(state="published", published_at=timezone.now())

    cancel_gathering(town.gathering, by=town.amir, because="Det regner.")

    assert [hears for hears in told("networks.gathering_cancelled") if hears[0].startswith("cancelled")] == []


def test_decision_reminder_after_five_and_ten_school_days_and_never_twice(town):
    with time_machine.travel("2026-11-16 09:00Z", tick=False):  # a Monday
        town.gathering.starts_at = timezone.now() + timedelta(days=30)
        application = applied(town.gathering, town.zofia)
    for day, expected in (
        ("2026-11-20", []),
        ("2026-11-23", ["5 days"]),
        ("2026-11-27", ["5 days"]),
        ("2026-11-30", ["10 days", "5 days"]),
    ):
        with time_machine.travel(f"{day} 09:00Z", tick=False):
            remind()
            remind()
        assert [occasion for name, occasion in reminded() if name == "Solveig"] == expected
    GrantApplication.objects.filter(pk=application.pk).update(status="withdrawn")
    assert not KINDS["grants.decision_reminder"].wanted(Notice.objects.last())


@pytest.mark.parametrize(("number", "day"), [(1, "2026-11-20"), (5, "2026-11-16"), (10, "2026-11-09")])
def test_school_days_leave_out_the_weekend(number, day):
    assert school_days_before(timezone.datetime(2026, 11, 23).date(), number).isoformat() == day
