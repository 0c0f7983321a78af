"""Start a network in a meeting: the teacher's code on the wall, two phones, and who was elected; no script is needed."""

import pytest
from playwright.sync_api import expect

from networks.models import Confirmed, NetworkStart
from portal.people.models import Role
from tests import make
from tests.journeys.conftest import enter, look
from tests.networks.conftest import town as town_of_networks

pytestmark = pytest.mark.django_db(transaction=True)

town = town_of_networks


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_start_a_network_in_a_meeting(visit, live_server, town, kind):
    for number in range(3):
        make.family(town.first, pupil_name=f"Child{number}", adult_name=f"Adult{number}")
    tom = make.holder("contact_teacher", town.first, "Tom", "Teacher")
    teacher, family, other = visit("desk"), visit(kind, java_script_enabled=False), visit(kind)
    for page, person in ((teacher, tom), (other, town.ben)):
        enter(page, person, live_server.url)

    teacher.goto(f"/classes/{town.first.pk}/")
    look(teacher)
    teacher.locator("a[href$='/start/']").click()
    look(teacher)
    teacher.click("main form .ds-button")
    look(teacher)
    expect(teacher.locator("main svg path").first).to_be_visible()
    start = NetworkStart.objects.get()

    family.goto(f"/start/{start.code}/")
    assert "/login/" in family.url
    enter(family, town.amira, live_server.url)
    family.goto(f"/start/{start.code}/")
    family.fill("[name=phone]", "41234567")
    family.check("[name=fields][value=name]", force=True)
    family.click("main form .ds-button")
    expect(family.locator("h1")).to_contain_text("1A")
    assert Confirmed.objects.count() == 1

    other.goto("/start/")
    look(other)
    other.fill("[name=code]", f"{start.code[:3]} {start.code[3:].lower()}")
    other.click("main form .ds-button")
    look(other)
    other.click("main form .ds-button")
    look(other)
    expect(other.locator("#began")).to_be_visible()

    teacher.goto(f"/gatherings/classes/{town.first.pk}/start/")
    teacher.locator("a[href$='/elected/']").click()
    look(teacher)
    teacher.select_option("[name=holder]", str(town.amira.pk))
    teacher.click("main form .ds-button")
    look(teacher)
    assert Role.objects.live().filter(person=town.amira, kind="class_contact").exists()

    family.goto(f"/gatherings/classes/{town.first.pk}/hand-over/")
    expect(family.locator("#job")).to_be_visible()
    contact = visit(kind)
    enter(contact, town.jurgita, live_server.url)
    for path in ("hand-over", "newcomers"):
        contact.goto(f"/gatherings/classes/{town.first.pk}/{path}/")
        look(contact)
