"""A round from its set-up to the report: the head calls, the teacher offers, the family books, talks, agrees; it counts.

Given a class of six whose principal, teacher and guardian each have a browser of their own, when each does the next
thing that waits, then the talk is held and written down, and the principal reads it in the report.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from conferences.models import Booking, Conference, ConferenceRound, Participant, SummaryAnswer
from portal.messaging import tasks as messages
from portal.people.models import Role
from tests import make
from tests.journeys.conftest import enter, in_english_at_any_hour, let_go, links_in, look, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

CALLED = "Choose a time for the conference"


@pytest.fixture
def people(db):
    school = make.school("Bjørkåsen skole")
    third = make.school_class("3B", at=school, grades=(3,))
    principal = make.holder(Role.Kind.PRINCIPAL, school, "Gro", "Leder", language="en")
    teacher = make.holder(Role.Kind.CONTACT_TEACHER, third, "Anne", "Bjørnstad", language="en")
    _nora, amina = make.family(third, pupil_name="Nora", adult_name="Amina", family_name="Warsame")
    for number in range(5):
        make.family(third, pupil_name=f"Barn{number}", family_name=f"Hjem{number}")
    in_english_at_any_hour(principal, teacher, amina)
    amina.refresh_from_db()
    return principal, teacher, amina


def test_a_round_from_set_up_to_report(visit, live_server, mailbox, worker, people):
    principal, teacher, amina = people
    head, at_school, at_home = visit("desk"), visit("desk"), visit("phone")
    enter(head, principal, live_server.url)
    enter(at_school, teacher, live_server.url)

    round = _the_head_sets_up_a_round(head)
    _the_teacher_offers_times(at_school, round)
    _the_head_calls_the_families(head, round)
    talk = _the_guardian_books_from_the_mail(at_home, amina, mailbox)
    _the_other_talks_have_been(round, talk, teacher)
    assert "Warsame" in _report(head)

    _the_time_has_come(talk)
    _the_teacher_notes_who_came(at_school, talk)
    _the_teacher_writes_and_shares(at_school, talk)
    _the_guardian_says_that_it_is_right(at_home, amina, live_server, mailbox, talk)

    report = _report(head)
    assert "Warsame" not in report
    assert "0 children have had fewer talks than are due" in report
    assert re.search(r"3B\s+100\s?%\s+6 of 6 children", report)


def _the_head_sets_up_a_round(page):
    page.goto("/conferences/settings/")
    look(page)
    page.fill("[name=talks_a_year]", "1")
    page.get_by_role("button", name="Save").click()
    page.goto("/conferences/rounds/")
    look(page)
    page.get_by_role("link", name="Plan a round").first.click()
    look(page)
    today = timezone.localdate()
    page.fill("[name=title]", "Autumn conferences")
    page.fill("[name=invite_on]", today.isoformat())
    page.fill("[name=opens_at]", f"{today}T00:00")
    page.fill("[name=closes_at]", f"{today + timedelta(days=12)}T20:00")
    page.fill("[name=plans_on]", (today + timedelta(days=8)).isoformat())
    page.get_by_role("button", name="Save the draft").click()
    look(page)
    round = ConferenceRound.objects.get()
    assert (round.state, [one.name for one in round.classes.all()]) == ("draft", ["3B"])
    return round


def _the_teacher_offers_times(page, round):
    page.goto("/conferences/rounds/")
    look(page)
    page.locator("main a", has_text=round.title).first.click()
    look(page)
    page.get_by_role("link", name="Add my times").click()
    look(page)
    page.fill("[name=day]", (round.invite_on + timedelta(days=15)).isoformat())
    page.fill("[name=starts]", "15:00")
    page.fill("[name=ends]", "19:00")
    page.get_by_role("button", name="Make the times").click()
    look(page)
    assert round.slots.count() >= 6


def _the_head_calls_the_families(page, round):
    page.goto(f"/conferences/rounds/{round.pk}/")
    look(page)
    page.get_by_role("link", name="Look over and send").click()
    look(page)
    page.get_by_role("button", name="Call the families of 6 children").click()
    look(page)
    assert round.conferences.count() == 6


def _the_guardian_books_from_the_mail(page, amina, mailbox):
    messages.remind.delay()
    wait_for("the families to be called", lambda: amina.notices.exists())
    let_go()
    wait_for("the mail", lambda: [mail for mail in mailbox.to(amina) if mail["Subject"] == CALLED])
    called = next(mail for mail in mailbox.to(amina) if mail["Subject"] == CALLED)
    page.goto(next(link for link in links_in(called) if "/conferences/b/" in link))
    look(page)
    page.locator("button.sb-slot").nth(2).click()
    page.locator(".sb-bar button").wait_for()
    page.locator(".sb-bar button").click()
    page.get_by_role("heading", name="Everything is booked").wait_for()
    look(page)
    talk = Conference.objects.get(booking__isnull=False)
    assert talk.booking.booked_by == amina
    return talk


def _the_other_talks_have_been(round, talk, teacher):
    others = round.conferences.exclude(pk=talk.pk)
    for other in others:
        adult = other.pupil.guardian_relations.get().guardian
        Participant.objects.create(conference=other, kind="guardian", person=adult, came=True, added_by=teacher)
    others.update(state=Conference.State.HELD, ended_at=timezone.now())


def _the_time_has_come(talk):
    begun = timezone.now() - timedelta(minutes=40)
    Booking.objects.filter(conference=talk).update(starts_at=begun, ends_at=begun + timedelta(minutes=30))


def _the_teacher_notes_who_came(page, talk):
    page.goto("/")
    look(page)
    page.get_by_role("link", name="Who came to the talk about Nora Warsame?").click()
    look(page)
    page.get_by_label("Amina Warsame").check(force=True)
    page.get_by_label("Nora Warsame").check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()
    look(page)
    talk.refresh_from_db()
    assert talk.state == "held"


def _the_teacher_writes_and_shares(page, talk):
    page.get_by_role("link", name="Write the summary").click()
    look(page)
    page.fill("[name=child_words]", "I like it best when we build things.")
    page.fill("[name=goals-0-text]", "Read a short text aloud to two friends")
    page.fill("[name=agreed-0-what]", "Read together for ten minutes")
    page.select_option("[name=agreed-0-owner]", "home")
    page.fill("[name=agreed-0-who]", "Amina and Nora")
    page.fill("[name=agreed-0-due_on]", (timezone.localdate() + timedelta(days=30)).isoformat())
    page.fill("[name=home_support]", "Let Nora choose the book herself.")
    page.click("[name=look]")
    look(page)
    page.click("text=Share with the family")
    look(page)
    assert talk.summaries.get().is_shared


def _the_guardian_says_that_it_is_right(page, amina, live_server, mailbox, talk):
    path = f"/conferences/{talk.pk}/summary/"
    let_go()
    wait_for("the mail about the summary", lambda: _links_to(path, mailbox.to(amina)))
    enter(page, amina, live_server.url)
    page.goto(_links_to(path, mailbox.to(amina))[0])
    look(page)
    expect(page.get_by_text("Read together for ten minutes").first).to_be_visible()
    page.get_by_role("button", name="Yes, this is right").click()
    look(page)
    assert SummaryAnswer.objects.get().agrees


def _links_to(path, mails):
    return [link for mail in mails for link in links_in(mail) if path in link]


def _report(page):
    page.goto("/conferences/coverage/")
    look(page)
    return page.text_content("main")  # what is folded away too
