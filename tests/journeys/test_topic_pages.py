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


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_topic_is_asked_of_a_theme_evening_alone_and_without_a_script(visit, live_server, town, kind):
    contact = visit(kind, java_script_enabled=False)
    enter(contact, town.jurgita, live_server.url)
    contact.goto(f"/gatherings/classes/{town.first.pk}/new/")
    for chosen in ("families", "theme", "adults", "theme"):
        contact.check(f"[name=kind][value={chosen}]", force=True)
        for field in ("kit", "own_topic"):
            expect(contact.locator(f"[name={field}]")).to_be_visible(visible=chosen == "theme")
    contact.select_option("[name=kit]", "screens")
    contact.fill("[name=own_topic]", "Sleep")
    contact.click("main form .ds-button")
    expect(contact.locator("#div_id_own_topic [aria-invalid=true]")).to_have_value("Sleep")
    contact.check("[name=kind][value=families]", force=True)
    expect(contact.locator("[name=own_topic]")).to_be_visible()  # what is wrong is never hidden


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
