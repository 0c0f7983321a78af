"""The register of a school year: filtered, with totals and what the wings bring, and the same in its files."""

import io
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from grants import actions, case_page, exports
from grants.changes.actions import lapse_award
from grants.queries import case_years, cases_of
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering, scheme
from tests.pages import address, as_, markup

page = partial(address, "grants")

pytestmark = pytest.mark.django_db
WHY = {"reasons": "Fakta.", "considerations": "Vekt."}


@pytest.fixture
def brought(monkeypatch):
    """Two columns of a wing, and no others."""
    monkeypatch.setattr(case_page, "_COLUMNS", [])
    case_page.column_of_cases(40, "Paid", money=True)(lambda cases: {one.pk: 95_000 for one in cases[:1]})
    case_page.column_of_cases(50, "Report", chosen=True)(lambda cases: {one.pk: "Received" for one in cases[:1]})
    case_page.column_of_cases(45, "Paid on")(lambda cases: {one.pk: date(2026, 12, 1) for one in cases[:1]})


def second(town):
    other = make.school_class("1B", at=town.school, grades=[1])
    _child, contact = make.family(other)
    make.role(contact, Role.Kind.CLASS_CONTACT, other)
    return applied(gathering(other, "Bål"), contact)


def sheet(response):
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_register_is_filtered_and_so_is_what_leaves_it(town, in_review):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    second(town)
    principal = as_(town.principal)

    shown = principal.get(page("register_show"), {"result": "Granted"})
    assert [line.application for line in shown.context["cases"].lines] == [in_review]
    assert principal.get(page("register_show"), {"class": "1B"}).context["cases"].given == 0

    csv = principal.get(page("register_file"), {"class": "1A"}).content.decode("utf-8-sig").splitlines()
    assert len(csv) == 2
    assert [row["Class"] for row in sheet(principal.get(page("register_sheet"), {"class": "1B"}))] == ["1B"]


def test_what_is_not_in_the_register_filters_nothing(town, sent):
    shown = as_(town.principal).get(page("register_show"), {"class": "9Z' OR 1=1"})

    assert len(shown.context["cases"].lines) == 1
    assert not shown.context["is_filtered"]


def test_columns_of_the_wings_stand_in_page_and_files_with_totals(town, sent, brought):
    second(town)
    principal = as_(town.principal)
    shown = principal.get(page("register_show"))

    assert [column.heading for column in shown.context["cases"].columns] == ["Paid", "Paid on", "Report"]
    assert [cell.words for cell in shown.context["cases"].totals] == ["950\u00a0kroner", "", ""]
    assert "Received" in markup(shown)
    first, other = sheet(principal.get(page("register_sheet")))
    assert (first["Paid, kroner"], first["Paid on"], first["Report"]) == ("950", "2026-12-01", "Received")
    assert (other["Paid, kroner"] or "", other["Report"] or "") == ("", "")
    only = principal.get(page("register_show"), {"column-2": "Received"}).context["cases"].lines
    assert [line.application for line in only] == [sent]


def test_a_long_register_has_pages_and_totals_of_all_of_them(town, in_review, monkeypatch):
    monkeypatch.setattr(exports, "A_PAGE", 1)
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    second(town)
    principal = as_(town.principal)

    first, other = (principal.get(page("register_show"), {"page": number}) for number in (1, 2))
    assert [line.application for line in first.context["page"]] == [in_review]
    assert [line.application.school_class.name for line in other.context["page"]] == ["1B"]
    for shown in (first, other):
        assert "2 applications" in markup(shown)
        assert "1000 kroner" in markup(shown)
    assert len(sheet(principal.get(page("register_sheet"), {"page": 2}))) == 2
    assert len(principal.get(page("register_show"), {"class": "1A", "page": 9}).context["page"]) == 1


def test_the_register_names_nobody_and_shows_no_account(town, sent, brought):
    for name in ("register_file", "register_sheet", "register_show"):
        content = as_(town.principal).get(page(name)).content
        assert b"17947" not in content
        assert b"Zofia" not in content


@pytest.mark.parametrize("kind", ["principal", "officer"])
def test_the_register_asks_no_more_with_more_cases(town, sent, kind, django_assert_num_queries):
    """With the real columns of the wings, and as a page."""
    keeper = as_(getattr(town, kind))
    keeper.get(page("register_show"))
    with CaptureQueriesContext(connection) as few:
        keeper.get(page("register_show"))
    assert len(few) <= 12
    for school in (town.school, make.school("Sol skole", within=town.school.municipality)):
        for letter in "BCD":
            other = make.school_class(f"1{letter}", at=school, grades=[1])
            _child, contact = make.family(other)
            make.role(contact, Role.Kind.CLASS_CONTACT, other)
            applied(gathering(other), contact)
    with django_assert_num_queries(len(few)):
        keeper.get(page("register_show"))


# The municipality, which pays


@pytest.fixture
def two_schools(town, in_review):
    """A case at each of two schools of a municipality, and one of another."""
    actions.decide_application(
        in_review, by=town.principal, result="approved", amount=90_000, rules=[town.ground], **WHY
    )
    sol = make.school("Sol skole", within=town.school.municipality)
    make.holder(Role.Kind.PRINCIPAL, sol)  # else its cases are the municipality's to decide
    for school in (sol, make.school("Borte skole")):
        other = make.school_class("8A", at=school, grades=[8])
        _child, contact = make.family(other)
        make.role(contact, Role.Kind.CLASS_CONTACT, other)
        if school != sol:
            scheme(school.municipality)
        applied(gathering(other, "Bål"), contact)
    return sol


def test_the_officer_reads_the_cases_of_all_schools_filtered_and_summed(town, two_schools):
    officer = as_(town.officer)
    shown = officer.get(page("register_show"))

    places = [line.application.school.name for line in shown.context["cases"].lines]
    assert places == ["Lia skole", "Sol skole"]
    assert shown.context["cases"].given == 90_000
    assert "900 kroner" in markup(shown)
    only = officer.get(page("register_show"), {"school": "Sol skole"})
    assert [line.application.school for line in only.context["cases"].lines] == [two_schools]
    rows = sheet(officer.get(page("register_sheet"), {"school": "Lia skole"}))
    assert [(row["School"], row["Class"], row["Awarded, kroner"]) for row in rows] == [("Lia skole", "1A", "900")]
    assert len(officer.get(page("register_file")).content.decode("utf-8-sig").splitlines()) == 3


def test_the_officer_is_led_to_what_they_may_open_and_to_nothing_else(town, two_schools):
    officer = as_(town.officer)
    decided, waiting = officer.get(page("register_show")).context["cases"].lines

    assert (decided.url, waiting.url) == (page("money_show", decided.application.pk), "")
    assert officer.get(decided.url).status_code == 200
    assert officer.get(page("application_show", waiting.application.pk)).status_code == 404


def test_a_year_of_another_municipality_is_not_there(town, two_schools):
    stranger = make.holder(Role.Kind.MUNICIPALITY_OFFICER, make.school("Langt borte skole").municipality)
    (year,) = case_years(town.officer)

    assert as_(stranger).get(page("register_show"), {"year": year.key}).status_code == 404
    assert as_(town.principal).get(page("register_show"), {"year": year.key}).status_code == 404
    assert [line.application.school.name for line in cases_of(year, town.officer).lines] == ["Lia skole", "Sol skole"]


def test_an_award_that_lapsed_is_nobodys_any_more(town, awarded):
    lapse_award(awarded, by=town.zofia)
    principal = as_(town.principal)

    (line,) = principal.get(page("register_show")).context["cases"].lines
    assert (line.awarded, line.application.outcome) == (None, "Not used")
    (row,) = sheet(principal.get(page("register_sheet")))
    assert not row["Awarded, kroner"]


def test_another_schools_principal_reads_another_register(town, sent):
    stranger = make.holder(Role.Kind.PRINCIPAL, make.school("Annen skole", within=town.school.municipality))

    assert as_(stranger).get(page("register_sheet"), {"year": town.first.year.pk}).status_code == 404
