"""Totals of a supervision: whatever two are laid beside each other, they differ by nobody or by five or more."""

from datetime import date, timedelta
from itertools import combinations
from types import SimpleNamespace

import pytest

from portal.figures import FIGURES, Figure, Total, in_fives
from principles.supervision.forms import StartForm
from principles.supervision.totals import shown_of, spans_of, totals_over
from tests import make

pytestmark = pytest.mark.django_db
NAME = "tests.people"


@pytest.fixture
def counted(monkeypatch):
    """{(school, first day, last day): (part, whole)} of a figure of the test."""
    rows = {}

    def query(school, start, end):
        return Total(*rows.get((school.pk, start), (0, 0)))

    monkeypatch.setitem(FIGURES, NAME, Figure(NAME, "People", "people", query))
    return rows


@pytest.fixture
def lia():
    return make.school("Lia skole")


def year_of(school):
    """One that is over, so that both of its halves have been."""
    year = make.year(school, starts=date(school.today().year - 2, 8, 1))
    year.terms.all().delete()
    middle = year.starts_on + timedelta(days=150)
    year.terms.create(season="autumn", starts_on=year.starts_on + timedelta(days=1), ends_on=middle)
    year.terms.create(season="spring", starts_on=middle + timedelta(days=1), ends_on=year.ends_on - timedelta(days=1))
    return year


def shown_over(school, span):
    return totals_over(school, [NAME], span.starts_on, span.ends_on)[NAME]


def test_no_two_numbers_that_are_shown_differ_by_one_to_four():
    shown = {in_fives(number) for number in range(400)}

    assert not [pair for pair in combinations(shown, 2) if abs(pair[0] - pair[1]) in (1, 2, 3, 4)]
    assert all(abs(in_fives(number) - number) <= 2 for number in range(400))


def test_every_class_school_and_period_pair(counted, monkeypatch):
    """Schools of one class or two, in every half and in the whole year, with one child more each time."""
    numbers = set()
    for more in range(12):
        school = make.school(f"School {more}")
        year = year_of(school)
        autumn, spring = year.terms.all()
        counted[school.pk, autumn.starts_on] = (more, 5 + more)
        counted[school.pk, spring.starts_on] = (3, 6 + more)
        counted[school.pk, year.starts_on] = (more + 3, 11 + 2 * more)
        for span in spans_of(school):
            if total := shown_over(school, span):
                numbers |= {*total, total[1] - total[0]}

    assert len(numbers) > 4
    assert not [pair for pair in combinations(numbers, 2) if abs(pair[0] - pair[1]) in (1, 2, 3, 4)]


def test_fewer_than_five_are_not_shown_nor_the_half_year_beside_them(counted, lia):
    year = year_of(lia)
    autumn, spring = year.terms.all()
    counted[lia.pk, autumn.starts_on] = (18, 20)
    counted[lia.pk, spring.starts_on] = (1, 3)
    counted[lia.pk, year.starts_on] = (19, 23)
    spans = {(span.starts_on, span.ends_on): span for span in spans_of(lia)}

    assert shown_over(lia, spans[autumn.starts_on, autumn.ends_on]) is None
    assert shown_over(lia, spans[spring.starts_on, spring.ends_on]) is None
    assert shown_over(lia, spans[year.starts_on, year.ends_on]) == [20, 25]


def test_a_half_year_with_nobody_beside_it_is_shown(counted, lia):
    year = year_of(lia)
    autumn = year.terms.first()
    counted[lia.pk, autumn.starts_on] = (18, 20)
    span = next(one for one in spans_of(lia) if one.starts_on == autumn.starts_on)

    assert shown_over(lia, span) == [20, 20]


def test_only_years_and_halves_are_offered(lia):
    """Free days would let one be subtracted from another."""
    year_of(lia)
    whole = {(year.starts_on, year.ends_on) for year in lia.years.all()}
    halves = {(term.starts_on, term.ends_on) for year in lia.years.all() for term in year.terms.all()}

    offered = {(one.starts_on, one.ends_on) for one in spans_of(lia)}

    assert offered <= whole | halves
    assert whole <= offered


def test_classes_are_no_people_and_are_counted_one_by_one(lia):
    shown = shown_of("networks.classes_with_gathering", {"networks.classes_with_gathering": [7, 9]})

    assert not shown.counts_people
    assert shown.share == 78


def test_whether_the_goal_is_reached_is_read_from_what_is_shown(counted):
    shown = shown_of("conferences.called_in_time", {"conferences.called_in_time": [95, 100]})

    assert shown.is_met
    assert shown_of("conferences.called_in_time", {"conferences.called_in_time": None}).is_hidden
    assert shown_of("conferences.gone", {}) is None


def test_a_period_that_has_not_begun_counts_nothing(counted, lia):
    assert totals_over(lia, [NAME, "unknown"], date(2099, 1, 1), date(2099, 6, 1)) == {NAME: None}


def test_a_long_point_is_known_by_how_it_begins_where_points_are_chosen():
    long = SimpleNamespace(number=3, text="The school answers. " * 100)
    form = StartForm(clauses=[long], spans=[], today=date(2026, 11, 30))

    _value, label = form.fields["numbers"].choices[0]
    assert label.startswith("3. The school answers.")
    assert len(label) < 300
