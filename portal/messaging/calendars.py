"""Calendar files and feeds: one entry per thing for its whole life. A change raises the sequence, a cancellation ends it."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from portal.text import one_line

PRODUCT = "-//Skolebro//Skolebro//EN"
READ_AGAIN = timedelta(hours=1)
PLACES = ("LOCATION", "DESCRIPTION", "GEO", "ORGANIZER")


def event(entry):
    """A calendar with one entry, as a letter carries it."""
    return _calendar([entry], method="CANCEL" if entry.cancelled else "REQUEST")


def feed(entries):
    """A calendar that other calendars read again and again: what is not in it any more is gone there too."""
    calendar = _calendar(entries, method="PUBLISH")
    calendar.add("x-wr-calname", "Skolebro")
    calendar.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_AGAIN))
    return calendar


def _calendar(entries, *, method):
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return calendar


def _event(entry):
    event = Event()
    event.add("uid", f"{entry.uid}@{host()}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", timezone.localtime(entry.starts_at))
    event.add("dtend", timezone.localtime(entry.ends_at))
    event.add("summary", _plain(entry.summary))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", _plain(entry.place))
    if entry.url:
        event.add("url", entry.url)
    event.add("organizer", organizer())
    return event


def _plain(text):
    return " ".join(one_line(str(text)).split())


def over_webcal(address):
    """The same address for the program that subscribes to calendars on this device."""
    return f"webcal://{address.partition('://')[2]}" if address else ""


def host():
    return urlsplit(settings.SITE_URL).hostname


def organizer():
    """The portal itself: answers are given on the page, so a reply to this address is not read."""
    who = vCalAddress(f"MAILTO:no-reply@{host()}")
    who.params["cn"] = vText("Skolebro")
    return who


def without_place(calendar):
    """The same entries with nothing that tells where somebody will be."""
    neutral = Calendar.from_ical(calendar.to_ical())
    for entry in neutral.walk("VEVENT"):
        for name in PLACES:
            entry.pop(name, None)
        entry["organizer"] = organizer()
        entry["summary"] = vText(_("Appointment in Skolebro"))
    return neutral


def uids_of(calendar):
    """What the entries of a calendar are known by, whatever they say."""
    return tuple(sorted(str(entry["uid"]) for entry in calendar.walk("VEVENT")))


def method_of(calendar):
    return str(calendar["method"])
