"""What the same children did together in earlier years, and what it takes to do it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from networks.models import Gathering

SOONEST = timedelta(days=21)  # a gathering that is planned again leaves the families time to answer
WEEK = 7


@dataclass(frozen=True)
class EarlierYear:
    """What a class was called then, and the gatherings that were held. Neither answers, places nor names are among what
    is read: whoever lives where, and came along, is of that year."""

    name: str
    year: str
    held: list[Gathering]


def held_earlier(school_class):
    return Gathering.objects.of_earlier_years(school_class)


def earlier_years(school_class):
    """The last year first. One query at any size, and one for the year of the class."""
    held = (
        held_earlier(school_class)
        .select_related("school_class__year")
        .order_by("-school_class__year__starts_on", "school_class", "-starts_at", "-pk")
    )
    return [
        EarlierYear(then.name, str(then.year), list(gatherings))
        for then, gatherings in groupby(held, key=lambda one: one.school_class)
    ]


def again(gathering, school):
    """The fields of a gathering like that one, at the same hour on the same day of the week: a year after it, or as soon
    as families have time to answer."""
    began = timezone.localtime(gathering.starts_at, school.zone)
    first = school.today() + SOONEST
    day = began.date() + timedelta(weeks=52)
    if day < first:
        day = first + timedelta(days=(began.weekday() - first.weekday()) % WEEK)
    starts_at = datetime.combine(day, began.time(), tzinfo=school.zone)
    same = ("title", "kind", "kit", "own_topic", "place", "description", "bring", "family_cost", "capacity", "idea")
    return {
        **{name: getattr(gathering, name) for name in same},
        "starts_at": starts_at,
        "ends_at": starts_at + (gathering.ends_at - gathering.starts_at),
        "answer_by": starts_at - min(gathering.starts_at - gathering.answer_by, timedelta(days=WEEK)),
    }
