"""What a school says of itself: half-years, holidays, promises; who may, what is refused, and who said it when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from conferences import actions as conferences
from portal.people import actions as people
from portal.people.models import Term
from portal.schoolyear import actions, queries
from portal.schoolyear.models import Holiday, SchoolSetting
from tests import make

DAY = timedelta(days=1)


def days_of(year, *, autumn=(10, 100), spring=(150, 300)):
    at = [year.starts_on + timedelta(days=days) for days in (*autumn, *spring)]
    return dict(zip(("autumn_from", "autumn_to", "spring_from", "spring_to"), at, strict=True))


def test_half_years_are_set_by_the_office(town):
    year = town.first.year
    actions.set_terms(year, by=town.odd, **days_of(year))
    assert [(term.starts_on - year.starts_on).days for term in year.terms.all()] == [10, 150]
    for person in (town.tom, town.amira, town.bo, town.elsewhere):
        with pytest.raises(PermissionDenied):
            actions.set_terms(year, by=person, **days_of(year))


@pytest.mark.parametrize(
    "wrong",
    [
        {"autumn": (10, 160)},
        {"autumn": (100, 10)},
        {"spring": (300, 150)},
        {"autumn": (-5, 100)},
        {"spring": (150, 900)},
    ],
)
def test_half_years_stand_one_after_the_other_within_the_year(town, wrong):
    before = list(Term.objects.values_list("starts_on", "ends_on"))
    with pytest.raises(actions.WrongTerms):
        actions.set_terms(town.first.year, by=town.odd, **days_of(town.first.year, **wrong))
    assert list(Term.objects.values_list("starts_on", "ends_on")) == before


@pytest.mark.django_db(transaction=True)
def test_the_database_keeps_half_years_apart():
    year = make.school().years.get()
    with pytest.raises(IntegrityError, match="terms_of_a_year_are_apart"), transaction.atomic():
        year.terms.filter(season="autumn").update(ends_on=year.ends_on)


def test_a_year_without_half_years_gets_them(town):
    year = town.first.year
    year.terms.all().delete()
    actions.set_terms(year, by=town.odd, **days_of(year))
    assert year.terms.count() == 2


def test_holidays_are_added_once_and_taken_away(town):
    today = town.lia.today()
    week = (today, today + 6 * DAY, "Autumn break")
    assert actions.add_holidays(town.lia, by=town.pia, days=[week, week, (today, today, "A day off")]) == 2
    assert actions.add_holidays(town.lia, by=town.pia, days=[week]) == 0
    actions.remove_holiday(town.lia.holidays.get(name="A day off"), by=town.odd)
    assert town.lia.holidays.get().name == "Autumn break"


@pytest.mark.parametrize(("first", "last"), [(3, 2), (0, 101), (800, 801), (-800, -799)])
def test_a_holiday_that_cannot_be_is_refused_and_nothing_is_added(town, first, last):
    today = town.lia.today()
    odd = (today + first * DAY, today + last * DAY, "Odd")
    with pytest.raises(actions.WrongHoliday):
        actions.add_holidays(town.lia, by=town.pia, days=[(today, today, "Fine"), odd])
    assert not Holiday.objects.exists()


def test_nobody_else_says_when_a_school_is_closed(town):
    today = town.lia.today()
    actions.add_holidays(town.lia, by=town.pia, days=[(today, today, "A day off")])
    for person in (town.tom, town.amira, town.bo, town.elsewhere):
        with pytest.raises(PermissionDenied):
            actions.add_holidays(town.lia, by=person, days=[(today, today, "Mine")])
        with pytest.raises(PermissionDenied):
            actions.remove_holiday(town.lia.holidays.get(), by=person)
        with pytest.raises(PermissionDenied):
            actions.set_promises(town.lia, by=person, answer_days=1)


def test_holidays_between_two_days_are_found_by_their_ends(town):
    today = town.lia.today()
    actions.add_holidays(town.lia, by=town.pia, days=[(today, today + 6 * DAY, "Week")])
    found = town.lia.holidays
    assert found.between(today + 6 * DAY, today + 9 * DAY).count() == found.between(today - DAY, today).count() == 1
    assert (
        found.between(today + 7 * DAY, today + 9 * DAY).count() == found.between(today - DAY, today - DAY).count() == 0
    )


def test_what_is_promised_is_kept_whole(town):
    actions.set_promises(town.lia, by=town.pia, answer_days=5, after_school_care=False)
    actions.set_promises(town.lia, by=town.pia, answer_days=None, after_school_care=True)
    setting = SchoolSetting.objects.get()
    assert (setting.answer_days, setting.after_school_care) == (None, True)


def test_each_part_says_since_when_and_by_whom(town):
    year, today = town.first.year, town.lia.today()
    page = queries.setting_page(town.lia)
    assert [page.years[0].said.at, page.promised.at, page.closed.at, page.elsewhere[0].said.at] == [None] * 4
    actions.set_terms(year, by=town.odd, **days_of(year))
    actions.set_promises(town.lia, by=town.pia, answer_days=5)
    actions.add_holidays(town.lia, by=town.odd, days=[(today, today, "A day off")])
    actions.remove_holiday(town.lia.holidays.get(), by=town.pia)
    setting = {"plan_label": "", "minutes": 20, "gap_minutes": 5, "notice_days": 14, "plan_days": 7}
    conferences.change_setting(town.lia, by=town.odd, talks_a_year=2, separate_talks=True, **setting)
    page = queries.setting_page(town.lia)
    [elsewhere] = [one.said for one in page.elsewhere if one.said.at]
    said = [page.years[0].said, page.promised, page.closed, elsewhere]
    assert [one.by for one in said] == ["Odd Lie", "Pia Lie", "Pia Lie", "Odd Lie"]
    assert all(one.at for one in said)


def test_what_is_said_at_one_school_is_not_said_at_another(town):
    actions.set_promises(town.lia, by=town.pia, answer_days=5)
    other = town.elsewhere.roles.get().school
    assert queries.setting_page(other).promised == queries.Said()


def test_a_protected_member_of_staff_is_not_named(town):
    actions.set_promises(town.lia, by=town.pia, answer_days=5)
    people.protect_address(town.pia, by=town.odd, grade="name")
    promised = queries.setting_page(town.lia).promised
    assert promised.by == ""
    assert promised.at


def test_the_page_asks_as_much_for_a_hundred_holidays_as_for_one(town):
    today, counts = town.lia.today(), []
    for number in (1, 100):
        days = [(today + n * DAY, today + n * DAY, f"Day {n}") for n in range(number)]
        actions.add_holidays(town.lia, by=town.pia, days=days)
        with CaptureQueriesContext(connection) as asked:
            queries.setting_page(town.lia)
        counts.append(len(asked))
    assert counts[0] == counts[1] < 15
