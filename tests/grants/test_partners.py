"""Applying together: who is asked sees nothing before the yes; an invitation is replaced, and runs out."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from grants import actions, rules
from grants.models import CoApplicant, GrantApplication
from grants.models.applications import NotMovable
from grants.models.partners import NotAsked
from grants.money import actions as money
from grants.partners import actions as partners
from grants.partners.queries import partner_of, possible_partners
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.actions import end_role
from portal.people.hats import PARENT, hats_of
from portal.people.models import AddressProtection, Role, the_portal
from tests import make
from tests.grants.cast import FULL
from tests.grants.reports.telling import tell, went
from tests.ground import once
from tests.pages import address, as_, markup, todos_of

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@once
def draft(town):
    return actions.draft_application(town.gathering, by=town.zofia, **FULL)


@once
def asked(town, draft):
    return partners.invite_co_applicant(draft, by=town.zofia, partner=town.parent)


def sees(person, application):
    return GrantApplication.objects.visible_to(person).filter(pk=application.pk).exists()


def test_who_is_asked_sees_nothing_until_they_say_yes_and_then_writes(town, draft, asked):
    assert not sees(town.parent, draft)
    with pytest.raises(PermissionDenied):
        actions.save_draft(draft, by=town.parent, purpose="x")

    as_(town.parent).post(page("co_applicant_answer", asked.pk))

    assert sees(town.parent, draft)
    actions.save_draft(draft, by=town.parent, purpose="Vi griller.")
    assert as_(town.parent).get(page("application_edit", draft.pk)).status_code == 200
    assert "Per Nilsen" in markup(as_(town.zofia).get(page("application_show", draft.pk)))


def waits_at_home(person):
    return [todo.url for hat in hats_of(person) if hat.kind == PARENT for todo in todos_of(hat)]


def test_who_applies_along_has_the_same_to_do_as_the_class_contact(town, draft, asked):
    partners.accept_invitation(asked, by=town.parent)
    assert waits_at_home(town.parent) == [page("application_edit", draft.pk)]
    actions.submit_application(draft, by=town.zofia)
    assert waits_at_home(town.parent) == []

    actions.take_up_application(draft, by=town.principal)
    by_then = town.school.today() + timedelta(days=5)
    question = actions.ask_for_information(draft, by=town.principal, question="When?", answer_by=by_then)
    assert waits_at_home(town.parent) == [page("application_answer", draft.pk)]
    actions.answer_request(question, by=town.parent, answer="On Friday.")

    actions.take_up_application(draft, by=town.principal)
    actions.decide_application(draft, by=town.principal, result="approved", amount=100_000)
    money.mark_paid(draft, by=town.officer, paid_on=town.school.today())
    assert waits_at_home(town.parent) == []
    assert waits_at_home(town.amir) == []
    went(draft)
    assert waits_at_home(town.parent) == [page("report_write", draft.pk)]
    tell(draft, town.parent, spent=90_000)
    assert waits_at_home(town.parent) == [page("money_show", draft.pk)]


def test_it_waits_for_nobody_twice_and_for_nobody_who_has_left(town, draft, asked):
    partners.accept_invitation(asked, by=town.parent)
    role = make.role(town.parent, Role.Kind.CLASS_CONTACT, town.first)
    assert waits_at_home(town.parent) == []

    end_role(role, by=the_portal())
    assert waits_at_home(town.parent) == [page("application_edit", draft.pk)]
    partners.end_co_application(asked, by=town.parent)
    assert waits_at_home(town.parent) == []


def test_an_invitation_to_the_wrong_one_is_replaced_and_counts_no_more(town, draft, asked):
    partners.invite_co_applicant(draft, by=town.zofia, partner=town.amir)

    with pytest.raises(NotAsked):
        partners.accept_invitation(asked, by=town.parent)
    assert partner_of(draft, town.zofia).person == town.amir


def test_whoever_is_protected_since_is_named_no_more(town, draft, asked):
    partners.accept_invitation(asked, by=town.parent)
    assert partner_of(draft, town.zofia).name == "Per Nilsen"

    AddressProtection.objects.create(person=town.parent, grade="strict", valid_from=timezone.localdate())
    assert partner_of(draft, town.zofia).name == "Noen i klassen"
    assert partner_of(draft, town.parent).name == "Per Nilsen"


def test_an_invitation_runs_out(town, draft, asked):
    with time_machine.travel(timezone.localtime() + timedelta(days=15)):
        assert partner_of(draft, town.zofia) is None
        with pytest.raises(NotAsked):
            partners.accept_invitation(asked, by=town.parent)


def test_only_somebody_of_the_class_is_asked_and_only_by_its_contact(town, draft):
    stranger = make.person("Kari", "Vik")
    with pytest.raises(PermissionDenied):
        partners.invite_co_applicant(draft, by=town.zofia, partner=stranger)
    with pytest.raises(PermissionDenied):
        partners.invite_co_applicant(draft, by=town.parent, partner=town.amir)
    assert set(possible_partners(draft, town.zofia)) == {town.amir, town.parent}


def test_nobody_is_asked_about_a_case_that_is_over(town, draft):
    actions.withdraw_application(draft, by=town.zofia)
    with pytest.raises(NotMovable):
        partners.invite_co_applicant(draft, by=town.zofia, partner=town.parent)


def test_nobody_answers_for_another(town, asked):
    with pytest.raises(PermissionDenied):
        partners.accept_invitation(asked, by=town.amir)


def test_whoever_leaves_or_is_taken_off_writes_no_more(town, draft, asked):
    partners.accept_invitation(asked, by=town.parent)
    as_(town.zofia).post(page("co_applicant_end", asked.pk))

    with pytest.raises(PermissionDenied):
        actions.save_draft(draft, by=town.parent, purpose="x")
    with pytest.raises(NotAsked):
        partners.end_co_application(asked, by=town.zofia)


def test_a_co_applicant_stays_a_party_and_decides_nothing(town, draft):
    make.confirmed(town.principal, make.pupil(in_class=town.first))
    asked = partners.invite_co_applicant(draft, by=town.zofia, partner=town.principal)
    partners.accept_invitation(asked, by=town.principal)
    actions.submit_application(draft, by=town.zofia)

    assert rules.is_party(town.principal, draft)
    with pytest.raises(PermissionDenied):
        actions.take_up_application(draft, by=town.principal, note="x")


def test_the_class_keeps_the_case_when_the_applicant_is_no_longer_class_contact(town, sent):
    end_role(town.zofia.roles.get(), by=the_portal())

    with pytest.raises(PermissionDenied):
        actions.withdraw_application(sent, by=town.zofia)
    actions.change_application(sent, by=town.amir, purpose="Vi fortsetter.")


def test_the_letters_of_the_invitation(town, draft, asked):
    def told(verb):
        event = Event.objects.filter(verb=verb).last()
        publish(event.pk)
        return list(Notice.objects.filter(event_id=event.pk))

    (invited,) = told("grants.co_applicant_invited")
    assert invited.recipient == town.parent
    assert KINDS[invited.kind](invited).buttons[0].url.endswith(asked.get_absolute_url())
    assert KINDS[invited.kind].wanted(invited)

    partners.accept_invitation(asked, by=town.parent)
    assert not KINDS[invited.kind].wanted(invited)
    assert {one.recipient for one in told("grants.co_applicant_accepted")} == {town.zofia, town.amir}


def test_the_pages_of_an_invitation(town, draft, asked):
    assert "Per Nilsen" in markup(as_(town.zofia).get(page("co_applicant_invite", draft.pk)))
    assert as_(town.parent).get(page("co_applicant_answer", asked.pk)).status_code == 200
    assert as_(town.amir).get(page("co_applicant_answer", asked.pk)).status_code == 403
    as_(town.zofia).post(page("co_applicant_invite", draft.pk), {"partner": town.amir.pk})
    assert CoApplicant.objects.lasting().get().person == town.amir
