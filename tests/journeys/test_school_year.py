"""The year of a school: the office reads its holidays from a file, a teacher puts in a meeting on a phone, and a family
reads both; the pages are whole and axe is content."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.schoolyear.models import Holiday, SchoolEvent
from tests import make
from tests.journeys.conftest import enter
from tests.journeys.test_people_pages import wrong_with
from tests.laws.world import world
from tests.portal.schoolyear.test_reading import calendar, day

pytestmark = pytest.mark.django_db(transaction=True)

OF_THE_OFFICE = [
    *(f"schoolyear:event_{page}" for page in ("list", "show", "add", "edit", "call_off")),
    *(f"schoolyear:{page}" for page in ("setting_list", "setting_show", "promises_set", "terms_set")),
    *("schoolyear:holiday_list", "schoolyear:holidays_read"),
]


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_pages_are_whole(visit, live_server, kind):
    town = world()
    page = visit(kind)
    enter(page, town.people["principal"], live_server.url)
    assert wrong_with(page, OF_THE_OFFICE, town.args) == []
    enter(page, town.people["guardian of another class"], live_server.url)
    assert wrong_with(page, ["schoolyear:event_list"], town.args) == []
    enter(page, town.people["class contact"], live_server.url)
    assert wrong_with(page, ["networks:gathering_tie"], town.args) == []


def test_from_a_file_and_a_phone_to_the_first_page_of_a_family(visit, live_server):
    lia = make.school("Lia skole")
    first, on = make.school_class("1A", at=lia), lia.today()
    _nora, amira = make.family(first, language="en")
    tom = make.holder("contact_teacher", first, given_name="Tom", language="en")
    office, teacher, family = visit("desk"), visit("phone"), visit("phone")

    enter(office, make.holder("office", lia, language="en"), live_server.url)
    office.goto("/office/")
    office.click("text=The school's settings")
    office.click("section:has(#holidays) >> text=Change")
    office.click("text=Read them from a calendar file")
    days = [f"{on + timedelta(days=n):%Y%m%d}" for n in (10, 15, 40)]
    content = calendar(day("Winter break", *days[:2]), day("First school day", days[2], ""))
    office.set_input_files("input[type=file]", {"name": "a.ics", "mimeType": "text/calendar", "buffer": content})
    office.click("button:has-text('Read the file')")
    office.click("label:has-text('First school day')")
    office.click("text=Put them on the list")
    expect(office.locator("main")).to_contain_text("1 holiday is new on the list.")
    assert Holiday.objects.get().name == "Winter break"

    enter(teacher, tom, live_server.url)
    teacher.goto("/school/events/")
    teacher.click("text=Put something in")
    teacher.fill("[name=title]", "Meeting of 1A")
    teacher.click("label:has-text('1A')")
    teacher.fill("[name=day]", min(on + timedelta(days=9), first.year.ends_on).isoformat())
    teacher.fill("[name=starts]", "18:00")
    teacher.fill("[name=ends]", "19:30")
    teacher.fill("[name=place]", "The library")
    teacher.click("text=Put it in")
    expect(teacher.locator("main")).to_contain_text("Nobody gets a message about it.")

    enter(family, amira, live_server.url)
    family.goto("/")
    family.click("text=Meeting of 1A")
    expect(family.locator("h1")).to_have_text("Meeting of 1A")
    assert family.url.endswith(SchoolEvent.objects.get().get_absolute_url())
    family.goto("/school/events/")
    expect(family.locator("main")).to_contain_text("Winter break")
    expect(family.locator("main")).not_to_contain_text("First school day")
