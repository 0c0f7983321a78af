"""Two taps from a guardian's first page to the number of the right adult; a teacher who is away says so on one line; every
page of it is whole on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from portal.people import actions
from portal.people.models import Person, the_portal
from portal.schoolyear.actions import set_promises
from tests import make
from tests.journeys.conftest import enter, look

pytestmark = pytest.mark.django_db(transaction=True)
TOM = "+4741200401"


@pytest.fixture
def lia():
    lia = make.school("Lia skole")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Ås", phone=TOM)
    lia.siri = make.holder("subject_teacher", lia.here, "Siri", "Dal")
    lia.odd = make.holder("office", lia, "Odd")
    set_promises(lia, by=the_portal(), after_school_care=True)
    lia.frida = make.holder("after_school", lia, "Frida", "Fonn")
    actions.choose_ways(lia.tom, by=lia.tom, ways=["phone", "email"])
    Person.objects.update(language="en")
    return lia


def test_two_taps_from_the_first_page_to_the_right_number(visit, live_server, lia):
    page, taps = visit("phone"), 0
    enter(page, lia.amira, live_server.url)
    page.goto("/")

    page.get_by_role("link", name="Whom can I talk to?").click()
    taps += 1
    look(page)
    number = page.get_by_role("link", name="Call Tom Ås")
    expect(number).to_be_visible()
    expect(number).to_have_attribute("href", f"tel:{TOM}")
    taps += 1  # which calls

    assert taps == 2


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_away_on_one_line_and_every_page_is_whole(visit, live_server, lia, kind):
    page = visit(kind)
    enter(page, lia.tom, live_server.url)
    page.goto(reverse("people:ways_choose"))
    look(page)
    page.get_by_role("link", name="Say that you are away").click()
    look(page)
    page.locator("[name=away_until]").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.locator("[name=stand_in]").select_option(label="Siri Dal")
    page.get_by_role("button", name="Save").click()
    look(page)
    expect(page.get_by_text("Away until")).to_be_visible()

    enter(page, lia.odd, live_server.url)
    page.goto(reverse("people:care_list"))
    look(page)
    page.get_by_role("link", name="3B").click()
    look(page)
    page.get_by_text("Nora Vik").click()
    page.get_by_role("button", name="Save").click()
    look(page)

    enter(page, lia.frida, live_server.url)
    page.goto("/")
    look(page)
    page.goto(reverse("people:care_children"))
    look(page)
    expect(page.get_by_text("Nora Vik")).to_be_visible()

    enter(page, lia.amira, live_server.url)
    page.goto(reverse("principles:guide_show", args=[lia.nora.key]))
    look(page)
    expect(page.get_by_text("Siri Dal stands in.")).to_be_visible()
    expect(page.get_by_text("Frida Fonn", exact=True)).to_be_visible()
    page.get_by_role("link", name="To the management").click()
    look(page)
    page.get_by_text("I have got an answer that does not help").click()
    expect(page.get_by_text("Say what you asked")).to_be_visible()
    look(page)


def test_a_pupil_finds_its_own_from_its_first_page(visit, live_server, lia):
    iver = make.pupil("Iver", in_class=lia.here, born_on=timezone.localdate() - timedelta(days=366 * 13))
    Person.objects.update(language="en")
    page = visit("phone")
    enter(page, iver, live_server.url)
    page.goto("/")

    page.get_by_role("link", name="Whom can I talk to?").click()

    look(page)
    expect(page.get_by_role("link", name="Call Tom Ås")).to_be_visible()
