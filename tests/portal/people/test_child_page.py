"""The page of a child: who finds it, whom it names, what comes next, and the same as a file."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.children import MOST, Line, Part, in_order
from portal.people import actions
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.hats import CHOSEN
from portal.people.models import Enrolment
from portal.people.queries import children_of
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text

PAGES = ("child_show", "child_file")


def of_age():
    return years_before(date.today(), ATTENDS_FROM)


@once
def town(db):
    """Nora of 3B and her brother Elias of 6A with two homes, and Omar in her class."""
    lia = make.school("Lia skole")
    lia.here, lia.beside = make.school_class("3B", at=lia), make.school_class("6A", at=lia, grades=[6])
    lia.nora, lia.amira = make.family(lia.here, family_name="Vik")
    lia.elias = make.pupil("Elias", in_class=lia.beside, born_on=of_age())
    make.confirmed(lia.amira, lia.elias)
    lia.zak = make.guardian("Zakarias", "Holm", of=lia.nora, phone="+4741200402")
    lia.omar, lia.karla = make.family(lia.here, pupil_name="Omar", adult_name="Karla", family_name="Jensen")
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Berg")
    return lia


def show(reader, child, page="child_show"):
    return as_(reader).get(address("people", page, child.key))


def rows(reader, child):
    book = load_workbook(BytesIO(show(reader, child, "child_file").content))
    return [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]


def adults(shown):
    return [(one.name, one.roles) for one in shown.context["page"].adults]


def ahead(shown):
    return [line.what for line in shown.context["page"].sections["ahead"].lines]


# Who finds it


@pytest.mark.parametrize("page", PAGES)
def test_both_homes_find_the_page_and_no_other_family(town, page):
    assert [show(one, town.nora, page).status_code for one in (town.amira, town.zak)] == [200, 200]
    assert show(town.karla, town.nora, page).status_code == 404
    assert show(town.amira, town.omar, page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_restricted_a_proposed_and_a_former_guardian_find_no_page(town, page):
    cato, egil = make.guardian("Cato", of=town.nora), make.guardian("Egil", of=town.nora)
    make.restricted(cato, town.nora)
    actions.end_relation(egil.pupil_relations.get(), by=make.holder("office", town))
    asked = make.proposed(make.person("Proposed"), town.nora).guardian

    assert [show(one, town.nora, page).status_code for one in (cato, egil, asked)] == [404, 404, 404]


def test_who_is_restricted_from_one_child_finds_the_other_and_no_trace(town):
    make.restricted(town.amira, town.nora)

    shown = show(town.amira, town.elias)

    assert show(town.amira, town.nora).status_code == 404
    assert "Nora" not in text(shown)
    assert "Nora" not in str(rows(town.amira, town.elias))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", ["contact_teacher", "subject_teacher", "class_contact", "principal", "office"])
def test_it_is_not_a_page_of_the_schools(town, kind, page):
    scope = town if kind in ("principal", "office") else town.here

    assert show(make.holder(kind, scope), town.nora, page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_the_child_finds_its_own_from_twelve_and_nobody_elses(town, page):
    assert show(town.elias, town.elias, page).status_code == 200
    assert show(town.elias, town.nora, page).status_code == 404

    type(town.elias).objects.filter(pk=town.elias.pk).update(born_on=of_age() + timedelta(days=2))
    assert show(town.elias, town.elias, page).status_code == 404


def test_an_address_of_nobody_is_not_found(town):
    gone = make.person().key
    make.person().__class__.objects.filter(key=gone).delete()

    assert as_(town.amira).get(f"/children/{gone}/").status_code == 404


def test_a_teacher_reads_of_their_own_child_as_a_guardian(town):
    make.confirmed(town.tom, town.nora)
    browser = as_(town.tom)
    session = browser.session
    session[CHOSEN] = f"contact_teacher-{town.tom.roles.get().pk}"
    session.save()

    shown = browser.get(address("people", "child_show", town.nora.key))

    assert shown.status_code == 200
    assert shown.context["hat"].kind == "parent"


# Whom and what it names


def test_it_leads_to_the_class_and_to_the_sisters_and_brothers(town):
    shown = markup(show(town.amira, town.nora))

    assert f'href="{reverse("people:class_show", args=[town.here.pk])}"' in shown
    assert f'href="{reverse("people:child_show", args=[town.elias.key])}"' in shown


def test_a_child_of_one_home_is_no_sibling_to_the_other(town):
    assert "Elias" not in text(show(town.zak, town.nora))


def test_its_adults_are_the_teachers_of_its_class_today(town):
    make.holder("subject_teacher", town.here, "Trond", "Ås")
    make.holder("subject_teacher", town.beside, "Siv", "Lund")
    left = make.holder("subject_teacher", town.here, "Left", "Long Ago")
    actions.end_role(left.roles.get(), by=make.holder("office", town))
    make.propose_role(make.person("Proposed"), "contact_teacher", town.here)

    shown = show(town.amira, town.nora)

    assert adults(shown) == [("Tom Berg", ["Contact teacher"]), ("Trond Ås", ["Subject teacher"])]


def test_whoever_teaches_twice_stands_once(town):
    make.role(town.tom, "subject_teacher", town.here)

    assert adults(show(town.amira, town.nora)) == [("Tom Berg", ["Contact teacher", "Subject teacher"])]


def test_without_a_contact_teacher_it_names_the_office(town):
    actions.end_role(town.tom.roles.get(), by=make.holder("office", town))

    assert "Nobody is named here now. Ask the school office." in text(show(town.amira, town.nora))


def test_a_protected_teacher_is_named_to_no_family_but_their_own(town):
    actions.protect_address(town.tom, by=make.holder("office", town), grade="name")

    assert "Tom" not in text(show(town.amira, town.nora))
    assert "Tom" not in str(rows(town.amira, town.nora))
    assert "Tom" not in text(as_(town.amira).get(reverse("home")))

    make.confirmed(town.tom, town.nora)
    for reader in (town.tom, town.amira):
        assert "Tom" in str(adults(show(reader, town.nora)))
        assert [str(one) for child in children_of(reader) for one in child.teachers] == ["Tom Berg"]


def test_a_teacher_who_is_the_other_guardian_of_a_child_one_must_not_know_of_is_not_named(town):
    hidden = make.pupil("Hidden", in_class=town.beside)
    for guardian in (town.zak, town.tom):
        make.confirmed(guardian, hidden)
    make.restricted(town.zak, hidden)

    for shown, is_named in ((town.zak, False), (town.amira, True)):
        assert ("Tom" in text(show(shown, town.nora))) is is_named
        assert ("Tom" in text(as_(shown).get(reverse("home")))) is is_named


@pytest.mark.parametrize("protected", ["nora", "zak", "amira"])
def test_a_home_that_is_protected_changes_nothing_for_the_other(town, protected):
    before = [text(show(one, town.nora)) for one in (town.zak, town.amira)]

    actions.protect_address(getattr(town, protected), by=make.holder("office", town), grade="strict", alias="Furu")

    assert [text(show(one, town.nora)) for one in (town.zak, town.amira)] == before
    assert "Zakarias" not in before[1]
    assert "Amira" not in before[0]


def test_a_child_that_has_moved_is_read_of_at_the_new_school_alone(town):
    other = make.school_class("4C", at=make.school("Vik skole"))
    make.holder("contact_teacher", other, "Ny", "Lærer")
    today = timezone.localdate()
    Enrolment.objects.filter(pupil=town.nora).update(valid_to=today - timedelta(days=1))
    Enrolment.objects.create(pupil=town.nora, school_class=other, valid_from=today)

    shown = text(show(town.amira, town.nora))

    assert "Vik skole" in shown
    assert "Ny Lærer" in shown
    assert "Tom Berg" not in shown


def test_a_child_without_a_class_has_its_page_all_the_same(town):
    Enrolment.objects.filter(pupil=town.nora).update(valid_to=timezone.localdate() - timedelta(days=1))

    shown = show(town.amira, town.nora)

    assert shown.status_code == 200
    assert "In no class today" in text(shown)
    assert "Lia skole" not in " ".join(line for row in rows(town.amira, town.nora) for line in row)


def test_the_child_reads_it_in_words_of_its_own(town):
    shown = show(town.elias, town.elias)

    assert "Your adults at school" in text(shown)
    assert "The grown-ups at home have a page of their own" in text(shown)
    assert f'href="{reverse("people:class_show", args=[town.beside.pk])}"' not in markup(shown)
    assert shown.context["page"].siblings == []


# What comes next


def test_what_the_school_plans_stands_with_the_child_that_it_is_for(town):
    make.event(town, classes=[town.here], title="Meeting of 3B")
    make.event(town, classes=[town.beside], title="Meeting of 6A", days=21)
    make.event(town, title="Dugnad", days=22)

    assert ahead(show(town.amira, town.nora)) == ["Meeting of 3B", "Dugnad"]
    assert ahead(show(town.amira, town.elias)) == ["Meeting of 6A", "Dugnad"]


def test_one_part_shows_the_next_or_the_newest_and_no_more(town):
    lines = [Line(str(number), at=timezone.localdate() + timedelta(days=number)) for number in range(MOST + 9)]

    assert [line.what for line in in_order(Part.AHEAD, lines)] == [str(number) for number in range(MOST)]
    assert [line.what for line in in_order(Part.SENT, lines)][:2] == [str(MOST + 8), str(MOST + 7)]


def test_a_day_and_a_time_of_day_stand_in_one_order(town):
    noon = timezone.now()
    lines = [Line("tomorrow", at=timezone.localdate() + timedelta(days=1)), Line("now", at=noon)]

    assert [line.what for line in in_order(Part.AHEAD, lines)] == ["now", "tomorrow"]


# The way there, and the file


def test_one_tap_from_the_first_page_and_from_ones_children(town):
    for page in ("home", "people:child_list"):
        shown = markup(as_(town.amira).get(reverse(page)))
        assert all(reverse("people:child_show", args=[child.key]) in shown for child in (town.nora, town.elias))

    own = reverse("people:child_show", args=[town.elias.key])
    assert own in markup(as_(town.elias).get(reverse("home")))


def test_the_file_holds_what_the_page_shows(town):
    make.event(town, classes=[town.here], title="=HYPERLINK(1)")

    head, *lines = rows(town.amira, town.nora)

    assert head == ["Part", "When", "What", "More about it", "State"]
    assert ["Adults at school", "", "Tom Berg", "Contact teacher", ""] in lines
    assert [row[2] for row in lines if row[0] == "What comes next"] == ["'=HYPERLINK(1)"]


def test_its_queries_do_not_grow(town):
    def queries():
        browser = as_(town.amira)
        browser.get(address("people", "child_show", town.nora.key))
        with CaptureQueriesContext(connection) as found:
            browser.get(address("people", "child_show", town.nora.key))
        return len(found)

    make.event(town, classes=[town.here], title="Meeting")
    few = queries()
    for number in range(9):
        make.holder("subject_teacher", town.here, f"Teacher {number}")
        make.event(town, classes=[town.here], title=f"Meeting {number}")

    assert queries() == few <= 12
