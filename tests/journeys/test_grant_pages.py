"""A class applies, the principal decides: every page on the way is whole on a phone and on a desk, and axe is content."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from grants.models import GrantApplication
from tests.grants.cast import TYPED, gathering
from tests.grants.conftest import town as town_of_grants
from tests.journeys.conftest import enter, look

pytestmark = pytest.mark.django_db(transaction=True)

town = town_of_grants


def fill(page):
    for name in ("purpose", "child_participation", "inclusion_measures", "cost_per_family", "account"):
        page.fill(f"[name={name}]", TYPED[name])
    page.check("[name=payee_kind][value=class_account]", force=True)
    page.check("[name=relationship_to_decider][value=no]", force=True)
    page.check("[name=terms]", force=True)


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_class_applies_and_the_principal_decides(visit, live_server, town, kind):
    gathering(town.first, "Bål")
    page = visit(kind)
    enter(page, town.zofia, live_server.url)
    for path in ("/grants/", "/grants/forms/"):
        page.goto(path)
        look(page)
    page.goto(f"/grants/gatherings/{town.gathering.pk}/apply/")
    look(page)
    fill(page)
    page.fill("[name=account]", "1234.56.7891")
    page.click("[name=check]")
    expect(page.locator("[name=account]")).to_have_value("1234.56.7891")
    look(page)
    page.fill("[name=account]", TYPED["account"])
    page.click("[name=check]")
    look(page)
    page.click("main form .ds-button")
    look(page)
    application = GrantApplication.objects.get()
    assert application.status == "submitted"

    enter(page, town.principal, live_server.url)
    page.goto(f"/grants/{application.pk}/open/")
    look(page)
    page.check("[name=stands_aside][value=no]", force=True)
    page.click("main form .ds-button")
    look(page)
    page.check("[name=result][value=approved]", force=True)
    page.click("[name=preview]")
    look(page)
    page.click("[name=send]")
    look(page)
    if kind == "desk":  # on paper the letter begins below its heading, not on the next page
        assert "1A" in PdfReader(io.BytesIO(page.pdf())).pages[0].extract_text()
    for path in ("/grants/register/", "/grants/awards/", f"/grants/{application.pk}/"):
        page.goto(path)
        look(page)


def test_from_a_planned_gathering_to_a_sent_application_on_a_phone(visit, live_server, town):
    """At most six fields are touched and two buttons pressed; what is typed is kept meanwhile, without a press."""
    planned = gathering(town.first, "Akedag", description="We slide.", children_involved="1A voted.", family_cost=0)
    page = visit("phone")
    enter(page, town.zofia, live_server.url)
    page.goto(f"/grants/gatherings/{planned.pk}/apply/")
    touched, pressed = [], []

    def touch(name, value=""):
        touched.append(name)
        if not value:
            page.check(f"[name={name}]", force=True)
        elif page.locator(f"[name={name}]").first.get_attribute("type") == "radio":
            page.check(f"[name={name}][value={value}]", force=True)
        else:
            page.fill(f"[name={name}]", value)

    def press(button):
        pressed.append(button)
        page.click(button)

    touch("inclusion_measures", TYPED["inclusion_measures"])
    expect(page.locator("[data-kept]")).to_contain_text("Lagret klokken")
    assert GrantApplication.objects.get().inclusion_measures == TYPED["inclusion_measures"]
    assert page.url.endswith(f"/grants/{GrantApplication.objects.get().pk}/edit/")
    touch("payee_kind", "class_account")
    touch("account", TYPED["account"])
    touch("relationship_to_decider", "no")
    touch("terms")
    press("[name=check]")
    press("main form .ds-button")

    expect(page.locator("#line")).to_be_visible()
    assert GrantApplication.objects.get().status == "submitted"
    assert len(touched) <= 6
    assert len(pressed) == 2


def test_a_dead_tab_loses_nothing_that_was_typed(visit, live_server, town):
    page = visit("phone")
    enter(page, town.zofia, live_server.url)
    page.goto(f"/grants/gatherings/{town.gathering.pk}/apply/")
    page.fill("[name=purpose]", "Bål og saft")
    expect(page.locator("[data-kept]")).to_contain_text("Lagret klokken")
    page.close()

    again = visit("phone")
    enter(again, town.zofia, live_server.url)
    again.goto(f"/grants/{GrantApplication.objects.get().pk}/edit/")
    expect(again.locator("[name=purpose]")).to_have_value("Bål og saft")
