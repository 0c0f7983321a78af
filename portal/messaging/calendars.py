"""Calendar files: one entry per thing for its whole life. A change raises the sequence, a cancellation ends it."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Skolebro//Skolebro//EN"
PLACES = ("LOCATION", "DESCRIPTION", "GEO", "ORGANIZER")


def event(uid, sequence, starts_at, ends_at, summary, location="", url="", cancelled=False):
    """A calendar with one entry. The same `uid` and a higher `sequence` change the entry in people's calendars."""
    entry = Event()
    entry.add("uid", f"{uid}@{host()}")
    entry.add("sequence", sequence)
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("dtstart", timezone.localtime(starts_at))
    entry.add("dtend", timezone.localtime(ends_at))
    entry.add("summary", summary)
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if location:
        entry.add("location", location)
    if url:
        entry.add("url", url)
    entry.add("organizer", organizer())
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar


def host():
    return urlsplit(settings.SITE_URL).hostname


def organizer():
    """The portal itself: answers are given on the page, so a reply to this address is not read."""
    who = vCalAddress(f"MAILTO:no-reply@{host()}")
    who.params["cn"] = vText("Skolebro")
    return who


def without_place(calendar):
    """The same entry with nothing that tells where somebody will be."""
    neutral = Calendar.from_ical(calendar.to_ical())
    for entry in neutral.walk("VEVENT"):
        for name in PLACES:
            entry.pop(name, None)
        entry["organizer"] = organizer()
        entry["summary"] = vText(_("Appointment in Skolebro"))
    return neutral


def method_of(calendar):
    return str(calendar["method"])
