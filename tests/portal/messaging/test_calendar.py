"""The secret address of a person's own calendar: made, renewed, ended, and kept alive by being read."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from portal.calendars import Entry
from portal.ledger.models import Event
from portal.messaging import links, tokens
from portal.messaging.actions import open_calendar, revoke_link
from portal.messaging.calendars import feed
from portal.messaging.links import FORGERIES_AN_HOUR, link_for
from portal.messaging.models import PersonalLink
from portal.people.accounts import cut_sessions

pytestmark = pytest.mark.django_db

SHOW = reverse("messaging:calendar_show")


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def signed_in(client, amira):
    client.force_login(amira)
    return client


def address_on(page):
    return page.context["address"]


def test_open_calendar_records(amira):
    link = open_calendar(amira, by=amira)

    event = Event.objects.get(verb="messaging.calendar_opened")
    assert (event.by, event.subject_id) == (amira.pk, str(link.pk))
    assert link.is_live


def test_open_calendar_denies_somebody_else(amira, ben):
    assert not open_calendar.may(ben, amira)


def test_an_empty_calendar_is_a_calendar(client, amira):
    answer = client.get(open_calendar(amira, by=amira).url())

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"METHOD:PUBLISH" in answer.content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.content
    assert not answer.cookies


def test_the_page_with_the_address_is_kept_by_no_browser(signed_in, amira):
    open_calendar(amira, by=amira)
    assert "no-store" in signed_in.get(SHOW)["Cache-Control"]


@pytest.mark.parametrize(
    "text", ["Quiz\x0bnight", "Quiz\x0c\x01 night", "Quiz\x00night", "Quiz\r\nnight", "Quiz\rnight"]
)
def test_what_was_pasted_does_not_spoil_the_calendar(text):
    entry = Entry("one", 0, timezone.now(), timezone.now(), text, text)
    file = feed([entry]).to_ical().decode()
    (only,) = Calendar.from_ical(file).walk("VEVENT")

    assert (str(only["summary"]), str(only["location"])) == ("Quiz night", "Quiz night")
    assert not [sign for sign in file.replace("\r\n", "") if sign < " "]


def test_the_address_is_made_shown_renewed_and_ended(client, signed_in):
    assert address_on(signed_in.get(SHOW)) == ""

    signed_in.post(reverse("messaging:calendar_open"))
    page = signed_in.get(SHOW)
    first = address_on(page)
    assert first in page.content.decode()
    assert f"webcal://{first.partition('://')[2]}" in page.content.decode()
    assert client.get(first).status_code == 200

    signed_in.post(reverse("messaging:calendar_open"))
    second = address_on(signed_in.get(SHOW))
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200

    signed_in.post(reverse("messaging:calendar_stop"))
    assert address_on(signed_in.get(SHOW)) == ""
    assert client.get(second).status_code == 410

    signed_in.post(reverse("messaging:calendar_open"))
    assert client.get(second).status_code == 410
    assert PersonalLink.objects.count() == 1


def test_reading_the_page_makes_no_address(signed_in):
    signed_in.get(SHOW)
    signed_in.get(reverse("messaging:calendar_open"))

    assert not PersonalLink.objects.exists()


def test_the_address_of_somebody_else_is_not_shown(signed_in, ben):
    open_calendar(ben, by=ben)

    assert address_on(signed_in.get(SHOW)) == ""


def test_only_the_calendars_own_link_opens_it(client, amira, ben):
    other = link_for(amira, amira, purpose="messaging.preferences")
    mine, theirs = (tokens.token_of(open_calendar(person, by=person)) for person in (amira, ben))
    mixed = f"{theirs.partition('.')[0]}.{mine.partition('.')[2]}"

    for token in (tokens.token_of(other), mixed, "nonsense", "zzzz.nonsense"):
        assert client.get(reverse("messaging:calendar_feed", args=[token])).status_code == 404
    assert client.get(reverse("messaging:preference_link", args=[mine])).status_code == 404


def test_nothing_is_written_by_way_of_the_address(client, amira):
    address = open_calendar(amira, by=amira).url()

    assert client.post(address).status_code == 405


def test_who_has_left_or_is_shut_out_is_read_no_more(client, amira, ben):
    address = open_calendar(amira, by=amira).url()
    type(amira).objects.filter(pk=amira.pk).update(is_active=False)
    assert client.get(address).status_code == 410

    address = open_calendar(ben, by=ben).url()
    cut_sessions(ben)
    assert client.get(address).status_code == 410


def test_the_address_lives_as_long_as_it_is_read(client, amira, clock):
    link = open_calendar(amira, by=amira)
    for _time in range(3):
        clock.shift(timedelta(days=300))
        assert client.get(link.url()).status_code == 200

    clock.shift(timedelta(days=366))
    assert client.get(link.url()).status_code == 410


def test_a_reading_does_not_wake_a_dead_address(client, amira):
    link = open_calendar(amira, by=amira)
    PersonalLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    revoke_link(link, by=amira)

    client.get(link.url())

    assert not PersonalLink.objects.live().exists()


def test_too_many_readings_are_held_back(client, amira, monkeypatch):
    """Fewer than in truth, so that a slow machine reads them within the minute."""
    monkeypatch.setattr(links, "OPENINGS_A_MINUTE", 3)
    address = open_calendar(amira, by=amira).url()

    assert [client.get(address).status_code for _time in range(4)] == [200, 200, 200, 429]


def test_calendars_that_still_ask_at_dead_addresses_lock_nobody_out(client, amira, ben):
    """One machine of a calendar service reads for many people."""
    dead = open_calendar(amira, by=amira).url()
    open_calendar(amira, by=amira)
    for _time in range(FORGERIES_AN_HOUR + 2):
        assert client.get(dead).status_code == 410

    assert client.get(open_calendar(ben, by=ben).url()).status_code == 200
