"""From the idea to the last family reached: every page on the way is whole on a phone and on a desk, axe is content."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from networks.models import Gathering, Rsvp
from portal.messaging.links import link_for
from portal.people.models import DirectoryChoice
from tests import make
from tests.journeys.conftest import enter, look
from tests.networks.conftest import town as town_of_networks

pytestmark = pytest.mark.django_db(transaction=True)

town = town_of_networks


def more_families(town):
    for number, (child, adult, name) in enumerate(
        [("Ayaan", "Hodan", "Cabdullahi"), ("Zofia", "Jan", "Wiśniewska-Haugen"), ("Linh", "Thi", "Nguyen")]
    ):
        _child, guardian = make.family(
            town.first, pupil_name=child, adult_name=adult, family_name=name, phone=f"+479100000{number}"
        )
        DirectoryChoice.objects.create(person=guardian, field="phone")
    make.pupil("Priya", "Raghunathan", in_class=town.first)


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_from_the_idea_to_the_last_family_reached(visit, live_server, town, kind):
    more_families(town)
    contact, family = visit(kind), visit(kind)
    enter(contact, town.jurgita, live_server.url)

    for path in (
        "/gatherings/",
        f"/gatherings/classes/{town.first.pk}/",
        f"/gatherings/classes/{town.first.pk}/ideas/",
    ):
        contact.goto(path)
        look(contact)
    contact.locator("a[href$='idea=bonfire']").click()
    look(contact)
    contact.fill("[name=day]", (town.school.today() + timedelta(days=20)).isoformat())
    contact.fill("[name=place]", "The shelter by the lake")
    contact.click("main form .ds-button")
    look(contact)
    contact.check("[name=fine][value=time]", force=True)
    contact.click("main form .ds-button")
    look(contact)
    contact.get_by_role("button", name="Send").click()
    look(contact)
    gathering = Gathering.objects.get()
    assert gathering.state == "published"

    family.goto(link_for(town.amira, gathering, purpose="networks.answer").url())
    look(family)
    family.locator("button[value=yes]").focus()
    family.keyboard.press("Enter")
    look(family)
    assert not Rsvp.objects.exists()
    family.get_by_role("button", name="Lagre for familien til Nora").press("Enter")
    family.wait_for_url("**#answer")
    expect(family.locator(":focus")).to_have_accessible_description(re.compile("er lagret for Nora"))
    assert Rsvp.objects.get().answer == "yes"
    look(family)
    family.check("[name=lift][value=need]", force=True)
    family.fill("[name=food]", "No pork")
    family.click(".sb-form button.ds-button:not([data-variant])")
    assert Rsvp.objects.get().food == "No pork"
    look(family)

    contact.goto(f"/gatherings/{gathering.pk}/reach/")
    look(contact)
    contact.locator("a", has_text="Nguyen").last.click()
    look(contact)
    contact.click("button[value=coming]")
    assert Rsvp.objects.filter(on_behalf=True, answer="yes").count() == 1
    look(contact)
    for name in ("organise", "tasks", "edit", "check", "cancel"):
        contact.goto(f"/gatherings/{gathering.pk}/{name}/")
        look(contact)
    enter(family, town.amira, live_server.url)
    for path in ("/gatherings/", f"/gatherings/{gathering.pk}/"):
        family.goto(path)
        look(family)
