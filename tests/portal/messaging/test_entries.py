"""What calendars of other people's making read in our files."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject
from dateutil.rrule import rrulestr
from icalendar import Calendar

from portal.calendars import Entry
from portal.messaging.calendars import event, feed, file_name, published, sent_to, without_place
from portal.messaging.composing import mail_of
from portal.messaging.letters import Letter
from portal.people.models import Person

OSLO = ZoneInfo("Europe/Oslo")
AMIRA = Person(given_name="Amira", family_name='Vik; "å"', email="amira@example.org")


def entry(*starts, **changes):
    at = datetime(*(starts or (2027, 4, 8, 18)), tzinfo=OSLO)
    words = {"summary": "Aprilkveld (3A)", "place": "Gapahuken", "url": "https://skolebro.example.no/l/abc/"}
    return Entry("gathering-12", 2, at, at + timedelta(hours=2), **{**words, **changes})


@pytest.mark.parametrize(
    ("starts", "utc", "reminded"),
    [
        ((2027, 1, 14, 18), datetime(2027, 1, 14, 17), datetime(2027, 1, 13, 17)),
        ((2027, 4, 8, 18), datetime(2027, 4, 8, 16), datetime(2027, 4, 7, 16)),
        ((2027, 4, 8, 9, 40), datetime(2027, 4, 8, 7, 40), datetime(2027, 4, 7, 16)),
        ((2027, 3, 28, 9), datetime(2027, 3, 28, 7), datetime(2027, 3, 27, 17)),
        ((2026, 10, 25, 9), datetime(2026, 10, 25, 8), datetime(2026, 10, 24, 16)),
    ],
)
@pytest.mark.parametrize("made", [published, lambda one: sent_to(event(one), AMIRA), lambda one: feed([one])])
def test_three_programs_agree_on_when_it_is_and_when_it_reminds(made, starts, utc, reminded):
    """icalendar, vobject and ics; reminded at 18 on the wall the day before, whatever the clock does in between."""
    text = made(entry(*starts)).to_ical().decode()

    ours = Calendar.from_ical(text).walk("VEVENT")[0]
    theirs = vobject.readOne(text).vevent
    [another] = ics.Calendar(text).events

    utc, reminded = utc.replace(tzinfo=UTC), reminded.replace(tzinfo=UTC)
    assert ours["dtstart"].dt == theirs.dtstart.value == another.begin.datetime == utc
    assert ours["dtend"].dt == theirs.dtend.value == another.end.datetime == utc + timedelta(hours=2)
    assert ours.walk("VALARM")[0]["trigger"].dt == theirs.valarm.trigger.value == reminded


def test_a_time_needs_no_rules_of_summer_time():
    text = published(entry()).to_ical().decode()

    assert "VTIMEZONE" not in text
    assert "TZID" not in text
    assert rrulestr("FREQ=DAILY;COUNT=1", dtstart=datetime(2027, 4, 8, 16, tzinfo=UTC))[0] == entry().starts_at


@pytest.mark.parametrize("cancelled", [False, True])
def test_who_is_asked_is_named_and_need_not_answer_by_mail(cancelled):
    calendar = sent_to(event(entry(cancelled=cancelled)), AMIRA)
    [asked] = calendar.walk("VEVENT")

    assert calendar["method"] == ("CANCEL" if cancelled else "REQUEST")
    assert asked["attendee"] == "mailto:amira@example.org"
    assert asked["attendee"].params["rsvp"] == "FALSE"
    assert asked["organizer"] == "mailto:no-reply@testserver"


def test_a_page_and_a_feed_ask_nobody():
    for calendar in (published(entry()), feed([entry()])):
        assert calendar["method"] == "PUBLISH"
        assert "attendee" not in calendar.walk("VEVENT")[0]


def test_a_protected_familys_entry_tells_nothing_in_its_alarm_either():
    text = sent_to(without_place(event(entry())), AMIRA).to_ical().decode()

    assert "3A" not in text
    assert "Gapahuken" not in text


def test_what_is_called_off_rings_no_bell():
    assert event(entry(cancelled=True)).walk("VALARM") == []


@pytest.mark.parametrize(
    ("summary", "named"),
    [
        ("Aprilkveld (3A)", "aprilkveld-3a-2027-04-08.ics"),
        ("Blåbærtur / ..\\x", "blaabaertur-x-2027-04-08.ics"),
        ("مساء", "skolebro-2027-04-08.ics"),
        ("A" * 300, f"{'a' * 60}-2027-04-08.ics"),
    ],
)
def test_a_file_is_named_after_what_it_is_and_when(summary, named):
    assert file_name(published(entry(summary=summary))) == named


@pytest.mark.parametrize(("cancelled", "method"), [(False, "REQUEST"), (True, "CANCEL")])
def test_the_mail_carries_it_under_its_name(cancelled, method):
    letter = Letter(subject="April", lines=["We meet."], calendar=event(entry(cancelled=cancelled)))

    mail = mail_of([letter], AMIRA, key="k", school="", preferences_url="https://skolebro.example.no/l/p/")
    [part] = message_from_bytes(mail.written, policy=policy.default).iter_attachments()

    assert part.get_filename() == "aprilkveld-3a-2027-04-08.ics"
    assert part.get_content_type() == "text/calendar"
    name = "aprilkveld-3a-2027-04-08.ics"
    assert dict(part["Content-Type"].params) == {"method": method, "name": name, "charset": "utf-8"}
    assert ics.Calendar(part.get_content()).events.pop().begin.date() == date(2027, 4, 8)
