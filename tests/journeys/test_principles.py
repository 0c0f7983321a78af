"""A school brings in a text, the board adopts it, everybody reads it; a year later it changes."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from principles import actions, tasks
from principles.incoming import actions as incoming
from principles.incoming.models import IncomingText
from principles.outline import read_outline
from tests import make
from tests.journeys.conftest import enter, look
from tests.principles.conftest import TEXT, as_proposed, publish


@pytest.fixture
def engen(transactional_db):
    return make.school("Skolen ved Engen", country="DK", language_form="da")


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_text_comes_in_is_adopted_and_is_read_by_all(visit, live_server, engen, kind, tmp_path):
    karen = make.holder("principal", engen, "Karen", language="en")
    (tmp_path / "princip.txt").write_text(TEXT, encoding="cp1252")
    page = visit(kind)
    enter(page, karen, live_server.url)

    page.goto(f"/schools/{engen.number}/principles/")
    look(page)
    page.get_by_role("link", name="Bring in a text").click()
    look(page)
    page.set_input_files("input[type=file]", tmp_path / "princip.txt")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("button", name="Save as draft")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Save as draft").click()
    look(page)

    page.get_by_role("link", name=re.compile("point 3")).click()
    look(page)
    page.get_by_role("textbox", name="The point").fill("Læreren sender en plan en uge før.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Publish").click()
    look(page)
    page.get_by_label("When was it adopted?").fill("2024-05-14")
    page.get_by_label("Who adopted it?").fill("Skolebestyrelsen")
    page.get_by_label("From when does it apply?").fill("2024-08-01")
    page.get_by_label("When is it looked at again?").fill("2025-05-14")
    page.get_by_role("button", name="Publish").click()
    look(page)

    visitor = visit(kind)
    visitor.goto(f"/schools/{engen.number}/principles/?q=plan")
    look(visitor)
    visitor.get_by_role("link", name="Point 3").click()
    visitor.wait_for_url("**#clause-3")
    expect(visitor.get_by_text("Læreren sender en plan en uge før.")).to_be_visible()
    expect(visitor.get_by_text("Should have been looked at again")).to_be_visible()
    look(visitor)


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_what_is_new_is_seen_by_all(visit, engen, kind):
    karen = make.holder("principal", engen, "Karen")
    version = actions.bring_in(engen, by=karen, outline=read_outline(TEXT))
    publish(version, karen)
    changed = TEXT.replace("en uge", "14 dage").replace("deltager.", "deltager, på skolen eller på video.")
    second = as_proposed(version.principle, karen, read_outline(changed))
    publish(second, karen, date(2025, 8, 1), change_summary="Længere varsel.")
    page = visit(kind)

    page.goto(f"/schools/{engen.number}/principles/princip-for-skole-hjem-samtaler/")
    look(page)
    page.get_by_role("link", name="See both side by side").click()
    look(page)
    page.get_by_role("button", name="Show in one text").click()
    look(page)
    page.goto(f"/schools/{engen.number}/principles/princip-for-skole-hjem-samtaler/versions/1/")
    look(page)


def test_a_file_that_waits_and_one_that_cannot_be_read_say_so(visit, live_server, engen):
    karen = make.holder("principal", engen, "Karen", language="en")
    waits = incoming.send_text(engen, by=karen, file_name="princip.txt", content=b"Princip")
    wrong = incoming.send_text(engen, by=karen, file_name="princip.pdf", content=b"%PDF-1.7 no PDF at all")
    tasks.read_sent_text(wrong.pk)
    IncomingText.objects.filter(pk=waits.pk).update(sent_at=timezone.now() - timedelta(minutes=5))
    page = visit("phone")
    enter(page, karen, live_server.url)

    page.goto(f"/schools/{engen.number}/principles/from-file/")
    look(page)
    page.get_by_role("link", name="princip.pdf").click()
    expect(page.get_by_text("The PDF is damaged")).to_be_visible()
    look(page)
    page.goto(waits.get_absolute_url())
    expect(page.get_by_text("It takes longer than usual")).to_be_visible()
    look(page)
