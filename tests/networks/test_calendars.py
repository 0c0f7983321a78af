"""The gatherings in people's own calendars."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from networks import actions
from portal.messaging.actions import open_calendar
from tests import make


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def read(client):
    def entries(person):
        return Calendar.from_ical(client.get(open_calendar(person, by=person).url()).content).walk("VEVENT")

    return entries


def test_the_invited_read_it_and_others_do_not(read, town, bonfire):
    [entry] = read(town.amira)
    assert entry["uid"] == f"gathering-{bonfire.pk}@testserver"
    assert entry["location"] == bonfire.place
    assert len(read(town.ben)) == len(read(town.jurgita)) == 1
    assert read(town.carla) == read(town.principal) == []


def test_a_draft_stands_in_no_calendar(read, town, draft):
    assert read(town.jurgita) == read(town.amira) == []


def test_who_has_said_no_is_spared(read, town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="no")
    assert read(town.amira) == []
    assert len(read(town.ben)) == 1


def test_one_that_is_called_off_says_so_under_a_higher_number(read, town, bonfire):
    [before] = read(town.amira)
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Storm")
    [after] = read(town.amira)
    assert after["status"] == "CANCELLED"
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert b"Storm" not in after.to_ical()


def test_a_restriction_takes_it_away_at_once(client, read, town, bonfire):
    address = open_calendar(town.ben, by=town.ben).url()
    make.restricted(town.ben, town.nora)
    assert client.get(address).status_code == 410
    assert read(town.ben) == []


def test_thirty_gatherings_cost_as_many_queries_as_three(client, town):
    address, counts = open_calendar(town.amira, by=town.amira).url(), []
    for total in (3, 27):
        for number in range(total):
            make.published(town.first, by=town.jurgita, days=20 + number)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
