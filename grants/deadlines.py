"""Every limit of the room that a law sets: until when one may appeal, and when a class must have had an answer."""

from datetime import date, timedelta
from functools import cache

import holidays

NORWAY, DENMARK = "NO", "DK"
SATURDAY = 5
OFF_AS_WELL = {DENMARK: ((6, 5), (12, 24), (12, 31))}


def last_day_to_appeal(
    told_on: date,
    *,
    country: str,
    weeks: int = 3,
    reasons_asked: date | None = None,
    reasons_given: date | None = None,
) -> date:
    """The last day on which an appeal is in time.

    Norway, forvaltningsloven (2025) §§ 63-65 as `domain.md` 2.2 has it: "three weeks from when notice reached the party;
    for electronic systems it counts from when the alert was sent; a demand for reasons stops the clock; computed by
    domstolloven §§ 148-149 (deadline on weekend/holiday moves to next working day); late appeal possible for special
    reasons, absolute one year". So:

    - `told_on` is the day on which the alert was sent, and that of the letter on paper where the alert has failed. It
      does not count itself: a limit of weeks ends on the weekday on which it began.
    - A demand for reasons within the limit interrupts it. It begins anew on the day on which the reasons have come
      (`reasons_given`); until then it does not run, and the last day is the one after which nothing is taken up. A
      demand after the limit opens nothing.
    - A last day on a Saturday, a Sunday or a public holiday moves to the next working day; 1 and 17 May are such days.
    - After a year (`a_year_after`) nothing is taken up, whatever else has happened.

    Denmark has no general limit to appeal (forvaltningsloven § 25 only asks that a limit be told): `weeks` is that of the
    scheme. Its last day moves as that of forældelsesloven § 27(2) does: "i en weekend, på en helligdag, grundlovsdag,
    den 24. eller den 31. december". So the optional days that count are 5 June, 24 December and 31 December; 1 May and
    the day after Ascension do not, and the Great Prayer Day only until 2023."""
    latest, limit = a_year_after(told_on), timedelta(weeks=weeks)
    last = working_day_from(told_on + limit, country)
    if reasons_asked is not None and reasons_asked <= last:
        if reasons_given is None:
            return latest
        last = working_day_from(reasons_given + limit, country)
    return min(last, latest)


def a_year_after(day: date) -> date:
    """The last day on which anything is taken up; of 29 February it is 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def working_day_from(day: date, country: str) -> date:
    while not is_working_day(day, country):
        day += timedelta(days=1)
    return day


def is_working_day(day: date, country: str) -> bool:
    return day.weekday() < SATURDAY and day not in _public(country, day.year) and not _is_off_as_well(day, country)


def _is_off_as_well(day, country):
    return (day.month, day.day) in OFF_AS_WELL.get(country, ())


@cache
def _public(country, year):
    return frozenset(holidays.country_holidays(country, years=year))


def month_after(day: date) -> date:
    """A month after it was sent a class must have an answer, or a word of when it comes (forvaltningsloven § 17)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month, day=last)
        except ValueError:
            continue
    raise ValueError(day)
