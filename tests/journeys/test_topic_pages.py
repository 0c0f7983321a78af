"""A family proposes, others press once, the contact answers; every kit prints on two pages; the catalogue needs no script."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from networks.models import Proposal, Support
from networks.topics.kits import KITS
from portal.people.models import Person, SchoolClass
from tests.journeys.conftest import enter, look
from tests.networks.conftest import town as town_of_networks

pytestmark = pytest.mark.django_db(transaction=True)

town = town_of_networks


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_from_a_familys_idea_to_a_draft(visit, live_server, town, kind):
    family, other, contact = visit(kind), visit(kind), visit(kind)
    for page, person in ((family, town.amira), (other, town.ben), (contact, town.jurgita)):
        enter(page, person, live_server.url)

    family.goto("/gatherings/")
    look(family)
    family.locator("main a[href^='/classes/']").click()
    family.locator("a[href$='/proposals/']").click()
    look(family)
    family.locator("a[href$='/proposals/new/']").click()
    look(family)
    family.check("[name=kind][value=gathering]", force=True)
    family.fill("[name=title]", "A walk to the tower")
    family.click("main form .ds-button")
    look(family)
    proposal = Proposal.objects.get()

    other.goto(f"/gatherings/classes/{town.first.pk}/proposals/")
    look(other)
    other.click("form[action$='/support/'] button")
    look(other)
    assert Support.objects.filter(proposal=proposal).count() == 2
    other.goto(f"/gatherings/classes/{town.first.pk}/topics/")
    look(other)
    other.locator("form[action$='/screens/wish/'] button").click()
    look(other)

    contact.goto(f"/gatherings/proposals/{proposal.pk}/answer/")
    look(contact)
    contact.goto(f"/gatherings/classes/{town.first.pk}/topics/chores/new/")
    look(contact)
    expect(contact.locator("aside li")).to_have_count(1)
    contact.goto(f"/gatherings/proposals/{proposal.pk}/gather/")
    look(contact)


@pytest.mark.parametrize("language", Person.Language.values)
def test_every_kit_prints_on_at_most_two_pages(visit, live_server, town, language):
    SchoolClass.objects.filter(pk=town.first.pk).update(grades=[4, 5])
    Person.objects.filter(pk=town.amira.pk).update(language=language)
    page = visit("desk")
    enter(page, town.amira, live_server.url)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])

    for kit in KITS:
        page.goto(f"/gatherings/classes/{town.first.pk}/topics/{kit.key}/")
        pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert len(pages) <= 2, f"{kit.key} in {language}"
        assert "112" in pages[-1].extract_text()


@pytest.mark.parametrize("kind", ["phone", "desk"])
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_catalogue_is_narrowed_by_a_press_without_scripts(visit, live_server, town, kind, appearance):
    page = visit(kind, java_script_enabled=False, color_scheme=appearance)
    enter(page, town.jurgita, live_server.url)

    page.goto(f"/gatherings/classes/{town.first.pk}/ideas/")
    expect(page.locator(".sb-ideas > li")).to_have_count(38)
    page.locator(".sb-chips a[href*='trait=outdoors']").click()
    expect(page.locator(".sb-ideas > li")).to_have_count(15)
    page.locator(".sb-chips a[aria-current]").click()
    expect(page.locator(".sb-ideas > li")).to_have_count(38)

    with_scripts = visit(kind, color_scheme=appearance)
    enter(with_scripts, town.jurgita, live_server.url)
    with_scripts.goto(f"/gatherings/classes/{town.first.pk}/ideas/")
    look(with_scripts)
