"""An agreement from the survey to the children's card: every page on the way is whole on a phone and on a desk, by keyboard
and without a script too."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from networks import actions
from networks.models import SharedNormAgreement
from portal.surveys.models import Answered
from tests.journeys.conftest import enter, in_english_at_any_hour, let_go, links_in, look, wait_for
from tests.networks.agreements.conftest import town as town_of_agreements

pytestmark = pytest.mark.django_db(transaction=True)
town = town_of_agreements


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_from_the_survey_to_the_childrens_card(visit, live_server, town, worker, mailbox, kind):
    in_english_at_any_hour(*town.homes, town.teacher)
    contact, family = visit(kind), visit(kind, java_script_enabled=kind == "desk")
    enter(contact, town.jurgita, live_server.url)
    contact.goto(f"/gatherings/classes/{town.first.pk}/")
    contact.get_by_role("link", name="What 1A has agreed").click()
    look(contact)
    contact.get_by_role("link", name="Chores and pocket money").click()
    look(contact)
    contact.get_by_role("button", name="Ask all 7 homes").click()
    look(contact)
    agreement = SharedNormAgreement.objects.get()

    let_go()
    wait_for("the letter to the family", lambda: mailbox.to(town.amira))
    address = next(link for link in links_in(mailbox.to(town.amira)[0]) if link.endswith("/answer/"))
    enter(family, town.amira, live_server.url)
    family.goto(address)
    family.get_by_role("checkbox", name="Empties the dishwasher").check(force=True)
    family.get_by_role("checkbox", name="Sets the table").check(force=True)
    family.get_by_role("radio", name="31–60 kroner").focus()
    family.keyboard.press("Space")
    if kind == "desk":
        look(family)
    family.get_by_role("button", name="Send without a name").click()
    expect(family.get_by_text("Your home has answered")).to_be_visible()
    for person in town.homes[2:6]:
        actions.answer_survey(agreement, by=person, answers={0: [1, 2], 1: [1]})

    contact.goto(agreement.get_absolute_url())
    look(contact)
    contact.get_by_role("button", name="Close the survey now").click()
    expect(contact.get_by_role("heading", name="What the homes answered")).to_be_visible()
    look(contact)
    assert not Answered.objects.exists()
    contact.get_by_role("link", name="Write down what you agreed").click()
    look(contact)
    contact.fill("[name=meeting]", "The autumn meeting")
    contact.fill("[name=review_on]", (town.school.today() + timedelta(days=300)).isoformat())
    contact.click("main form .ds-button")
    look(contact)

    for person in (town.ben, town.teacher):
        enter(contact, person, live_server.url)
        contact.goto(agreement.get_absolute_url())
        look(contact)
        contact.get_by_role("link", name="The children’s card").click()
        expect(contact.get_by_text("5 of 5 empty the dishwasher")).to_be_visible()
        look(contact)
    contact.emulate_media(media="print")
    expect(contact.get_by_text("5 of 5 empty the dishwasher")).to_be_visible()
    expect(contact.get_by_text("Print this page")).to_be_hidden()
