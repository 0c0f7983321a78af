"""School days, counted: for a promise that is given in them."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from portal.people.models import School, Term
from portal.schoolyear.models import Holiday, SchoolSetting

USUAL = 5  # where the school promises nothing
SATURDAY = 5
BACK = (8, 15)  # month and day by which pupils are at school again, where no half-year says it
A_DAY = timedelta(days=1)


def answer_days_of(school):
    """How many school days the school promises at most, or None where it promises nothing."""
    return SchoolSetting.objects.filter(school=school).values_list("answer_days", flat=True).first()


def schools_open(day):
    """Where pupils are at school on this day: no Saturday or Sunday, no holiday, and within a half-year of a school that has
    said when its half-years are."""
    if day.weekday() >= SATURDAY:
        return School.objects.none()
    terms = Term.objects.filter(year__school=OuterRef("pk"))
    closed = Holiday.objects.between(day, day).filter(school=OuterRef("pk"))
    at_school = terms.filter(starts_on__lte=day, ends_on__gte=day)
    return School.objects.filter(Exists(at_school) | ~Exists(terms), ~Exists(closed))


def school_day_after(school, day, count):
    """The day that is `count` school days after `day`. Neither weekends nor holidays count, nor what lies between two
    half-years; after the last that is known, a summer ends in the middle of August. Two queries."""
    closed = list(Holiday.objects.filter(school=school, ends_on__gte=day).values_list("starts_on", "ends_on"))
    terms = Term.objects.filter(year__school=school, ends_on__gte=day).order_by("starts_on")
    spans = list(terms.values_list("starts_on", "ends_on"))
    last = spans[-1][1] if spans else day
    begins = _back_after(last) if spans else day
    while count:
        day += A_DAY
        at_school = day >= begins if day > last else _within(spans, day)
        if day.weekday() < SATURDAY and at_school and not _within(closed, day):
            count -= 1
    return day


def _within(spans, day):
    return any(first <= day <= end for first, end in spans)


def _back_after(last):
    """A term that ends in the autumn is followed by one at once; one that ends before the summer is not."""
    if last.month >= BACK[0]:
        return last + A_DAY
    return date(last.year, *BACK) if last.month >= 6 else last + A_DAY
