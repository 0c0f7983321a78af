"""What was typed before a rule came survives the migration that brings the rule."""

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from tests import make

BEFORE = ("people", "0007_moves_tell_the_new_address")
BEFORE_REACHED = ("people", "0009_names_may_be_shared")
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


@pytest.fixture
def executor(transactional_db):
    """Whatever happens meanwhile, the tests after it find all tables again."""
    yield lambda: MigrationExecutor(connection)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_half_years_that_were_typed_over_each_other_stand_apart_and_keep_their_days(executor):
    before = executor()
    ends = before.loader.graph.leaf_nodes()
    before.migrate([BEFORE])
    years = typed(before.loader.project_state([BEFORE]).apps)

    after = executor()
    after.migrate(ends)

    terms = after.loader.project_state(ends).apps.get_model("people", "Term").objects
    found = {
        case: list(terms.filter(year=year).order_by("season").values_list("starts_on", "ends_on"))
        for case, year in years.items()
    }
    assert found == STAND
    with pytest.raises(IntegrityError, match="terms_of_a_year_are_apart"):
        terms.filter(year=years["apart"], season="spring").update(starts_on=date(2026, 12, 1))


def test_after_school_staff_are_no_obstacle_on_the_way_back(executor):
    lia = make.school()
    for kind in ("after_school", "office"):
        make.holder(kind, lia)

    back = executor()
    back.migrate([BEFORE_REACHED])

    roles = back.loader.project_state([BEFORE_REACHED]).apps.get_model("people", "Role").objects
    assert list(roles.values_list("kind", flat=True)) == ["office"]
