"""The plan is sent, read and prepared at home on one phone, and told by the pupil, on a phone and on a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from conferences.models import Preparation, Subject
from tests import make
from tests.conferences.conftest import amina, conference, nora, round, school, school_class, teacher  # noqa: F401
from tests.journeys.conftest import enter, look

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = os.environ.get("PICTURES")
PDF = {"name": "Nora Warsame 3B.pdf", "mimeType": "application/pdf", "buffer": make.pdf()}
FALSE = {"name": "film.pdf", "mimeType": "application/pdf", "buffer": b"<script>"}


def shot(page, name, kind):
    look(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{kind}.png", full_page=True)


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_talk_is_prepared_by_those_it_is_about(
    visit,
    live_server,
    conference,  # noqa: F811
    round,  # noqa: F811
    nora,  # noqa: F811
    amina,  # noqa: F811
    teacher,  # noqa: F811
    school,  # noqa: F811
    school_class,  # noqa: F811
    kind,
):
    nora.born_on = school.today().replace(year=school.today().year - 13, day=1)
    for person in (nora, amina, teacher):
        person.language = "en"
        person.save()
    for name in ("Norsk", "Matematikk", "Engelsk", "Naturfag", "Musikk"):
        Subject.objects.create(school=school, name=name, grades=[3])

    page = visit(kind)
    enter(page, teacher, live_server.url)
    page.goto(f"/conferences/rounds/{round.pk}/plans/")
    shot(page, "plans-empty", kind)
    page.goto(f"/conferences/rounds/{round.pk}/plans/add/")
    page.set_input_files("[name=files]", [FALSE])
    page.click("main form button")
    shot(page, "plans-refused", kind)
    page.set_input_files("[name=files]", [PDF])
    page.click("main form button")
    shot(page, "plans-ready", kind)
    page.click("text=Check and send")
    shot(page, "plans-send", kind)
    page.click("main form button")
    shot(page, "plans-sent", kind)
    page.goto(f"/conferences/{conference.pk}/pupil-talk/")
    shot(page, "pupil-talk", kind)
    page.goto(f"/conferences/classes/{school_class.pk}/subjects/")
    shot(page, "subjects", kind)
    page.click("text=Write >> nth=0")
    shot(page, "subject-write", kind)

    page = visit(kind, java_script_enabled=kind == "desk")
    enter(page, amina, live_server.url)
    page.goto(f"/conferences/{conference.pk}/prepare/")
    if kind == "desk":
        shot(page, "prepare-1", kind)
    page.check("[name=read_plan]")
    page.click("text=Save and go on")
    page.fill("[name=proud]", "She reads aloud to her brother.")
    if kind == "desk":
        shot(page, "prepare-2", kind)
    page.click("text=Save and go on")
    page.fill("[name=hard]", "Mornings.")
    page.click("text=Save and go on")
    page.check("[name=together]")
    page.click("text=Save and see it all")
    page.click("label[for=id_shares_0]")
    page.click("main form button")
    assert Preparation.objects.get().shares == ["proud"]
    if kind == "phone" and PICTURES:
        page.screenshot(path=Path(PICTURES) / "prepare-shared-phone.png", full_page=True)
        page.goto(f"/conferences/{conference.pk}/prepare/")
        page.screenshot(path=Path(PICTURES) / "prepare-1-phone.png", full_page=True)
    if kind == "desk":
        shot(page, "prepare-shared", kind)
        page.goto(f"/conferences/{conference.pk}/mine/")
        shot(page, "prepare-child", kind)

    page = visit(kind)
    enter(page, nora, live_server.url)
    page.goto("/")
    shot(page, "pupil-home", kind)
    page.goto(f"/conferences/{conference.pk}/mine/")
    page.fill("[name=proud]", "I dared to speak")
    page.fill("[name=kept]", "Only mine")
    shot(page, "prepare-pupil", kind)
    page.click("text=Save, and choose what to share")
    shot(page, "prepare-pupil-share", kind)
    assert "Only mine" not in page.content()

    for person, name in ((teacher, "teacher"), (amina, "home")):
        enter(page, person, live_server.url)
        page.goto(f"/conferences/{conference.pk}/agenda/")
        if person == teacher:
            page.fill("[name=text]", "Reading aloud, and what helps when it is hard")
            page.get_by_role("button", name="Put it there").click()
        shot(page, f"agenda-{name}", kind)
        expect(page.get_by_text("She reads aloud to her brother.")).to_be_visible()
        expect(page.get_by_text("Reading aloud, and what helps").first).to_be_visible()
