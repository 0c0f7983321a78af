"""The form keeps itself: nothing typed is lost in a dead tab, in two tabs, by a double press; what is sent may be changed."""

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.utils import timezone

from grants import actions
from grants.attachments.actions import add_attachments
from grants.files import SoundFile
from grants.models import GrantApplication
from grants.models.applications import NotMovable, NotSubmittable
from grants.waiting.notices import drafts_left
from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.people.actions import end_role
from portal.people.models import the_portal
from tests.grants.cast import FULL, TYPED
from tests.pages import address, as_, markup

page = partial(address, "grants")
KEEP = {"headers": {"X-Keep": "1"}}

pytestmark = pytest.mark.django_db


def kept(person, at, **typed):
    return as_(person).post(at, {**typed, "draft": "1"}, **KEEP)


def test_what_is_typed_is_kept_and_the_page_is_told_where(town):
    first = kept(town.zofia, page("application_start", town.gathering.pk), purpose="Bål")
    application = GrantApplication.objects.get()
    second = kept(town.zofia, first.json()["at"], purpose="Bål og saft", seen=first.json()["seen"])

    application.refresh_from_db()
    assert first.json()["at"] == page("application_edit", application.pk)
    assert second.status_code == 200
    assert (application.status, application.purpose) == ("draft", "Bål og saft")


def test_what_is_half_typed_does_not_stop_the_rest_from_being_kept(town):
    kept(town.zofia, page("application_start", town.gathering.pk), purpose="Bål", amount_requested="10 ooo")

    assert GrantApplication.objects.get().purpose == "Bål"


def test_what_somebody_else_wrote_meanwhile_is_not_replaced_by_itself(town):
    first = kept(town.zofia, page("application_start", town.gathering.pk), purpose="Bål")
    application = GrantApplication.objects.get()
    actions.save_draft(application, by=town.amir, purpose="Akebakke")

    again = kept(town.zofia, first.json()["at"], purpose="Bål og saft", seen=first.json()["seen"])

    application.refresh_from_db()
    assert again.status_code == 409
    assert "Amir" in again.json()["said"]
    assert application.purpose == "Akebakke"


def test_a_double_press_makes_one_application(town):
    at = page("application_start", town.gathering.pk)
    first = as_(town.zofia).post(at, {**TYPED, "check": "1"})
    second = as_(town.zofia).post(at, {**TYPED, "check": "1"})

    assert first.url == second.url
    assert GrantApplication.objects.count() == 1


def test_a_second_tab_replaces_nothing_without_saying_so(town):
    at = page("application_start", town.gathering.pk)
    as_(town.zofia).post(at, {**TYPED, "draft": "1"})

    shown = as_(town.amir).post(at, {**TYPED, "purpose": "Vi lager mat.", "check": "1"})

    assert GrantApplication.objects.get().purpose == TYPED["purpose"]
    assert "Vi lager mat." in markup(shown)
    assert TYPED["purpose"] in markup(shown)


def test_a_class_may_change_what_it_sent_until_somebody_opens_it(town, sent):
    at = page("application_edit", sent.pk)
    assert page("application_edit", sent.pk) in markup(as_(town.amir).get(page("application_show", sent.pk)))

    as_(town.amir).post(at, {**TYPED, "purpose": "Vi griller.", "amount_requested": "900", "check": "1"})

    sent.refresh_from_db()
    assert (sent.status, sent.purpose, sent.amount_requested) == ("submitted", "Vi griller.", 90_000)
    assert Event.objects.about(sent).filter(verb="grants.application_changed").count() == 1

    actions.take_up_application(sent, by=town.principal)
    with pytest.raises(NotMovable):
        actions.change_application(sent, by=town.amir, purpose="Noe annet.")
    assert as_(town.amir).get(at).url == sent.get_absolute_url()


def test_a_change_leaves_nothing_out(town, sent):
    with pytest.raises(NotSubmittable):
        actions.change_application(sent, by=town.amir, purpose="")
    kept(town.amir, page("application_edit", sent.pk), purpose="Halvferdig")

    sent.refresh_from_db()
    assert sent.purpose == FULL["purpose"]


def test_the_form_says_how_long_it_takes_and_who_sees_a_draft(town):
    shown = markup(as_(town.zofia).get(page("application_start", town.gathering.pk)))

    assert "It takes two minutes. The principal cannot see a draft." in shown


def due(after):
    return list(drafts_left(timezone.now() + after))


def test_a_draft_that_is_left_sends_a_letter_with_the_way_back(town):
    application = actions.draft_application(town.gathering, by=town.zofia)

    assert due(timedelta(minutes=30)) == []
    (one,) = due(timedelta(minutes=61))
    assert (one.recipient, one.subject) == (town.zofia, application)
    letter = KINDS["grants.draft_left"](SimpleNamespace(subject=application, recipient_id=town.zofia.pk))
    assert letter.buttons[0].url.endswith(page("application_edit", application.pk))


def test_no_letter_to_somebody_who_has_sent_it_or_is_no_longer_class_contact(town):
    application = actions.draft_application(town.gathering, by=town.zofia, **FULL)
    notice = SimpleNamespace(subject=application, recipient_id=town.zofia.pk)
    assert KINDS["grants.draft_left"].wanted(notice)

    end_role(town.zofia.roles.get(), by=the_portal())
    assert not KINDS["grants.draft_left"].wanted(notice)

    actions.submit_application(application, by=town.amir)
    assert not KINDS["grants.draft_left"].wanted(SimpleNamespace(subject=application, recipient_id=town.amir.pk))


def test_a_deleted_draft_says_nothing_any_more(town):
    draft = actions.draft_application(town.gathering, by=town.zofia, **FULL)
    add_attachments(draft, by=town.zofia, files=[SoundFile("plan.pdf", "application/pdf", b"%PDF-1.7")])
    assert "What you have written is deleted at once" in markup(
        as_(town.zofia).get(page("application_withdraw", draft.pk))
    )
    as_(town.zofia).post(page("application_withdraw", draft.pk))

    draft.refresh_from_db()
    written = (draft.purpose, draft.child_participation, draft.inclusion_measures, draft.budget_lines, draft.account)
    assert written == ("", "", "", "", None)
    assert not draft.attachments.exists()


def test_what_was_sent_and_withdrawn_keeps_what_was_asked_for(town, sent):
    actions.withdraw_application(sent, by=town.zofia)

    assert sent.purpose == FULL["purpose"]


def test_the_form_says_who_sees_the_account_and_not_that_it_stands_in_no_list(town):
    words = markup(as_(town.zofia).get(page("application_start", town.gathering.pk)))

    assert "Only who pays sees the whole number, and you see who has." in words
