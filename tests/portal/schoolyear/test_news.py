"""Who is told when something in their calendar moves or is called off less than two weeks before: once, and nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from portal.ledger import tasks as ledger
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import send_batch
from portal.people import actions as people
from portal.schoolyear import actions
from tests import make
from tests.portal.schoolyear.test_events import fields_of, later

NEWS, SOON = "schoolyear.event_news", "schoolyear.event_news_soon"


def told(kind=NEWS):
    ledger.sweep()
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__given_name", flat=True))


def letter(person, kind=NEWS):
    notice = Notice.objects.filter(kind=kind, recipient=person).latest("pk")
    with translation.override("en"):
        return KINDS[kind](notice)


def wanted(kind=NEWS):
    return [KINDS[kind].wanted(notice) for notice in Notice.objects.filter(kind=kind).order_by("pk")]


def move(event, by, **change):
    return actions.change_event(event, by=by, **fields_of(event, **(change or later(event, days=1))))


def test_to_put_it_in_tells_nobody(town):
    make.event(town.lia, by=town.pia, days=1)
    ledger.sweep()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("change", ["time", "place", "off"])
def test_those_who_have_it_are_told_once(town, change):
    event = make.event(town.lia, days=10, classes=[town.first])
    if change == "off":
        assert actions.call_off_event(event, by=town.pia, because="Storm") == "told"
    else:
        assert move(event, town.pia, **({"place": "The gym"} if change == "place" else {})) == "told"
    assert told() == ["Amira", "Tom"]
    assert told() == ["Amira", "Tom"]
    assert told(SOON) == []
    assert all(wanted())


def test_what_is_for_all_tells_every_family_and_all_who_work_there_but_the_one_who_did_it(town):
    actions.call_off_event(make.event(town.lia, days=10), by=town.pia)
    assert told() == ["Amira", "Ben", "Ida", "Odd", "Tom"]


def test_far_away_calendars_follow_without_a_word(town):
    event = make.event(town.lia, days=30)
    assert move(event, town.pia) == "saved"
    assert actions.call_off_event(event, by=town.pia) == "saved"
    assert told() == []


def test_moved_away_from_the_next_two_weeks_or_into_them_is_near(town):
    for days, by in ((10, 20), (30, -25)):
        event = make.event(town.lia, days=days)
        assert move(event, town.pia, **later(event, days=by)) == "told"


def test_words_and_more_classes_are_no_news(town):
    event = make.event(town.lia, days=5, classes=[town.first])
    assert move(event, town.pia, title="Another name", details="Bring a cup.") == "saved"
    assert move(event, town.pia, classes=[town.first, town.second]) == "saved"
    assert told() == []


def test_who_gets_it_into_the_calendar_by_the_same_save_is_told_of_no_move(town):
    for wider in ({"classes": [town.first, town.second]}, {"classes": [], "whole_school": True}):
        event = make.event(town.lia, days=8, classes=[town.first], title=str(wider))
        move(event, town.pia, **later(event, days=1), **wider)
    assert set(told()) == {"Amira", "Tom"}


def test_two_moves_in_a_minute_are_one_message_and_a_call_off_covers_both(town):
    event = make.event(town.lia, days=10, classes=[town.first])
    for _time in range(2):
        move(event, town.pia)
    assert told() == ["Amira", "Amira", "Tom", "Tom"]
    assert sorted(wanted()) == [False, False, True, True]
    actions.call_off_event(event, by=town.pia)
    told()
    assert [wanted().count(said) for said in (True, False)] == [2, 4]


def test_who_would_be_on_the_way_is_told_at_once(town):
    """Also when it moves out of tomorrow: somebody would come today."""
    event = make.event(town.lia, days=0, hour=23, classes=[town.first])
    with time_machine.travel(event.starts_at - timedelta(hours=5), tick=False):
        move(event, town.pia, **later(event, days=9))
        assert (told(SOON), told()) == (["Amira", "Tom"], [])
        assert KINDS[SOON].urgent


def test_it_reaches_also_those_who_want_no_news_by_mail(town):
    assert KINDS[NEWS].duty
    assert KINDS[NEWS].category == KINDS[SOON].category == "news"


def test_whoever_has_left_or_is_shut_out_meanwhile_hears_nothing(town):
    cato = make.guardian("Cato", of=town.nora)
    event = make.event(town.lia, days=10, classes=[town.first])
    move(event, town.pia)
    assert told() == ["Amira", "Cato", "Tom"]
    make.restricted(cato, town.nora)
    people.end_role(town.tom.roles.get(), by=town.pia)
    assert sorted(wanted()) == [False, False, True]


def test_the_letter_says_when_where_and_why(town):
    event = make.event(town.lia, days=10, classes=[town.first])
    actions.call_off_event(event, by=town.pia, because="The roof leaks.")
    told()
    said = letter(town.amira)
    assert said.subject == "Called off: Parents' meeting (1A)"
    assert "The roof leaks." in said.lines
    assert said.buttons[0].url.endswith(event.get_absolute_url())


def test_it_comes_as_one_mail(town, mailoutbox):
    event = make.event(town.lia, days=10, classes=[town.first])
    move(event, town.pia)
    told()
    tomorrow = timezone.localtime() + timedelta(days=1)
    with time_machine.travel(tomorrow.replace(hour=12)):  # not in anybody's quiet hours
        for _time in range(2):
            send_batch("email")
    assert sum(town.amira.email in mail.to[0] for mail in mailoutbox) == 1
    assert not any(town.ben.email in mail.to[0] for mail in mailoutbox)
