"""Calendar files and feeds: one entry per thing for its whole life. A change raises the sequence, a cancellation ends
it.

Times are written in UTC: several programs ignore the rules for summer time that a file may carry.
"""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress, vDuration, vText

from portal.text import one_line, slug

PRODUCT = "-//Skolebro//Skolebro//EN"
READ_AGAIN = timedelta(hours=1)
PLACES = ("LOCATION", "DESCRIPTION", "GEO", "ORGANIZER")
REMINDED_AT = time(18)  # on the day before, local time


def event(entry):
    return _calendar([entry], method="CANCEL" if entry.cancelled else "REQUEST")


def published(entry):
    """For a page: nobody is invited, so nobody is named (RFC 5546, 3.2.1)."""
    return _calendar([entry], method="PUBLISH")


def sent_to(calendar, person):
    """A copy that invites one person: without an attendee it invites nobody (RFC 5546, 3.2.2 and 3.2.5). Answers are
    given on the page, so no reply is requested."""
    asked = Calendar.from_ical(calendar.to_ical())
    who = vCalAddress(f"mailto:{person.email}")
    who.params.update(cn=vText(_plain(person.full_name)), partstat="NEEDS-ACTION", rsvp="FALSE")
    for entry in asked.walk("VEVENT"):
        entry["attendee"] = who
    return asked


def download(calendar):
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(calendar)}"'
    return answer


def file_name(calendar):
    entry = calendar.walk("VEVENT")[0]
    day = f"-{timezone.localtime(entry['dtstart'].dt):%Y-%m-%d}" if "dtstart" in entry else ""
    return f"{slug(entry['summary'])[:60].strip('-') or 'skolebro'}{day}.ics"


def feed(entries):
    """A calendar that others poll: an entry left out here disappears there too."""
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
    return calendar


def _event(entry):
    event = Event()
    event.add("uid", f"{entry.uid}@{host()}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    if entry.starts_at:
        event.add("dtstart", entry.starts_at.astimezone(UTC))
    if entry.ends_at:
        event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", _plain(entry.summary))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", _plain(entry.place))
    if entry.url:
        event.add("url", entry.url)
    event.add("organizer", organizer())
    if not entry.cancelled:
        event.add_component(_alarm(entry))
    return event


def _alarm(entry):
    """The evening before, even when the clocks change in between."""
    day_before = timezone.localdate(entry.starts_at) - timedelta(days=1)
    at = datetime.combine(day_before, REMINDED_AT, tzinfo=timezone.get_current_timezone())
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(entry.summary))
    alarm.add("trigger", at.astimezone(UTC), parameters={"value": "DATE-TIME"})
    return alarm


def _plain(text):
    return " ".join(one_line(str(text)).split())


def over_webcal(address):
    return f"webcal://{address.partition('://')[2]}" if address else ""


def host():
    return urlsplit(settings.SITE_URL).hostname


def organizer():
    """The portal itself: answers are given on the page, and replies to this address are not read."""
    who = vCalAddress(f"mailto:no-reply@{host()}")
    who.params["cn"] = vText("Skolebro")
    return who


def without_place(calendar):
    """A copy in which nothing says where somebody will be, or what the appointment is."""
    neutral = Calendar.from_ical(calendar.to_ical())
    for entry in neutral.walk("VEVENT"):
        for name in PLACES:
            entry.pop(name, None)
        entry["organizer"] = organizer()
        entry["summary"] = vText(_("Appointment in Skolebro"))
        for alarm in entry.walk("VALARM"):
            alarm["description"] = entry["summary"]
    return neutral


def uids_of(calendar):
    return tuple(sorted(str(entry["uid"]) for entry in calendar.walk("VEVENT")))


def method_of(calendar):
    return str(calendar["method"])
