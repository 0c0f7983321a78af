"""The register of what stands in people's own calendars: rooms register, each person's feed and first page show.

A source is queried every time a calendar polls, so that it shows what the person may see today and nothing else.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

KEPT = timedelta(days=30)  # how long past entries stay

_SOURCES: list = []


@dataclass(frozen=True)
class Entry:
    """One thing at one time, for its whole life: the same `uid` with a higher `sequence` changes it in calendars.
    Children appear by first name at most, and nothing that somebody has written. Only a cancelled entry may lack times.
    The first page calls it `title`, otherwise as in calendars, in its room's hue and at its school's time. It is about
    one `child` (a key), for `classes` (keys), or for the whole of its school."""

    uid: str
    sequence: int
    starts_at: datetime | None
    ends_at: datetime | None
    summary: str
    place: str = ""
    url: str = ""
    cancelled: bool = False
    title: str = ""
    hue: str = "accent"
    school: object = None
    child: int | None = None
    classes: tuple | None = None

    def is_about(self, child, classes):
        if self.child is not None:
            return self.child == child.pk
        if self.classes is not None:
            return any(one.pk in self.classes for one in classes)
        return any(one.school == self.school for one in classes)


def stands_in_calendars(query):
    """Register a function of a person and a moment that returns the person's own entries that end after it. With
    `at_home=True` it leaves out what the person does in a role, and what is over or cancelled."""
    _SOURCES.append(query)
    return query


def in_a_day(now):
    """The same local time tomorrow: 23 or 25 hours later when the clocks change."""
    wall = timezone.make_naive(now) + timedelta(days=1)
    return timezone.make_aware(wall)


def entries_of(person):
    since = timezone.now() - KEPT
    return _in_order(entry for query in _SOURCES for entry in query(person, since, at_home=False))


def coming_to(person):
    """As guardian or pupil, in order of time. Links are relative, so they stay on the host that was asked."""
    now = timezone.now()
    return [
        replace(entry, url=entry.url.removeprefix(settings.SITE_URL), title=entry.title or entry.summary)
        for entry in _in_order(entry for query in _SOURCES for entry in query(person, now, at_home=True))
    ]


def coming_about(child, classes, person):
    """What comes to this person of what is about the child, which is in these classes today."""
    return [entry for entry in coming_to(person) if entry.is_about(child, classes)]


def _in_order(entries):
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))
