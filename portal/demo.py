"""The register of the demo: each room brings its part of one made-up town (`demo.py`), and says what it builds upon.

Nothing of it is imported before somebody asks for the demo. Nothing takes place at a weekend unless it must.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from graphlib import TopologicalSorter

from django.utils.module_loading import autodiscover_modules

_PARTS: dict[str, tuple] = {}
_BUSY: list = []


@dataclass
class Town:
    """Schools by their keys ("sol"), persons and classes by the roster's ("sol-1A-07", "sol-1A"), each class's
    contact, and guardians who came with a child in the middle of the year."""

    municipality: object
    schools: dict
    persons: dict
    classes: dict
    officer: object
    contacts: dict = field(default_factory=dict)
    newcomers: list = field(default_factory=list)
    pupils: int = 0
    guardians: int = 0

    def leader(self, school):
        return self.persons[f"{school}-principal"]

    def office(self, school):
        return self.persons[f"{school}-office"]


def furnishes(room, *, after=()):
    """Register a function of the town that does what a room's people would do, after the rooms in `after`. A second
    part for the same room is refused."""

    def register(part):
        if room in _PARTS:
            raise ValueError(f"the demo has a part of {room} already")
        _PARTS[room] = part, after
        return part

    return register


def has_a_full_day(query):
    _BUSY.append(query)
    return query


def furnish(town):
    for room in in_order():
        part, _after = _PARTS[room]
        part(town)


def in_order():
    _find()
    return list(TopologicalSorter({room: after for room, (_part, after) in _PARTS.items()}).static_order())


def busy_today():
    _find()
    return {person for query in _BUSY for person in query()}


@cache
def _find():
    autodiscover_modules("demo")


# Days and hours


def weekday(day):
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def weekday_before(day):
    return day - timedelta(days=max(0, day.weekday() - 4))


def school_days(first, count):
    days = [weekday(first)]
    while len(days) < count:
        days.append(weekday(days[-1] + timedelta(days=1)))
    return days


def evening(school, day):
    return datetime.combine(day, time(20), tzinfo=school.zone)
