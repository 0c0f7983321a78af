"""A case always has somebody, and the class hears within a month."""

from datetime import UTC, timedelta
from functools import partial
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from grants import actions
from grants.batch.queries import plain_cases
from grants.models import GrantApplication
from grants.models.applications import NotMovable
from grants.models.decisions import AlreadyAwarded, NotDecidable
from grants.notices import deciders, decisions_due, is_theirs_to_decide, writers
from grants.queries import waiting_for
from grants.waiting import actions as waiting
from grants.waiting.notices import answers_overdue, months_that_end
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.actions import end_role
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.cast import applied, gathering
from tests.pages import address, as_, markup

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


def leave(*people):
    for person in people:
        end_role(person.roles.get(), by=the_portal())


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_when_nobody_leads_the_school_the_municipality_has_the_case(town, sent):
    assert not GrantApplication.objects.visible_to(town.officer).exists()

    leave(town.principal, town.deputy)

    assert GrantApplication.objects.visible_to(town.officer).get() == sent
    assert list(deciders(sent)) == [town.officer]
    assert page("application_open", sent.pk) in markup(as_(town.officer).get(page("application_list")))
    actions.take_up_application(sent, by=town.officer)
    actions.decide_application(sent, by=town.officer, result="approved", amount=100_000)


def test_what_the_municipality_has_begun_it_keeps_when_a_new_principal_comes(town, sent):
    leave(town.principal, town.deputy)
    actions.take_up_application(sent, by=town.officer)

    make.holder(Role.Kind.PRINCIPAL, town.school, "Ny", "Rektor")

    assert list(deciders(sent)) == [town.officer]


def test_a_draft_at_a_school_without_a_leader_is_nobodys_but_the_classs(town):
    actions.draft_application(town.gathering, by=town.zofia)
    leave(town.principal, town.deputy)

    assert not GrantApplication.objects.visible_to(town.officer).exists()


def test_a_case_of_a_merged_class_goes_on_with_the_class_that_took_over(town, sent):
    other = make.school_class("1B", at=town.school, grades=[1])
    _child, contact = make.family(other)
    make.role(contact, Role.Kind.CLASS_CONTACT, other)
    teacher = make.person("Tor", "Lie")
    make.role(teacher, Role.Kind.CONTACT_TEACHER, town.first)
    leave(town.zofia, town.amir)
    assert list(writers(sent)) == [teacher]
    assert "Nobody in the class answers for this case" in markup(
        as_(town.principal).get(page("application_show", sent.pk))
    )

    as_(town.principal).post(page("application_move", sent.pk), {"school_class": other.pk})

    sent.refresh_from_db()
    assert list(writers(sent)) == [contact]
    actions.change_application(sent, by=contact, purpose="Vi er slått sammen.")


def test_a_case_moves_to_no_other_school_and_to_no_second_award(town, in_review):
    elsewhere = make.school_class("1A", at=make.school("Annen skole"), grades=[1])
    with pytest.raises(PermissionDenied):
        waiting.move_case(in_review, by=town.principal, school_class=elsewhere)

    other = make.school_class("1B", at=town.school, grades=[1])
    _child, contact = make.family(other)
    make.role(contact, Role.Kind.CLASS_CONTACT, other)
    theirs = applied(gathering(other), contact)
    for one in (in_review, theirs):
        actions.take_up_application(one, by=town.principal)
        actions.decide_application(one, by=town.principal, result="approved", amount=100_000)
    with pytest.raises(AlreadyAwarded):
        waiting.move_case(theirs, by=town.principal, school_class=town.first)


def test_the_class_is_told_why_it_takes_longer_and_when_it_has_its_answer(town, sent):
    day = in_days(50)
    as_(town.principal).post(
        page("application_delay", sent.pk), {"expected_on": day, "delay_reason": "Vi venter på svar."}
    )

    sent.refresh_from_db()
    assert sent.answer_due == day
    event = Event.objects.get(verb="grants.answer_delayed")
    publish(event.pk)
    notices = Notice.objects.filter(event_id=event.pk)
    assert {one.recipient for one in notices} == {town.zofia, town.amir}
    assert "Vi venter på svar." in KINDS["grants.answer_delayed"](notices.first()).lines
    assert "Vi venter på svar." in markup(as_(town.amir).get(page("application_show", sent.pk)))


def test_a_delay_has_a_day_to_come_and_a_case_that_waits(town, in_review):
    with pytest.raises(NotDecidable):
        waiting.tell_when(in_review, by=town.principal, expected_on=timezone.localdate(), delay_reason="x")
    with pytest.raises(PermissionDenied):
        waiting.tell_when(in_review, by=town.zofia, expected_on=in_days(40), delay_reason="x")
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    with pytest.raises(NotMovable):
        waiting.tell_when(in_review, by=town.principal, expected_on=in_days(40), delay_reason="x")


def month_reminders(days):
    now = timezone.now() + timedelta(days=days)
    with time_machine.travel(now):
        return {one.recipient for one in months_that_end(now)}, {one.recipient for one in answers_overdue(now)}


def test_who_decides_is_reminded_a_week_before_the_month_ends_and_the_municipality_after_it(town, sent):
    assert month_reminders(15) == (set(), set())
    assert town.principal in month_reminders(26)[0]
    assert month_reminders(26)[1] == set()
    assert month_reminders(33)[1] == {town.officer}


def test_nobody_is_reminded_of_what_the_class_has_been_told_comes_later(town, sent):
    waiting.tell_when(sent, by=town.principal, expected_on=in_days(60), delay_reason="x")

    assert month_reminders(33) == (set(), set())


def ask(application, by, days):
    """Asked under consideration, to be answered within so many days."""
    actions.take_up_application(application, by=by)
    return actions.ask_for_information(application, by=by, question="Hvor mange?", answer_by=in_days(days))


def test_a_class_that_does_not_answer_is_with_those_who_decide_again_from_the_day_after(town, sent):
    ask(sent, town.principal, 5)

    def theirs(days):
        now = timezone.localtime() + timedelta(days=days)
        with time_machine.travel(now):
            is_due = any(one.recipient == town.principal for one in decisions_due(now))
            return waiting_for(town.principal) == [sent], is_due, sent.is_waiting

    assert theirs(5) == (False, False, False)
    assert theirs(15) == (True, True, True)
    assert town.principal in month_reminders(26)[0]
    assert month_reminders(33)[1] == {town.officer}
    with time_machine.travel(timezone.localtime() + timedelta(days=26)):
        assert is_theirs_to_decide(SimpleNamespace(subject=sent, recipient_id=town.principal.pk))
        assert page("application_delay", sent.pk) in markup(as_(town.principal).get(page("application_show", sent.pk)))
        assert as_(town.principal).post(page("application_open", sent.pk), {"stands_aside": "no"}).status_code == 302


def test_what_a_class_has_not_answered_is_not_approved_with_the_plain_ones(town, sent):
    assert [one.pk for one in plain_cases(town.deputy)] == [sent.pk]
    ask(sent, town.principal, 5)

    with time_machine.travel(timezone.localtime() + timedelta(days=7)):
        assert waiting_for(town.deputy) == [sent]
        assert plain_cases(town.deputy) == []


def test_a_case_at_the_municipality_that_is_late_is_told_there_in_words_that_fit(town, sent):
    actions.stand_aside(sent, by=town.principal)

    assert month_reminders(33)[1] == {town.officer}
    due = next(one for one in answers_overdue(timezone.now() + timedelta(days=40)))
    assert "Kommunen avgjør den." in KINDS["grants.answer_overdue"](due).lines[1]


def test_the_month_of_a_paper_runs_from_the_day_on_which_it_came(town, sent):
    GrantApplication.objects.update(received_on=in_days(-25), registered_by=town.principal)

    assert town.principal in month_reminders(0)[0]


def test_those_who_decide_are_reminded_of_the_day_that_they_have_told(town, sent):
    waiting.tell_when(sent, by=town.principal, expected_on=in_days(15), delay_reason="x")

    assert town.principal in month_reminders(9)[0]
    assert month_reminders(17)[1] == {town.officer}


def test_the_number_of_a_case_has_the_year_in_which_it_came_where_the_school_is(town, sent):
    sent.submitted_at = timezone.datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert sent.case_number == f"27/{sent.pk:04}"


def test_the_letter_to_the_municipality_says_which_school_and_nothing_of_the_case(town, sent):
    (due,) = [one for one in answers_overdue(timezone.now() + timedelta(days=40)) if one.recipient == town.officer]
    letter = KINDS["grants.answer_overdue"](due)

    assert "Lia skole" in letter.lines[0]
    assert "1A" not in f"{letter.subject} {letter.lines}"
