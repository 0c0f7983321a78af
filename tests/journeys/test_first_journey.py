"""From a roster file to a decision letter: the main job, from end to end, in a real browser with a real worker.

Given a school whose office, class contact, guardian and principal each have a browser of their own,
when each does the next thing that waits, then the children's families have met and the class has its support.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from grants.models import GrantApplication
from networks.models import Gathering, Rsvp
from portal.messaging.models import PersonalLink
from portal.people.models import GuardianRelation, Person, Role, School, SchoolClass, the_portal
from portal.rosters.generating import write_roster
from tests import make
from tests.grants.cast import scheme
from tests.journeys.conftest import PATIENCE, in_english_at_any_hour, let_go, links_in, wait_for
from tests.journeys.conftest import enter as sign_in
from tests.journeys.conftest import look as whole

pytestmark = pytest.mark.django_db(transaction=True)


def look(page):
    whole(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def enter(page, person, address):
    sign_in(page, person, address)
    page.goto("/")
    look(page)


@pytest.fixture
def school(db):
    town = make.municipality("Granvik")
    school = make.school("Skole 1", within=town)  # as the made-up roster calls it
    scheme(town)
    return school


def test_from_a_roster_to_a_decision_letter(visit, live_server, mailbox, worker, school, tmp_path):
    office = make.holder(Role.Kind.OFFICE, school, "Kari", "Moen", language="en")
    principal = make.holder(Role.Kind.PRINCIPAL, school, "Solveig", "Haugen", language="en")
    other_principal = make.holder(
        Role.Kind.PRINCIPAL, make.school("Moen skole", within=school.municipality), language="en"
    )

    first = _office_brings_the_school_in(visit("desk"), office, live_server, school, tmp_path)
    contact, guardian = _a_class_with_a_contact(first, office)
    gathering = _contact_plans_and_invites(visit("phone"), contact, live_server, first, mailbox)
    _guardian_answers_with_one_tap(visit("phone"), guardian, gathering, mailbox)
    _contact_reaches_the_rest(visit("desk"), contact, live_server, gathering, mailbox)
    application = _contact_applies(visit("phone"), contact, live_server, gathering)
    _another_principal_finds_nothing(visit("desk"), other_principal, live_server, application)
    _principal_decides(visit("desk"), principal, live_server, application)
    _the_letter_arrives(contact, application, mailbox)


def _office_brings_the_school_in(page, office, live_server, school, tmp_path):
    file = tmp_path / "roster.zip"
    write_roster(file, schools=1, pupils=60)
    enter(page, office, live_server.url)
    page.goto("/office/rosters/new/")
    look(page)
    page.set_input_files("input[type=file]", str(file))
    page.click("main form .ds-button")
    page.get_by_role("button", name="Import", exact=True).wait_for(timeout=PATIENCE * 1000)
    look(page)
    assert not GuardianRelation.objects.exists()

    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("link", name="Confirm guardians").wait_for(timeout=PATIENCE * 1000)
    look(page)
    assert GuardianRelation.objects.proposed().exists()
    assert not GuardianRelation.objects.live().exists()

    page.get_by_role("link", name="Confirm guardians").click()
    look(page)
    page.locator("main .sb-rowlink", has_text=re.compile(r"^\s*1A")).click()
    look(page)
    for box in page.locator("input[name=pupils]").all():
        box.check()
    page.get_by_role("button", name="Confirm those I have ticked").click()
    look(page)
    assert GuardianRelation.objects.live().exists()
    confirmed = GuardianRelation.objects.live().first().pupil
    return SchoolClass.objects.get(enrolments__pupil=confirmed, school=School.objects.get(pk=school.pk))


def _a_class_with_a_contact(first, office):
    guardians = [
        relation.guardian
        for relation in GuardianRelation.objects.live()
        .filter(pupil__enrolments__school_class=first)
        .exclude(guardian__email="")
        .select_related("guardian")
    ]
    contact, guardian = guardians[0], next(one for one in guardians if one.household_id != guardians[0].household_id)
    in_english_at_any_hour(*{guardian.pk: guardian for guardian in guardians}.values())
    make.role(contact, Role.Kind.CLASS_CONTACT, first)
    assert the_portal() not in guardians
    contact.refresh_from_db()
    guardian.refresh_from_db()
    return contact, guardian


def _contact_plans_and_invites(page, contact, live_server, first, mailbox):
    enter(page, contact, live_server.url)
    page.goto(f"/gatherings/classes/{first.pk}/ideas/")
    look(page)
    page.locator("main a[href*='?idea=']").first.click()
    look(page)
    day = timezone.localdate() + timedelta(days=20)
    page.fill("[name=day]", day.isoformat())
    page.fill("[name=place]", "The shelter by the lake")
    page.click("main form .ds-button[type=submit], main form button.ds-button:not([data-icon])")
    look(page)
    for box in page.locator("input[name=fine]").all()[:6]:
        box.check(force=True)
    page.get_by_role("button", name="Save and go on").click()
    look(page)
    expect(page.get_by_text("invited").first).to_be_visible()
    page.get_by_role("button", name="Send the invitation").click()
    look(page)

    gathering = Gathering.objects.get()
    assert gathering.is_published
    homes = {
        relation.guardian.household_id
        for relation in GuardianRelation.objects.live()
        .filter(pupil__enrolments__school_class=first)
        .select_related("guardian")
    }
    assert set(gathering.invitations.values_list("household", flat=True)) == homes
    let_go()
    wait_for("the invitation", lambda: mailbox.to(contact))
    return gathering


def _guardian_answers_with_one_tap(page, guardian, gathering, mailbox):
    def invitations():
        return [one for one in mailbox.to(guardian) if "Are you coming?" in one.get_body(("plain",)).get_content()]

    wait_for("the guardian's invitation", invitations)
    invitation = invitations()[-1]
    assert any(part.get_content_type() == "text/calendar" for part in invitation.walk())
    link = next(link for link in links_in(invitation) if "/gatherings/a/" in link)

    page.goto(link)
    look(page)
    mine = PersonalLink.objects.filter(person=guardian)
    wait_for("the page to say that it was opened", lambda: mine.filter(opened_at__isnull=False).exists())
    page.get_by_role("button", name="Yes, we are coming").click()
    look(page)
    page.get_by_role("button", name="Save for the family of").click()
    look(page)
    rsvp = Rsvp.objects.get(gathering=gathering, household=guardian.household_id)
    assert rsvp.answer == "yes"
    expect(page.get_by_text("is saved for")).to_be_visible()

    page.fill("[name=adults]", "2")
    page.check("[name=lift][value=offer]", force=True)
    page.fill("[name=seats]", "3")
    page.fill("[name=food]", "No pork")
    page.get_by_role("button", name="Save", exact=True).click()
    look(page)
    rsvp.refresh_from_db()
    assert (rsvp.adults, rsvp.lift, rsvp.seats, rsvp.food) == (2, "offer", 3, "No pork")


def _contact_reaches_the_rest(page, contact, live_server, gathering, mailbox):
    enter(page, contact, live_server.url)
    page.goto(f"/gatherings/{gathering.pk}/organise/")
    look(page)
    page.goto(f"/gatherings/{gathering.pk}/reach/")
    look(page)
    answered = set(gathering.rsvps.values_list("household", flat=True))
    silent = set(gathering.invitations.values_list("household", flat=True)) - answered - {contact.household_id}
    before = len(mailbox.mails)
    page.locator("form[action$='/remind/'] button").click()
    look(page)
    let_go()
    reminded = {
        person.email for person in Person.objects.filter(household__in=silent).exclude(email="") if person.email
    }
    wait_for("the reminders", lambda: {mail.receiver for mail in mailbox.mails[before:]} >= reminded)
    assert {mail.receiver for mail in mailbox.mails[before:]} == reminded

    home = min(silent)
    page.goto(f"/gatherings/{gathering.pk}/reach/{home}/")
    look(page)
    page.click("button[name=outcome][value=coming]")
    look(page)
    answer = Rsvp.objects.get(gathering=gathering, household=home)
    assert (answer.answer, answer.on_behalf, answer.answered_by) == ("yes", True, contact)


def _contact_applies(page, contact, live_server, gathering):
    enter(page, contact, live_server.url)
    page.goto(f"/gatherings/{gathering.pk}/organise/")
    page.get_by_role("link", name="Apply for gathering support").click()
    look(page)
    for name, text in (
        ("purpose", "We meet by the fire and play."),
        ("child_participation", "The children voted."),
        ("inclusion_measures", "It is free, and we drive each other."),
        ("cost_per_family", "0"),
        ("account", "8601 11 17947"),
    ):
        page.fill(f"[name={name}]", text)
    page.check("[name=payee_kind][value=class_account]", force=True)
    page.check("[name=relationship_to_decider][value=no]", force=True)
    page.check("[name=terms]", force=True)
    page.select_option("[name=reply_language]", "en")
    page.get_by_role("button", name="Look over the answers").click()
    look(page)
    page.get_by_role("button", name="Send application").click()
    look(page)
    application = GrantApplication.objects.get()
    assert application.status == "submitted"
    return application


def _another_principal_finds_nothing(page, principal, live_server, application):
    enter(page, principal, live_server.url)
    assert page.goto(f"/grants/{application.pk}/").status == 404
    page.goto("/")
    expect(page.get_by_text("1000")).to_have_count(0)


def _principal_decides(page, principal, live_server, application):
    enter(page, principal, live_server.url)
    waiting = page.locator("main .sb-rowlink", has_text="1000")
    expect(waiting).to_have_count(1)
    waiting.click()
    look(page)
    page.goto(f"/grants/{application.pk}/open/")
    look(page)
    page.check("[name=stands_aside][value=no]", force=True)
    page.get_by_role("button", name="Go on").click()
    look(page)
    page.check("[name=result][value=approved]", force=True)
    page.get_by_role("button", name="See the letter before you send").click()
    look(page)
    page.get_by_role("button", name="Send the decision").click()
    look(page)
    application.refresh_from_db()
    assert application.status == "approved"

    page.goto("/grants/register/")
    look(page)
    expect(page.get_by_role("rowheader", name=application.school_class.name)).to_be_visible()
    page.goto("/")
    expect(page.locator("main .sb-rowlink", has_text="1000")).to_have_count(0)


def _the_letter_arrives(contact, application, mailbox):
    let_go()
    wait_for(
        "the letter",
        lambda: any(
            "There is a letter for you about your application" in words_of(mail) for mail in mailbox.to(contact)
        ),
    )
    assert application.decisions.count() == 1


def words_of(mail):
    return f"{mail['Subject']} {mail.get_body(('plain',)).get_content()}"
