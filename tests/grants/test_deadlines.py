"""The clock of an appeal, over a table of days: each told three weeks before the day in the second column."""

from datetime import date, timedelta

import pytest

from grants.deadlines import a_year_after, last_day_to_appeal, month_after

# told on, the day three weeks later, the last day in Norway, the last day in Denmark
TABLE = """
2025-03-27 Thu-17.04 2025-04-22 2025-04-22
2025-03-28 Fri-18.04 2025-04-22 2025-04-22
2025-03-31 Mon-21.04 2025-04-22 2025-04-22
2025-04-01 Tue-22.04 2025-04-22 2025-04-22
2025-04-10 Thu-01.05 2025-05-02 2025-05-01
2025-04-26 Sat-17.05 2025-05-19 2025-05-19
2025-04-27 Sun-18.05 2025-05-19 2025-05-19
2025-05-08 Thu-29.05 2025-05-30 2025-05-30
2025-05-19 Mon-09.06 2025-06-10 2025-06-10
2026-03-11 Wed-01.04 2026-04-01 2026-04-01
2026-03-12 Thu-02.04 2026-04-07 2026-04-07
2026-03-13 Fri-03.04 2026-04-07 2026-04-07
2026-03-14 Sat-04.04 2026-04-07 2026-04-07
2026-03-15 Sun-05.04 2026-04-07 2026-04-07
2026-03-16 Mon-06.04 2026-04-07 2026-04-07
2026-03-17 Tue-07.04 2026-04-07 2026-04-07
2026-04-10 Fri-01.05 2026-05-04 2026-05-01
2026-04-11 Sat-02.05 2026-05-04 2026-05-04
2026-04-23 Thu-14.05 2026-05-15 2026-05-15
2026-04-24 Fri-15.05 2026-05-15 2026-05-15
2026-04-26 Sun-17.05 2026-05-18 2026-05-18
2026-05-02 Sat-23.05 2026-05-26 2026-05-26
2026-05-03 Sun-24.05 2026-05-26 2026-05-26
2026-05-04 Mon-25.05 2026-05-26 2026-05-26
2026-05-15 Fri-05.06 2026-06-05 2026-06-08
2026-12-02 Wed-23.12 2026-12-23 2026-12-23
2026-12-03 Thu-24.12 2026-12-24 2026-12-28
2026-12-04 Fri-25.12 2026-12-28 2026-12-28
2026-12-05 Sat-26.12 2026-12-28 2026-12-28
2026-12-06 Sun-27.12 2026-12-28 2026-12-28
2026-12-07 Mon-28.12 2026-12-28 2026-12-28
2026-12-10 Thu-31.12 2026-12-31 2027-01-04
2026-12-11 Fri-01.01 2027-01-04 2027-01-04
2026-12-12 Sat-02.01 2027-01-04 2027-01-04
2026-12-13 Sun-03.01 2027-01-04 2027-01-04
2027-03-03 Wed-24.03 2027-03-24 2027-03-24
2027-03-04 Thu-25.03 2027-03-30 2027-03-30
2027-03-05 Fri-26.03 2027-03-30 2027-03-30
2027-03-06 Sat-27.03 2027-03-30 2027-03-30
2027-03-07 Sun-28.03 2027-03-30 2027-03-30
2027-03-08 Mon-29.03 2027-03-30 2027-03-30
2027-03-09 Tue-30.03 2027-03-30 2027-03-30
2027-04-10 Sat-01.05 2027-05-03 2027-05-03
2027-04-11 Sun-02.05 2027-05-03 2027-05-03
2027-04-15 Thu-06.05 2027-05-07 2027-05-07
2027-04-16 Fri-07.05 2027-05-07 2027-05-07
2027-04-24 Sat-15.05 2027-05-18 2027-05-18
2027-04-25 Sun-16.05 2027-05-18 2027-05-18
2027-04-26 Mon-17.05 2027-05-18 2027-05-18
2027-05-15 Sat-05.06 2027-06-07 2027-06-07
2027-12-02 Thu-23.12 2027-12-23 2027-12-23
2027-12-03 Fri-24.12 2027-12-24 2027-12-27
2027-12-04 Sat-25.12 2027-12-27 2027-12-27
2027-12-05 Sun-26.12 2027-12-27 2027-12-27
2027-12-06 Mon-27.12 2027-12-27 2027-12-27
2027-12-07 Tue-28.12 2027-12-28 2027-12-28
2027-12-10 Fri-31.12 2027-12-31 2028-01-03
2027-12-11 Sat-01.01 2028-01-03 2028-01-03
2027-12-12 Sun-02.01 2028-01-03 2028-01-03
2027-12-13 Mon-03.01 2028-01-03 2028-01-03
"""
ROWS = [line.split() for line in TABLE.split("\n") if line]


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(("told_on", "three_weeks_later", "norway", "denmark"), ROWS)
def test_a_last_day_moves_to_the_next_working_day(told_on, three_weeks_later, norway, denmark):
    assert f"{day(told_on) + timedelta(weeks=3):%a-%d.%m}" == three_weeks_later
    assert last_day_to_appeal(day(told_on), country="NO") == day(norway)
    assert last_day_to_appeal(day(told_on), country="DK") == day(denmark)


def test_the_table_has_sixty_days():
    assert len({told_on for told_on, *_rest in ROWS}) >= 60


@pytest.mark.parametrize(("weeks", "last"), [(3, "2026-02-23"), (4, "2026-03-02"), (6, "2026-03-16")])
def test_the_weeks_are_those_of_the_scheme(weeks, last):
    assert last_day_to_appeal(day("2026-02-02"), country="DK", weeks=weeks) == day(last)


def test_great_prayer_day_counts_until_it_was_abolished():
    assert last_day_to_appeal(day("2023-04-14"), country="DK") == day("2023-05-08")
    assert last_day_to_appeal(day("2024-04-05"), country="DK") == day("2024-04-26")


@pytest.mark.parametrize(
    ("asked", "given", "last"),
    [
        ("2026-02-02", None, "2027-02-02"),  # it does not run: only the year ends it
        ("2026-02-23", None, "2027-02-02"),  # asked on the last day
        ("2026-02-24", None, "2026-02-23"),  # a day too late: it interrupts nothing
        ("2026-02-24", "2026-03-02", "2026-02-23"),
        ("2026-02-10", "2026-03-02", "2026-03-23"),  # anew from the day on which the reasons came
        ("2026-02-10", "2026-03-12", "2026-04-07"),  # which would be Maundy Thursday
        ("2026-02-10", "2027-01-25", "2027-02-02"),  # never longer than a year
    ],
)
def test_a_demand_for_reasons_interrupts_the_limit(asked, given, last):
    found = last_day_to_appeal(
        day("2026-02-02"), country="NO", reasons_asked=day(asked), reasons_given=given and day(given)
    )

    assert found == day(last)


def test_a_demand_on_the_moved_last_day_is_in_time():
    told_on = day("2026-03-12")  # Maundy Thursday, moved to the Tuesday after Easter

    assert last_day_to_appeal(told_on, country="NO", reasons_asked=day("2026-04-07")) == day("2027-03-12")
    assert last_day_to_appeal(told_on, country="NO", reasons_asked=day("2026-04-08")) == day("2026-04-07")


@pytest.mark.parametrize(("told_on", "last"), [("2026-11-30", "2027-11-30"), ("2028-02-29", "2029-02-28")])
def test_nothing_is_taken_up_after_a_year(told_on, last):
    assert a_year_after(day(told_on)) == day(last)


@pytest.mark.parametrize(("sent", "due"), [("2026-01-31", "2026-02-28"), ("2026-12-05", "2027-01-05")])
def test_an_answer_is_due_a_month_after(sent, due):
    assert month_after(day(sent)) == day(due)
