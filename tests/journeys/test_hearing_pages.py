"""Three kinds of people are heard on a draft; a point is put in before another, and every answer stays at its own words; the
board replies, and everybody reads what became of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from portal.people.models import Person
from principles import actions as texts
from principles.hearings import actions
from principles.hearings.models import Answer, Hearing
from principles.life.actions import move_version
from principles.models import Clause
from principles.outline import read_outline
from tests import make
from tests.journeys.conftest import enter, look

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Rules for phones\n\nThe school:\n\n• The phone lies in the bag.\n• Watches are silent.\n"
MORE = "Who wears a watch may call home."


@pytest.fixture
def lia():
    lia = make.school("Lia skole")
    here = make.school_class("3B", at=lia)
    _nora, lia.amira = make.family(here)
    lia.tom = make.holder("contact_teacher", here, "Tom", "Ås")
    lia.dina = make.holder("class_contact", here, "Dina", "Moe")
    lia.pia = make.holder("principal", lia, "Pia", "Hauge")
    lia.version = texts.draft_principle(lia, by=lia.pia, outline=read_outline(TEXT))
    move_version(lia.version, by=lia.pia, to="board_first_reading")
    today = lia.today()
    lia.hearing = actions.prepare_hearing(
        lia.version,
        by=lia.pia,
        opens_on=today,
        closes_on=today + timedelta(days=8),
        reply_on=today + timedelta(days=20),
        asked={section.pk: ["home", "staff", "class"] for section in lia.version.sections.all()},
    )
    Person.objects.update(language="en")
    return lia


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_heard_answered_and_published(visit, live_server, lia, kind):
    page, shown = visit(kind), reverse("principles:hearing_show", args=[lia.hearing.pk])
    enter(page, lia.amira, live_server.url)
    page.goto("/")
    page.get_by_role("link", name="What do you think of “Rules for phones”?").first.click()
    look(page)
    page.locator("#clause-1").get_by_role("button", name="Fine").click()
    expect(page.get_by_text("1 of 2 answered", exact=True)).to_be_visible()
    page.locator("#clause-2").get_by_role("button", name="Should be changed").click()
    look(page)
    page.get_by_label("In your own words").fill("Ours can only call home.")
    page.get_by_label("Write the point as it should be").fill(MORE)
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("2 of 2 answered", exact=True)).to_be_visible()

    enter(page, lia.tom, live_server.url)
    page.goto(shown)
    page.locator("#clause-2").get_by_role("button", name="Unsure").click()
    page.get_by_role("button", name="Save the answer").click()

    enter(page, lia.dina, live_server.url)
    page.goto(shown)
    page.get_by_role("link", name="For class 3B").click()
    page.locator("#clause-2").get_by_role("button", name="Fine").click()
    page.get_by_label("How many families did you ask?").fill("2")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("1 of 2 answered", exact=True)).to_be_visible()

    section = lia.version.sections.get()
    enter(page, lia.pia, live_server.url)
    page.goto(reverse("principles:clause_add", args=[section.pk]))
    page.get_by_role("textbox", name="The point").fill("Nobody films anybody.")
    page.get_by_role("button", name="Add", exact=True).click()
    texts.move_clause(Clause.objects.get(number=3), by=lia.pia, up=True)
    watches = Clause.objects.get(number=2)
    texts.edit_clause(watches, by=lia.pia, text=f"{watches.text} {MORE}", party=watches.party, section=section)
    today = timezone.localdate()
    Hearing.objects.update(opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))

    page.goto(reverse("principles:hearing_arrange", args=[lia.hearing.pk]))
    look(page)
    page.get_by_role("link", name="Sort 1 answer").click()
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.get_by_text("Watches are silent.").first).to_be_visible()
    look(page)
    assert set(Answer.objects.filter(lineage__number=2).values_list("words", flat=True)) == {"Watches are silent."}

    page.get_by_role("link", name="Add a theme").click()
    page.get_by_label("A new theme").fill("Watches that only call home")
    page.get_by_role("button", name="Add the theme").click()
    page.get_by_label("Put this one under a theme").check()
    page.get_by_label("Put the ticked ones under").select_option(label="Watches that only call home")
    page.get_by_role("button", name="Sort the ticked answers").click()
    page.goto(reverse("principles:hearing_arrange", args=[lia.hearing.pk]))
    page.get_by_role("link", name="Watches that only call home").click()
    look(page)
    page.locator("label", has_text="Taken in").first.click()
    page.get_by_label("What we did, and why").fill("They are allowed.")
    page.get_by_label("The wording that was taken in").fill(MORE)
    page.get_by_role("button", name="Save the reply").click()
    page.get_by_role("button", name="Publish the replies").click()
    expect(page.get_by_text("They are allowed.")).to_be_visible()
    look(page)

    enter(page, lia.amira, live_server.url)
    page.goto(reverse("principles:hearing_result", args=[lia.hearing.pk]))
    expect(page.get_by_text("Ours can only call home.")).to_be_visible()
    expect(page.get_by_text("Watches are silent.").first).to_be_visible()
    look(page)
