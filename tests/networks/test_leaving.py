"""Whoever has a gathering in the calendar and has no child in the class any more: it goes, and nothing is told."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from networks import actions
from networks.leaving import no_longer_invited
from portal.calendars import in_a_day
from portal.ledger.tasks import sweep
from portal.messaging.kinds import KINDS
from portal.messaging.models import Delivery, Notice
from portal.messaging.tasks import remind
from tests import make
from tests.ground import once
from tests.networks.test_actions import fields


@once
def invited(bonfire):
    sweep()
    Notice.objects.update(state="told", told_at=timezone.now())
    Delivery.objects.update(state="sent", sent_at=timezone.now())
    return bonfire


def who_left():
    return {due.recipient.given_name for due in no_longer_invited(timezone.now())}


def test_those_who_are_still_invited_keep_it(town, invited):
    assert who_left() == set()


def test_a_restricted_guardian_loses_it_and_learns_of_no_change(town, invited):
    began = invited.starts_at
    make.restricted(town.ben, town.nora)
    later = {
        "starts_at": began + timedelta(days=1),
        "ends_at": invited.ends_at + timedelta(days=1),
        "place": "Elsewhere",
    }
    actions.change_gathering(invited, by=town.jurgita, **fields(invited, **later))

    assert who_left() == {"Ben"}
    remind()
    letter = KINDS["networks.left"](Notice.objects.get(kind="networks.left"))
    [entry] = letter.calendar.walk("VEVENT")
    assert (letter.calendar["method"], entry["uid"]) == ("CANCEL", f"gathering-{invited.pk}@testserver")
    assert entry["dtstart"].dt == began.replace(microsecond=0)
    assert invited.title not in letter.subject + " ".join(letter.lines) + letter.calendar.to_ical().decode()


def test_a_family_that_moves_to_another_class_loses_it(town, invited):
    town.nora.enrolments.update(school_class=town.second)

    assert who_left() == {"Amira", "Ben"}


def test_one_that_is_called_off_is_called_off_for_all_and_told_by_that(town, invited):
    actions.cancel_gathering(invited, by=town.jurgita, because="Rain")
    make.restricted(town.ben, town.nora)

    assert who_left() == set()


@pytest.mark.parametrize(("now", "then"), [("2027-03-27T18:00+01:00", "2027-03-28T18:00+02:00")])
def test_a_day_ahead_is_the_same_time_on_the_wall_over_a_change_of_the_clock(now, then):
    assert in_a_day(datetime.fromisoformat(now)) == datetime.fromisoformat(then)


def test_the_link_in_the_file_opens_without_signing_in(town, invited, client):
    letter = KINDS["networks.gathering_invited"](Notice.objects.filter(recipient=town.amira).first())
    url = str(letter.calendar.walk("VEVENT")[0]["url"])

    assert url == letter.buttons[0].url
    assert client.get(url.removeprefix("http://testserver")).status_code == 200
    before = client.get(url.removeprefix("http://testserver"), {"calendar": 1})
    assert before.url == f"{url.removeprefix('http://testserver')}calendar.ics"
    kept = client.get(before.url).content.decode()
    assert url in kept.replace("\r\n ", "")
