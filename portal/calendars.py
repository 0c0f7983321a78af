"""The register of what stands in people's own calendars: rooms register, each person's feed shows.

A source is asked anew each time a calendar reads, so that it shows what the person may see today and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

KEPT = timedelta(days=30)  # what is over stays so long

_SOURCES: list = []


@dataclass(frozen=True)
class Entry:
    """One thing at one time, for its whole life: the same `uid` and a higher `sequence` change it in calendars. Children
    stand there by first name at most, and nothing that somebody has written. Only what is cancelled may have no times."""

    uid: str
    sequence: int
    starts_at: datetime | None
    ends_at: datetime | None
    summary: str
    place: str = ""
    url: str = ""
    cancelled: bool = False


def stands_in_calendars(query):
    """Register a function of a person and a moment that returns the person's own entries that end after it."""
    _SOURCES.append(query)
    return query


def in_a_day(now):
    """The same time by the clock on the wall tomorrow: 23 or 25 hours on when the clock changes."""
    wall = timezone.make_naive(now) + timedelta(days=1)
    return timezone.make_aware(wall)


def entries_of(person):
    """Everything that stands in this person's calendar, in order of time."""
    since = timezone.now() - KEPT
    found = [entry for query in _SOURCES for entry in query(person, since)]
    return sorted(found, key=lambda entry: (entry.starts_at, entry.uid))
