"""From a calendar file to the days on which a school is closed.

Only `read_apart` may be called with a stranger's file outside the process that it starts.
"""

import codecs
import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar

from portal import reading
from portal.actions import Refusal
from portal.schoolyear.limits import FURTHEST, LONGEST, LONGEST_NAME, MOST
from portal.text import one_line

LARGEST = 1024 * 1024
LIMITS = reading.Limits(seconds=20, memory=600 * reading.MEGABYTE, answer=reading.MEGABYTE)
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
BEGINS = re.compile(r"\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
DAY = timedelta(days=1)
MIDNIGHT = time(0)


class Unreadable(Refusal):
    """The file holds no days off that can be read."""


class Found(NamedTuple):
    """Days off, each (first, last, name); and how many entries were left out because they have a time of day, come again
    and again, lie too far away, or say something else that a holiday does not."""

    days: list
    timed: int = 0
    repeated: int = 0
    far: int = 0
    odd: int = 0


def read_apart(content: bytes, today: date, zone: str) -> Found:
    """What a stranger's calendar file says, read in a process of its own. Refused when it is none, when it names no day
    off, and when it takes more time or memory than a school's year needs."""
    return reading.read(read_holidays, content, today, zone, limits=LIMITS, refusal=Unreadable)


def read_holidays(content, today, zone):
    found, left_out = [], dict.fromkeys(("timed", "repeated", "far", "odd"), 0)
    for entry in _entries(_decoded(content)):
        read = _read(entry, today, ZoneInfo(zone))
        if isinstance(read, str):
            left_out[read] += 1
        elif read not in found:
            found.append(read)
        if len(found) > MOST:
            raise Unreadable(_("There are more than %(most)s days off in this file.") % {"most": MOST})
    if not found:
        raise Unreadable(_nothing(**left_out))
    return Found(sorted(found), **left_out)


def _nothing(*, timed, repeated, far, odd):
    if far and not (timed or repeated or odd):
        return _("All that is in the file is over, or more than two years away.")
    if timed or repeated or odd:
        return _(
            "No entry in the file lasts for a whole day from today on. Meetings with a time of day are no holidays."
        )
    return _("There is nothing in the calendar file.")


def _decoded(content):
    for bom, encoding in BOMS.items():
        if content.startswith(bom):
            return _checked(content.decode(encoding, "replace"))
    try:
        return _checked(content.decode())
    except UnicodeDecodeError:
        return _checked(content.decode("cp1252", "replace"))


def _checked(text):
    if not text.strip():
        raise Unreadable(_("The file is empty. Choose the calendar file with the holidays of the school."))
    if not BEGINS.match(text):
        raise Unreadable(_("This is no calendar file. Its name ends in .ics, and most calendars can save one."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _entries(text):
    """Of all the calendars in the file. One that does not end was cut off, and the library would leave out what it holds."""
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        if not calendars:
            raise ValueError("no calendar in it ends")
        return [entry for calendar in calendars for entry in calendar.walk("VEVENT")]
    except (MemoryError, RecursionError):
        raise
    except Exception as broken:  # a damaged file fails in many ways deep in the library; the answer is the same
        raise Unreadable(_("The calendar file is damaged. Save it again in the calendar, and try again.")) from broken


def _read(entry, today, zone):
    """(first, last, name) of an entry, or in one word why it is left out."""
    try:
        name = _name(entry)
        if any(entry.get(word) for word in ("rrule", "rdate", "recurrence-id")):
            return "repeated"
        if not name or str(entry.get("status", "")).upper() == "CANCELLED":
            return "odd"
        days = _days(entry, zone)
        if days is None:
            return "timed"
        first, last = days
        if last - first > LONGEST:
            return "odd"
        return "far" if last < today or first >= today + FURTHEST else (first, last, name)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # likewise: one bad entry is left out, and counted
        return "odd"


def _name(entry):
    """The first, where a program has written several."""
    said = entry.get("summary") or ""
    said = said[0] if isinstance(said, list) else said
    return one_line(str(said)).strip()[:LONGEST_NAME].strip()


def _days(entry, zone):
    """(first, last), or None when it has a time of day. Some programs write a whole day as midnight to midnight."""
    start = entry["dtstart"].dt
    end = entry["dtend"].dt if entry.get("dtend") else start + entry["duration"].dt if entry.get("duration") else None
    if isinstance(start, datetime):
        if not isinstance(end, datetime):
            return None
        start, end = (_local(moment, zone) for moment in (start, end))
        if start.time() != MIDNIGHT or end.time() != MIDNIGHT or end <= start:
            return None
        start, end = start.date(), end.date()
    if isinstance(end, datetime):
        end = _local(end, zone).date()
    return start, max(start, end - DAY) if end else start


def _local(moment, zone):
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
