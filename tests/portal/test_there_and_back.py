"""Migrations are taken back and made again once, far enough for all that is asked here: what they drop, and what they make
of rows that were there before."""

import gc
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from portal.clauses import clauses_in_force
from portal.people.models import Role, Term, the_portal
from principles import actions
from principles.models import Clause
from principles.outline import read_outline
from tests import make
from tests.principles.conftest import TEXT, publish

pytestmark = pytest.mark.slow
BEFORE = [("people", "0007_moves_tell_the_new_address"), ("principles", "0001_initial")]
WHOLE, SPRING = (date(2026, 8, 1), date(2027, 6, 30)), (date(2027, 1, 1), date(2027, 6, 30))
TYPED = {
    "one over the other": [(date(2026, 8, 1), date(2027, 1, 15)), SPRING],
    "one within the other": [WHOLE, (date(2027, 1, 4), date(2027, 2, 1))],
    "on one day": [(date(2026, 8, 1), date(2026, 12, 31)), WHOLE],
    "a day later": [(date(2026, 8, 1), date(2026, 12, 31)), (date(2026, 8, 2), date(2027, 6, 30))],
    "the same": [WHOLE, WHOLE],
    "the same two days": [(date(2026, 8, 1), date(2026, 8, 2))] * 2,
    "spring first": [(date(2026, 12, 1), date(2027, 6, 30)), (date(2026, 8, 1), date(2026, 12, 24))],
    "apart": [(date(2026, 8, 1), date(2026, 12, 31)), SPRING],
}
STAND = {
    "one over the other": [(date(2026, 8, 1), date(2026, 12, 31)), SPRING],
    "one within the other": [(date(2026, 8, 1), date(2027, 1, 3)), (date(2027, 1, 4), date(2027, 2, 1))],
    "on one day": [(date(2026, 8, 1), date(2026, 12, 31)), SPRING],
    "a day later": [(date(2026, 8, 1), date(2026, 12, 31)), SPRING],
    "the same": [(date(2026, 8, 1), date(2027, 1, 14)), (date(2027, 1, 15), date(2027, 6, 30))],
    "the same two days": [(date(2026, 8, 1), date(2026, 8, 2)), (date(2026, 8, 3), date(2026, 8, 4))],
    "spring first": [(date(2026, 12, 1), date(2027, 6, 30)), (date(2026, 8, 1), date(2026, 11, 30))],
    "apart": [(date(2026, 8, 1), date(2026, 12, 31)), SPRING],
}


def typed(apps):
    """A school for each case, since a school has one year at a time."""
    get = lambda name: apps.get_model("people", name)  # noqa: E731
    municipality = get("Municipality").objects.create(name="Solvik", number="1")
    years = {}
    for case, terms in TYPED.items():
        school = get("School").objects.create(municipality=municipality, name=case, number=case)
        year = get("SchoolYear").objects.create(school=school, starts_on=WHOLE[0], ends_on=WHOLE[1])
        years[case] = year.pk
        for season, (starts_on, ends_on) in zip(("autumn", "spring"), terms, strict=True):
            get("Term").objects.create(year=year, season=season, starts_on=starts_on, ends_on=ends_on)
    return years


def two_versions(school):
    """The second has no point 2, and a point of its own."""
    portal = the_portal()
    first = publish(actions.draft_principle(school, by=portal, outline=read_outline(TEXT)), portal)
    second = actions.draft_revision(first.principle, by=portal)
    actions.remove_clause(second.clauses.get(number=2), by=portal)
    actions.add_clause(second.sections.first(), by=portal, text="Tak.")
    publish(second, portal, applies=date(2025, 1, 1))
    return first


def migrate(ends):
    """The state of the tables there."""
    executor = MigrationExecutor(connection)
    executor.migrate(ends)
    return executor.loader.project_state(ends).apps


def test_what_was_there_before_survives_the_way_back_and_forth(transactional_db):
    lia, engen = make.school(), make.school("Engen", country="DK", language_form="da")
    for kind in ("after_school", "office"):
        make.holder(kind, lia)
    first = two_versions(engen)
    ends = MigrationExecutor(connection).loader.graph.leaf_nodes()
    found = SimpleNamespace()

    gc.disable()  # of what migrations make nearly all stays: there is nothing to look for
    try:
        old = migrate(BEFORE)
        found.kinds = list(old.get_model("people", "Role").objects.values_list("kind", flat=True))
        years = typed(old)
    finally:
        migrate(ends)  # whatever happens meanwhile, the tests after it find all tables again
        gc.enable()

    staff_of_after_school_are_no_obstacle(found.kinds)
    half_years_stand_apart_and_keep_their_days(years)
    points_find_their_lineage_also_in_what_is_published(first)
    what_is_published_is_guarded_again(first)


def staff_of_after_school_are_no_obstacle(kinds):
    assert kinds == ["office"]
    assert list(Role.objects.values_list("kind", flat=True)) == ["office"]


def half_years_stand_apart_and_keep_their_days(years):
    terms = Term.objects.order_by("season")
    found = {case: list(terms.filter(year=year).values_list("starts_on", "ends_on")) for case, year in years.items()}
    assert found == STAND
    with pytest.raises(IntegrityError, match="terms_of_a_year_are_apart"):
        terms.filter(year=years["apart"], season="spring").update(starts_on=date(2026, 12, 1))


def points_find_their_lineage_also_in_what_is_published(first):
    assert list(first.principle.lineages.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    key = first.principle.lineages.get(number=5).pk
    assert clauses_in_force([key])[key].text == "Tak."


def what_is_published_is_guarded_again(first):
    with pytest.raises(IntegrityError):
        Clause.objects.filter(version=first).update(text="Nej.")
