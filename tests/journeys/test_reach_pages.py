"""Reach the last two families: one is called, the other gets a letter, whose code is typed on another phone."""

import re
from io import BytesIO

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from pypdf import PdfReader

from networks import actions
from networks.models import Contact, PrintedLetter, Rsvp
from portal.people.models import DirectoryChoice, Person
from tests import make
from tests.journeys.conftest import enter, look
from tests.networks.conftest import town as town_of_networks

pytestmark = pytest.mark.django_db(transaction=True)

town = town_of_networks


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_reach_the_last_two_families(visit, live_server, town, kind, tmp_path):
    cache.clear()
    gathering = make.published(town.first, by=town.jurgita)
    actions.answer(gathering, by=town.jurgita, household=town.jurgita.household, answer="yes")
    Person.objects.filter(pk=town.jurgita.pk).update(language="en")
    Person.objects.filter(pk=town.ben.pk).update(phone="+4791000001")
    DirectoryChoice.objects.create(person=town.ben, field="phone")
    Person.objects.filter(pk=town.amira.pk).update(email="", phone="", language="en")
    contact, family, office = visit(kind), visit("phone", java_script_enabled=False), visit(kind)
    enter(contact, town.jurgita, live_server.url)

    contact.goto(f"/gatherings/{gathering.pk}/organise/")
    contact.locator("section a.ds-button[href$='/reach/']").click()
    look(contact)
    expect(contact.locator("#need-address")).to_be_visible()
    expect(contact.locator("a[href^='sms:']")).to_have_count(1)

    contact.locator(f"a[href$='/reach/{town.ben.household_id}/']").click()
    look(contact)
    contact.click("button[value=coming]")
    assert Contact.objects.get().outcome == "coming"
    contact.wait_for_url("**/reach/")

    with contact.expect_download() as file:
        contact.locator("form[action$='/letters/print/'] button").click()
    file.value.save_as(tmp_path / "letters.pdf")
    paper = PdfReader(BytesIO((tmp_path / "letters.pdf").read_bytes()))
    (code,) = re.findall(r"\b[A-Z2-9]{4} [A-Z2-9]{4}\b", paper.pages[0].extract_text())
    contact.goto(f"/gatherings/{gathering.pk}/reach/")
    look(contact)
    assert PrintedLetter.objects.get().household_id == town.amira.household_id
    contact.goto(f"/gatherings/{gathering.pk}/letters/")
    look(contact)

    enter(office, make.holder("office", town.school, "Odd", "Office"), live_server.url)
    for path in ("/gatherings/letters/", f"/gatherings/{gathering.pk}/letters/", "/letter/"):
        office.goto(path)
        look(office)

    family.goto("/letter/")
    family.fill("[name=code]", "ABCD EFGH")
    family.click("main form .ds-button")
    family.fill("[name=code]", code.lower())
    family.click("main form .ds-button")
    family.click("button[value=no]")
    assert not Rsvp.objects.filter(household=town.amira.household_id).exists()
    family.click("main form button.ds-button")
    assert Rsvp.objects.get(household=town.amira.household_id).answer == "no"

    contact.goto(f"/gatherings/{gathering.pk}/reach/")
    expect(contact.locator("main")).to_contain_text("All families are reached.")
    look(contact)
