"""From a worry to an answer, and from an answer that is not enough to the head; every page of it is whole."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.people.models import Person
from portal.schoolyear.actions import set_promises
from principles.inquiries.models import Inquiry
from tests import make
from tests.journeys.conftest import enter, look

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "She sits alone in every break."


@pytest.fixture
def lia():
    lia = make.school("Lia skole")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Ås")
    lia.pia = make.holder("principal", lia, "Pia", "Hauge")
    set_promises(lia, by=lia.pia, answer_days=3, after_school_care=False)
    Person.objects.update(language="en")
    return lia


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_from_a_worry_to_not_satisfied_to_the_head(visit, live_server, lia, kind):
    page = visit(kind)
    enter(page, lia.amira, live_server.url)
    page.goto(reverse("people:child_show", args=[lia.nora.key]))
    page.get_by_role("link", name="I wonder about something, or I am worried").click()
    look(page)
    page.get_by_text("I am worried", exact=True).click()
    page.get_by_label("What I see").fill(WORDS)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("The school has it, and answers by")).to_be_visible()
    look(page)

    enter(page, lia.tom, live_server.url)
    page.goto("/")
    page.get_by_role("link", name="Answer an inquiry about Nora Vik").click()
    look(page)
    page.get_by_role("link", name="Hand it on").click()
    look(page)
    page.go_back()
    page.get_by_role("link", name="Answer", exact=True).click()
    look(page)
    page.get_by_label("Your answer").fill("We look after the breaks.")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Nothing waits for you now.")).to_be_visible()
    look(page)

    enter(page, lia.amira, live_server.url)
    page.goto(Inquiry.objects.get().get_absolute_url())
    look(page)
    expect(page.get_by_text("We look after the breaks.")).to_be_visible()
    page.get_by_role("button", name="I am not satisfied with the answer").click()
    expect(page.get_by_text("The board decides the principles")).to_be_visible()
    look(page)

    enter(page, lia.pia, live_server.url)
    page.goto(reverse("principles:inquiry_list"))
    look(page)
    page.get_by_role("link", name="Nora Vik").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("We look after the breaks.")).to_be_visible()
    look(page)


def test_saved_in_the_evening_and_taken_back(visit, live_server, lia):
    page = visit("phone")
    enter(page, lia.amira, live_server.url)
    page.goto(reverse("principles:inquiry_write", args=[lia.nora.key]))
    page.get_by_text("I wonder about something", exact=True).click()
    page.get_by_label("What I hope we can do").fill("Talk.")
    page.get_by_role("button", name="Save it, and send it tomorrow morning").click()
    look(page)

    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_text("Nobody has read it")).to_be_visible()
    assert not Inquiry.objects.exists()
