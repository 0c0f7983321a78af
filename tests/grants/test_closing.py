"""On the last day to apply, those with a draft are told: in time, once for each last day, and not when it is sent."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from grants import actions
from grants.models import GrantScheme
from grants.schemes import actions as schemes
from portal.messaging.kinds import KINDS
from portal.messaging.models import Delivery, Notice
from portal.messaging.tasks import remind
from tests.grants.cast import FULL
from tests.pages import address, as_, text

KIND = "grants.draft_closes"

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(town):
    return actions.draft_application(town.gathering, by=town.zofia, **FULL)


def told():
    remind()
    return sorted(notice.recipient.given_name for notice in Notice.objects.filter(kind=KIND))


def letter():
    with translation.override("en"):
        return KINDS[KIND](Notice.objects.filter(kind=KIND).last())


def is_wanted():
    notice = Notice.objects.filter(kind=KIND).last()
    return KINDS[KIND].wanted(notice)


def close(town):
    schemes.close_scheme(GrantScheme.objects.get(pk=town.scheme.pk), by=town.officer)


def test_closing_a_scheme_tells_those_with_a_draft_and_once(town, draft):
    assert told() == []
    assert "Those who have one are told today." in text(
        as_(town.officer).get(address("grants", "scheme_close", town.scheme.pk))
    )
    close(town)

    assert told() == ["Amir", "Zofia"]
    assert told() == ["Amir", "Zofia"]
    said = letter()
    assert said.subject == "Today is the last day to apply"
    assert "Vinterlek i akebakken" in said.lines[0]
    assert said.buttons[0].url.endswith(f"/grants/{draft.pk}/edit/")


def test_nobody_is_told_who_has_sent_it(town, sent):
    close(town)

    assert told() == []


def test_a_draft_that_is_sent_and_a_scheme_that_is_kept_open_tell_no_more(town, draft):
    close(town)
    told()
    assert is_wanted()
    later = town.scheme.today() + timedelta(days=9)
    schemes.extend_scheme(GrantScheme.objects.get(), by=town.officer, closes_on=later, budget=None)
    assert not is_wanted()

    close(town)
    assert is_wanted()
    actions.submit_application(draft, by=town.zofia)
    assert not is_wanted()


@pytest.mark.parametrize(("hour", "sent_at"), [(4, 7), (12, 12), (22, 22)])
def test_it_comes_before_the_day_is_over_and_at_night_only_when_it_must(town, draft, hour, sent_at):
    today = timezone.localtime().replace(hour=hour, minute=0)
    with time_machine.travel(today, tick=False):
        close(town)
        remind()

    ways = Delivery.objects.filter(notice__kind=KIND, channel="email")
    assert {timezone.localtime(one.next_try_at).hour for one in ways} == {sent_at}
    assert {timezone.localtime(one.next_try_at).date() for one in ways} == {today.date()}


def test_after_midnight_the_letter_says_how_it_is(town, draft):
    close(town)
    with time_machine.travel(timezone.localtime() + timedelta(days=1), tick=False):
        assert told() == ["Amir", "Zofia"]  # the clock stood still in the evening
        assert letter().subject == "Your draft cannot be sent any more"
    with time_machine.travel(timezone.localtime() + timedelta(days=2), tick=False):
        assert told() == ["Amir", "Zofia"]
