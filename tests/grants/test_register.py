"""The register of a school year: filtered, with totals and what the wings bring, and the same in its files."""

import io
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from grants import actions, case_page
from grants.queries import cases_of
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering
from tests.pages import address, as_, markup

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(monkeypatch):
    """Two columns of a wing, and no others."""
    monkeypatch.setattr(case_page, "_COLUMNS", [])
    case_page.column_of_register(40, "Paid", money=True)(lambda cases: {one.pk: 95_000 for one in cases[:1]})
    case_page.column_of_register(50, "Report", chosen=True)(lambda cases: {one.pk: "Received" for one in cases[:1]})
    case_page.column_of_register(45, "Paid on")(lambda cases: {one.pk: date(2026, 12, 1) for one in cases[:1]})


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
    assert [line.application for line in shown.context["register"].lines] == [in_review]
    assert principal.get(page("register_show"), {"class": "1B"}).context["register"].given == 0

    csv = principal.get(page("register_file"), {"class": "1A"}).content.decode("utf-8-sig").splitlines()
    assert len(csv) == 2
    assert [row["Class"] for row in sheet(principal.get(page("register_sheet"), {"class": "1B"}))] == ["1B"]


def test_what_is_not_in_the_register_filters_nothing(town, sent):
    shown = as_(town.principal).get(page("register_show"), {"class": "9Z' OR 1=1"})

    assert len(shown.context["register"].lines) == 1
    assert not shown.context["is_filtered"]


def test_columns_of_the_wings_stand_in_page_and_files_with_totals(town, sent, brought):
    second(town)
    principal = as_(town.principal)
    shown = principal.get(page("register_show"))

    assert [column.heading for column in shown.context["register"].columns] == ["Paid", "Paid on", "Report"]
    assert [cell.words for cell in shown.context["register"].totals] == ["950\u00a0kroner", "", ""]
    assert "Received" in markup(shown)
    first, other = sheet(principal.get(page("register_sheet")))
    assert (first["Paid, kroner"], first["Paid on"], first["Report"]) == ("950", "2026-12-01", "Received")
    assert (other["Paid, kroner"] or "", other["Report"] or "") == ("", "")
    only = principal.get(page("register_show"), {"column-2": "Received"}).context["register"].lines
    assert [line.application for line in only] == [sent]


def test_the_register_names_nobody_and_shows_no_account(town, sent, brought):
    for name in ("register_file", "register_sheet", "register_show"):
        content = as_(town.principal).get(page(name)).content
        assert b"17947" not in content
        assert b"Zofia" not in content


def test_the_register_asks_no_more_with_more_cases(town, sent, brought, django_assert_num_queries):
    year = town.first.year
    with CaptureQueriesContext(connection) as few:
        cases_of(year)
    for letter in "BCD":
        other = make.school_class(f"1{letter}", at=town.school, grades=[1])
        _child, contact = make.family(other)
        make.role(contact, Role.Kind.CLASS_CONTACT, other)
        applied(gathering(other), contact)
    with django_assert_num_queries(len(few)):
        cases_of(year)


def test_another_schools_principal_reads_another_register(town, sent):
    stranger = make.holder(Role.Kind.PRINCIPAL, make.school("Annen skole", within=town.school.municipality))

    assert as_(stranger).get(page("register_sheet"), {"year": town.first.year.pk}).status_code == 404
