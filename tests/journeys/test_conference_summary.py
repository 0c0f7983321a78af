"""A talk is written down, shared, read at home, answered, followed up and corrected, on a phone and on a desk."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from conferences.models import Conference, ConferenceSummary
from tests import make
from tests.conferences.conftest import amina, conference, nora, round, school, school_class, teacher, yusuf  # noqa: F401
from tests.journeys.conftest import enter, look

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = os.environ.get("PICTURES")
SAID = {
    "child_words": "I like it best when we build things. Reading aloud is hard when everyone listens.\n\n"
    "I want to practise being a little braver.",
    "academic": "Nora explains how she calculates so that others understand.",
    "social": "She welcomes new children to the group, and asks when she wonders.",
    "home_support": "Let Nora choose the book herself.\nRead every other page.\nPraise the attempt, not the speed.",
    "goals-0-text": "Read a short text aloud to two friends",
    "goals-1-text": "Use the multiplication table up to 5",
    "agreed-0-what": "Read together for ten minutes",
    "agreed-0-who": "Amina and Nora",
    "agreed-0-how_often": "four evenings a week",
    "agreed-1-what": "Practise the text in a group of three",
}


def picture(page, name, kind):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{kind}.png", full_page=True)


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_talk_ends_in_something_agreed(visit, live_server, conference, amina, yusuf, teacher, school_class, kind):  # noqa: F811
    for person in (amina, teacher):
        person.language = "en"
        person.save()
    make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    Conference.objects.update(state="held", ended_at=timezone.now())
    due = str(timezone.localdate() + timedelta(days=30))
    page = visit(kind)
    enter(page, teacher, live_server.url)

    page.goto(f"/conferences/{conference.pk}/write/")
    look(page)
    for name, text in SAID.items():
        page.fill(f"[name={name}]", text)
    for row, owner in enumerate(("home", "school")):
        page.select_option(f"[name=agreed-{row}-owner]", owner)
        page.fill(f"[name=agreed-{row}-due_on]", due)
    page.click("[name=look]")
    expect(page.locator(".ds-error-summary")).to_be_visible()
    expect(page.locator("[name=child_words]")).to_have_value(SAID["child_words"])
    look(page)
    picture(page, "summary-error", kind)
    page.fill("[name=agreed-1-who]", "Anne")
    page.fill("[name=social]", SAID["social"] + " She plays with Iver Nordlie, who has ADHD.")
    page.click("[name=look]")
    look(page)
    picture(page, "summary-share", kind)
    page.click("text=Go on writing")
    look(page)
    picture(page, "summary-write", kind)
    page.fill("[name=social]", SAID["social"])
    page.click("[name=look]")
    page.wait_for_load_state()
    expect(page.locator("#look-again")).to_have_count(0)
    page.click("text=Share with the family")
    look(page)
    picture(page, "summary-teacher", kind)

    enter(page, amina, live_server.url)
    page.goto(f"/conferences/{conference.pk}/summary/")
    look(page)
    picture(page, "summary-show", kind)
    page.click("summary:has-text('How did it go?') >> nth=0")
    look(page)
    picture(page, "summary-told", kind)
    page.click("main button:has-text('Done') >> nth=0")
    page.click("text=Yes, this is right")
    expect(page.locator("main")).to_contain_text("You have said that this is right")
    page.click("text=Write a comment")
    look(page)
    page.fill("[name=comment]", "It was Tuesday.")
    page.click("text=Send the comment")
    look(page)
    page.goto(f"/conferences/{conference.pk}/feedback/")
    look(page)
    picture(page, "feedback", kind)

    enter(page, teacher, live_server.url)
    page.goto(f"/conferences/{conference.pk}/summary/")
    look(page)
    picture(page, "summary-commented", kind)
    page.click("text=Correct it")
    look(page)
    page.fill("[name=because]", "The day of the group")
    page.click("main form .ds-button")
    look(page)
    page.click("[name=look]")
    page.click("text=Share with the family")
    look(page)
    picture(page, "summary-corrected", kind)
    assert ConferenceSummary.objects.shared().count() == 2


def test_what_is_typed_is_not_lost_by_leaving(visit, live_server, conference, teacher):  # noqa: F811
    teacher.language = "en"
    teacher.save()
    page, asked = visit("phone"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    enter(page, teacher, live_server.url)
    page.goto(f"/conferences/{conference.pk}/write/")
    page.click("[name=child_words]")
    page.keyboard.type("I like to build.")
    page.click(".sb-back", no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.locator("[name=child_words]").input_value() == "I like to build."
    page.click("[name=draft] >> nth=0")
    page.wait_for_load_state()
    assert ConferenceSummary.objects.get().child_words == "I like to build."
    page.click(".sb-back")
    page.wait_for_url("**/talk/")
    assert asked == ["beforeunload"]
