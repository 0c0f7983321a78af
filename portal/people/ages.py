"""Ages that give or end rights, computed from the date of birth whenever they are needed."""

ATTENDS_FROM = 12
ADULT_FROM = 18


def age_on(born_on, day):
    """Years completed on `day`; somebody born on 29 February has their birthday on 1 March."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def years_before(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February of a year that has none
        return day.replace(year=day.year - years, day=28)
