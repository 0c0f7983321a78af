"""Half-years as numbers: twice the calendar year, and one more for autumn. Where they meet is what the school has set."""

from portal.people.models import Term

LAST_GRADE = 10
AHEAD = 3  # school years that are planned for a class without grades


def half_on(school_class, day):
    term = school_class.year.terms.filter(starts_on__lte=day, ends_on__gte=day).first()
    if term is not None:
        return 2 * term.starts_on.year + (term.season == Term.Season.AUTUMN)
    return 2 * day.year + (day.month > 6)


def half_today(school_class):
    return half_on(school_class, school_class.school.today())


def half_around(gathering):
    return half_on(gathering.school_class, gathering.starts_at.astimezone(gathering.school_class.school.zone).date())


def last_half(school_class):
    """The spring in which the class leaves school."""
    years = max(LAST_GRADE - max(school_class.grades), 0) if school_class.grades else AHEAD
    return 2 * (school_class.year.ends_on.year + years)
