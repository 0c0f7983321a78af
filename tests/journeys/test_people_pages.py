"""The office's pages, one's own pages, home and sign-in are whole on a phone and on a desk, and axe is content."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.people import actions
from portal.people.models import Person
from tests.journeys.conftest import enter, overflow_of, problems_on
from tests.laws.world import world

pytestmark = pytest.mark.django_db(transaction=True)

OF_THE_OFFICE = [
    "home",
    "people:office_home",
    "people:year_roll_over",
    "people:person_list",
    "people:person_detail",
    "people:person_contact",
    "people:person_home",
    "people:person_protect",
    "people:relation_propose",
    "people:role_give",
    "people:restriction_set",
    "people:relation_list",
    "people:relation_confirm",
    "people:restriction_list",
    "people:role_list",
    "people:contact_elect",
    "people:person_welcome",
]
OF_EVERYBODY = [
    "home",
    "people:profile",
    "people:directory",
    "people:child_list",
    "people:child_show",
    "usersessions_list",
    "account_email",
]
OF_A_CLASS_CONTACT = ["people:class_show", "people:class_list", "people:directory"]
OF_STAFF = ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"]
BEFORE_COMING_IN = ["account_login", "account_request_login_code", "account_signup", "demo"]


def wrong_with(page, names, args):
    found = []
    for name in names:
        page.goto(reverse(name, args=args.get(name, [])))
        found += [f"{name}: {problem}" for problem in problems_on(page)]
        found += [f"{name}: {page.locator('h1').count()} h1"] * (page.locator("h1").count() != 1)
        found += [f"{name}: {overflow_of(page)} px too wide"] * (overflow_of(page) != 0)
    return found


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_pages_are_whole(visit, live_server, settings, kind):
    settings.DEMO = True
    town = world()
    page = visit(kind)
    assert wrong_with(page, BEFORE_COMING_IN, town.args) == []
    enter(page, town.people["guardian"], live_server.url)
    assert wrong_with(page, OF_EVERYBODY, town.args) == []
    helga = Person.objects.get(given_name="Helga")
    Person.objects.filter(pk=helga.pk).update(phone="+4741200401", email="a.rather.long.address.of.helga@example.org")
    actions.choose_directory(helga, by=helga, fields=["phone", "email"])
    enter(page, town.people["class contact"], live_server.url)
    assert wrong_with(page, OF_A_CLASS_CONTACT, town.args) == []
    enter(page, town.people["principal"], live_server.url)
    assert wrong_with(page, OF_THE_OFFICE + OF_STAFF, town.args) == []


def test_the_hat_is_changed_from_the_header(visit, live_server):
    town = world()
    page = visit("phone")
    enter(page, town.people["class contact"], live_server.url)
    page.goto("/")

    page.click("summary:has(.sb-avatar)")
    page.click("button[name=hat]:has-text('1A')")

    expect(page.locator(".sb-hat")).to_contain_text("1A")


def test_back_after_logging_out_shows_nothing(visit, live_server):
    guardian = world().people["guardian"]
    page = visit("phone", whole=True)
    enter(page, guardian, live_server.url)
    page.goto(reverse("people:child_list"))
    page.goto(reverse("people:profile"))
    page.locator("header details").first.locator("summary").click()
    page.locator(f'form[action="{reverse("account_logout")}"] button').click()
    page.wait_for_url("**" + reverse("account_login") + "**")

    for _back in range(2):
        page.evaluate("history.back()")  # a page that the browser kept has no end of loading to wait for
        expect(page.get_by_text(guardian.full_name)).to_have_count(0)
        expect(page.locator('input[name="login"], input[name="email"]').first).to_be_visible()
