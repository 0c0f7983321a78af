"""When the class was told, and until when it can appeal: the day of the alert, or that of the letter on paper."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from grants import actions
from grants.appeal.actions import NotTold, tell_decision
from grants.appeal.queries import alert_of
from grants.appeal.tasks import note_alerts
from grants.appeal.todos import letters_to_post
from grants.deadlines import last_day_to_appeal
from grants.letters import decision_pdf, letter_of
from grants.models import Decision
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Delivery, Notice
from portal.people.actions import end_role
from portal.people.hats import hats_of
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.cast import applied
from tests.grants.test_letters import text_of
from tests.ground import once
from tests.pages import address, markup

pytestmark = pytest.mark.django_db


@once
def decision(town):
    return decided(town)


def decided_under(town, weeks):
    """Nobody has applied yet: what the scheme says stands from then on."""
    town.scheme.appeal_weeks = weeks
    town.scheme.save()
    return decided(town)


def decided(town):
    application = applied(town.gathering, town.zofia, reply_language="en")
    actions.take_up_application(application, by=town.principal)
    made = actions.decide_application(application, by=town.principal, result="approved", amount=100_000)
    publish(Event.objects.get(verb="grants.decision_made").pk)
    return made


def day_of(decision):
    return timezone.localtime(decision.decided_at, decision.application.school.zone).date()


def ends(state, decision=None):
    """Every alert ended so; with a decision, in the minute in which it was made."""
    kept = Delivery.objects.filter(notice__kind="grants.decision_sent")
    kept.update(state=state, sent_at=decision and decision.decided_at)


def looked_at(decision):
    with later():
        note_alerts()
    decision.refresh_from_db()
    return decision.told_on, decision.last_day_to_appeal


def later():
    return time_machine.travel(timezone.localtime() + timedelta(days=2), tick=False)


def three_weeks(day):
    return last_day_to_appeal(day, country="NO")


def test_nothing_is_told_before_an_alert_is_sent(decision):
    assert looked_at(decision) == (None, None)
    assert [fact for fact in letter_of(decision)["facts"] if fact[0] == "Last day to appeal"] == []


def test_the_class_is_told_on_the_day_of_the_first_alert(decision):
    day = day_of(decision)
    ends("sent", decision)
    Delivery.objects.filter(notice__kind="grants.decision_sent").update(
        sent_at=datetime.combine(day, time(23, 30), tzinfo=UTC)
    )

    after_midnight = day + timedelta(days=1)  # at the school
    assert looked_at(decision) == (after_midnight, three_weeks(after_midnight))


def test_the_letter_and_its_pdf_say_both_days(decision):
    ends("sent", decision)
    looked_at(decision)

    facts, told = dict(letter_of(decision)["facts"]), day_of(decision)
    assert facts["You were told"].endswith(str(told.year))
    assert facts["Last day to appeal"].startswith(str(three_weeks(told).day))
    said = text_of(decision_pdf(decision))
    assert facts["You were told"] in said
    assert facts["Last day to appeal"] in said


def test_a_failed_alert_counts_from_the_letter_on_paper(town, decision, client):
    ends("failed")
    assert looked_at(decision) == (None, None)
    with later():
        day = town.school.today()
        [hat] = hats_of(town.principal)
        assert [todo.url for todo in letters_to_post(hat)] == [f"/grants/decisions/{decision.pk}/told/"]
        client.force_login(town.principal)
        page = address("grants", "decision_told", decision.pk)
        assert "told_on" in markup(client.get(page))
        client.post(page, {"told_on": day.isoformat()})
    decision.refresh_from_db()

    assert (decision.told_on, decision.last_day_to_appeal) == (day, three_weeks(day))
    assert letters_to_post(hat) == []


def test_a_teacher_who_hears_of_it_where_nobody_speaks_for_the_class_is_no_party(town):
    teacher = make.person("Tor", "Lie")
    make.role(teacher, Role.Kind.CONTACT_TEACHER, town.first)
    application = applied(town.gathering, town.zofia)
    actions.take_up_application(application, by=town.principal)
    for contact in (town.zofia, town.amir):
        end_role(contact.roles.get(), by=the_portal())
    made = actions.decide_application(application, by=town.principal, result="approved", amount=100_000)
    publish(Event.objects.get(verb="grants.decision_made").pk)
    assert {one.notice.recipient for one in Delivery.objects.filter(notice__kind="grants.decision_sent")} == {teacher}
    ends("sent", made)

    assert looked_at(made) == (None, None)
    with later():
        assert alert_of(made).has_failed
        [hat] = hats_of(town.principal)
        assert len(letters_to_post(hat)) == 1


def test_who_spoke_for_the_class_when_it_was_told_was_a_party_then(town, decision):
    ends("sent", decision)
    for contact in (town.zofia, town.amir):
        end_role(contact.roles.get(), by=the_portal())

    assert looked_at(decision)[0] == day_of(decision)


def test_an_alert_that_came_back_was_none(town, decision):
    ends("sent", decision)
    looked_at(decision)
    ends("bounced", decision)

    assert looked_at(decision) == (None, None)


def test_what_was_posted_is_not_taken_back(town, decision):
    ends("failed")
    day = day_of(decision)
    with later():
        tell_decision(decision, by=town.principal, told_on=day + timedelta(days=1))

    assert looked_at(decision)[0] == day + timedelta(days=1)


@pytest.mark.parametrize("days", [-1, 3])
def test_a_day_before_the_decision_or_in_the_future_is_refused(town, decision, days):
    ends("failed")
    with later(), pytest.raises(NotTold):
        tell_decision(decision, by=town.principal, told_on=day_of(decision) + timedelta(days=days))


def test_note_alerts_writes_one_day_when_it_runs_twice(decision):
    ends("sent", decision)

    assert looked_at(decision) == looked_at(decision)
    assert Event.objects.filter(verb="grants.decision_told").count() == 1


def test_nobody_writes_another_day_than_that_of_the_alert(town, decision):
    ends("sent", decision)
    looked_at(decision)

    with later(), pytest.raises(NotTold):
        tell_decision(decision, by=town.principal, told_on=day_of(decision) + timedelta(days=1))


def test_class_contacts_and_others_do_not_say_when_they_were_told(town, decision, client):
    assert not tell_decision.may(town.zofia, decision)
    assert not tell_decision.may(town.officer, decision)
    client.force_login(town.zofia)
    assert client.get(address("grants", "decision_told", decision.pk)).status_code == 403


def test_without_a_limit_there_is_no_last_day(town):
    decision = decided_under(town, None)
    ends("sent", decision)

    assert looked_at(decision) == (day_of(decision), None)


def test_the_weeks_are_those_of_the_scheme(town):
    decision = decided_under(town, 4)
    ends("sent", decision)

    assert looked_at(decision)[1] == last_day_to_appeal(day_of(decision), country="NO", weeks=4)


def test_nothing_else_of_a_decision_changes(decision):
    with pytest.raises(IntegrityError):
        Decision.objects.filter(pk=decision.pk).update(told_on=day_of(decision), reasons="Others.")


def test_the_alert_says_nothing_of_what_was_decided(town, decision):
    notice = Notice.objects.filter(kind="grants.decision_sent").first()
    said = KINDS["grants.decision_sent"](notice)

    assert not said.attachments
    words = " ".join([said.subject, *said.lines, *(value for _label, value in said.facts)])
    assert "1000" not in words
    assert town.gathering.title not in words
    assert said.buttons[0].url.endswith(decision.get_absolute_url())
