"""Who does what was agreed, as each reader of the page, the summary and their files reads it: of another home that it is
the home, and of staff nobody whom other families must not read of."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from conferences import actions
from conferences.after.queries.shared_summary import agreements_of, talks_read_by
from conferences.models import Participant
from portal.people import actions as people
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import Person
from portal.people.queries import child_page
from tests import make
from tests.conferences.after.test_summaries import held, shared
from tests.ground import once
from tests.pages import as_, text

WHO = ("Amina", "Yusuf Warsame", "Amina og Yusuf", "Those at home", "Anne Bjørnstad", "Anne calls Yusuf", "The office")
OWNERS = ("home", "home", "home", "home", "school", "school", "school")


@once
def summary(conference, teacher, amina, yusuf, nora):
    Person.objects.filter(pk=nora.pk).update(born_on=years_before(timezone.localdate(), ATTENDS_FROM))
    due = timezone.localdate() + timedelta(days=9)
    rows = [
        {"what": f"Thing {place}", "owner": owner, "who": who, "how_often": "", "due_on": due}
        for place, (owner, who) in enumerate(zip(OWNERS, WHO, strict=True))
    ]
    return shared(held(conference), teacher, agreements=rows)


def on_the_page(reader, child):
    return [line.detail for line in child_page(reader, child.key).sections["agreed"].lines]


def in_the_summary(reader, summary):
    talk = talks_read_by(reader).get(pk=summary.conference_id)
    return [agreed.whose for agreed in agreements_of(summary, talk, reader)]


def came(summary, *adults):
    for adult in adults:
        Participant.objects.create(
            conference=summary.conference, kind="guardian", person=adult, came=True, added_by=summary.written_by
        )


OF_AMINA = ["Home: Amina", "Home", "Home", "Home", "School: Anne Bjørnstad", "School", "School: The office"]
OF_YUSUF = ["Home", "Home: Yusuf Warsame", "Home", "Home", *OF_AMINA[4:5], "School: Anne calls Yusuf", *OF_AMINA[6:]]


def test_each_home_reads_the_names_of_its_own(summary, amina, yusuf, nora):
    for home, expected in ((amina, OF_AMINA), (yusuf, OF_YUSUF)):
        assert on_the_page(home, nora) == in_the_summary(home, summary) == expected


def test_neither_the_pages_nor_the_files_name_the_other_home(summary, amina, nora):
    browser = as_(amina)
    summary_page = reverse("conferences:summary_show", args=[summary.conference_id])
    for address in (reverse("people:child_show", args=[nora.key]), summary_page):
        assert "Yusuf" not in text(browser.get(address))
    file = browser.get(reverse("people:child_file", args=[nora.key]))
    cells = [str(cell.value) for row in load_workbook(BytesIO(file.content)).active for cell in row]
    assert "Thing 1" in cells
    assert "Yusuf" not in " ".join(cells)
    printed = PdfReader(BytesIO(browser.get(reverse("conferences:summary_file", args=[summary.pk])).content))
    said = " ".join(page.extract_text() for page in printed.pages)
    assert "Thing 1" in said
    assert "Yusuf" not in said


def test_the_child_and_the_teacher_read_it_as_it_was_written(summary, nora, teacher):
    whole = [f"{owner.capitalize()}: {who}" for owner, who in zip(OWNERS, WHO, strict=True)]
    nora.refresh_from_db()

    assert on_the_page(nora, nora) == in_the_summary(nora, summary) == in_the_summary(teacher, summary) == whole


def test_a_child_of_one_home_has_nothing_left_out(summary, amina, yusuf, nora):
    Person.objects.filter(pk=yusuf.pk).update(household=amina.household)
    amina.refresh_from_db()

    assert on_the_page(amina, nora)[:4] == [f"Home: {who}" for who in WHO[:4]]


def test_somebody_who_lives_with_the_other_home_or_was_its_guardian_is_not_named(
    conference, teacher, amina, yusuf, nora
):
    make.person("Pil", "Ny", household=yusuf.household)
    make.restricted(yusuf, nora)
    row = {"what": "Call", "owner": "school", "how_often": "", "due_on": timezone.localdate()}
    names = ("Anne and Pil", "Anne and Yusuf's", "Anne and Amina")
    shared(held(conference), teacher, agreements=[row | {"who": who} for who in names])

    assert on_the_page(amina, nora) == ["School", "School", "School: Anne and Amina"]


@pytest.mark.parametrize("reader", ["amina", "yusuf", "nora"])
def test_staff_of_whom_families_must_not_read_is_not_named(summary, teacher, school, amina, yusuf, nora, reader):
    person = {"amina": amina, "yusuf": yusuf, "nora": nora}[reader]
    person.refresh_from_db()
    people.protect_address(teacher, by=make.holder("office", school), grade="name")

    for said in (on_the_page(person, nora), in_the_summary(person, summary)):
        assert said[4:] == ["School", "School", "School: The office"]
    assert in_the_summary(teacher, summary)[4] == "School: Anne Bjørnstad"

    make.confirmed(teacher, nora)
    assert on_the_page(person, nora)[4] == "School: Anne Bjørnstad"


def test_those_who_sat_there_together_have_heard_each_other(summary, amina, yusuf, nora):
    came(summary, amina, yusuf)

    assert in_the_summary(amina, summary)[:3] == ["Home: Amina", "Home: Yusuf Warsame", "Home: Amina og Yusuf"]
    assert on_the_page(amina, nora) == OF_AMINA


def test_a_home_that_did_not_come_is_not_told_who_came(summary, amina, yusuf, nora, teacher):
    came(summary, amina)
    kind = {"conference": summary.conference, "came": True, "added_by": teacher}
    Participant.objects.create(kind="support", name="Uncle", **kind)
    Participant.objects.create(kind="pupil", person=nora, **kind)
    page = reverse("conferences:summary_show", args=[summary.conference_id])

    for name in ("Amina", "Uncle"):
        assert name in text(as_(amina).get(page))
        assert name in text(as_(teacher).get(page))
        assert name not in text(as_(yusuf).get(page))


def test_staff_of_whom_families_must_not_read_has_seen_it_without_a_name(summary, school, amina, principal):
    actions.open_summary(summary, by=principal)
    page = reverse("conferences:summary_show", args=[summary.conference_id])
    assert "Gro Leder" in text(as_(amina).get(page))

    people.protect_address(principal, by=make.holder("office", school), grade="name")

    shown = text(as_(amina).get(page))
    assert "Gro" not in shown
    assert "Somebody at the school" in shown
