"""At most four messages, counted in the post, where a poll comes first: the poll is the invitation, and the time that is
fixed is the one change."""

import pytest
import time_machine
from django.utils import timezone

from networks import actions
from networks.models import NotNow
from tests import make
from tests.networks.polls.conftest import town as town
from tests.networks.test_life import DAY, NOON, Life

REMIND, DAY_BEFORE = "Vi vil gjerne høre fra dere", "I morgen"


@pytest.fixture
def life(town, mailoutbox):
    noon = timezone.localtime().replace(hour=NOON, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False) as clock:
        walk = make.poll(town.first, by=town.jurgita, days=(40, 44), closes=20, title="Lantern walk")
        yield Life(town, walk, clock, mailoutbox)


def asked_and_fixed(life, *, answers=()):
    """The poll, its reminder, and the first time fixed on the day after it closed."""
    town, walk = life.town, life.gathering
    poll, first = walk.poll, walk.poll.times.first()
    life.at(poll.sent_at + DAY)
    for person in answers:
        actions.say_suits(walk, by=person, household=person.household, time=first, suits="yes")
    for days in (10, 3, 1):
        life.at(poll.closes_at - days * DAY)
    life.at(poll.closes_at + DAY)
    actions.fix_time(walk, by=town.jurgita, time=first, sure=True)
    life.pass_on()
    walk.refresh_from_db()


def lived_on(life):
    walk = life.gathering
    for days in (5, 3, 2, 1):
        life.at(walk.answer_by - days * DAY)
    actions.answer(walk, by=life.town.amira, household=life.town.amira.household, answer="maybe")
    for days in (3, 2, 1):
        life.at(walk.starts_at - days * DAY)


def test_the_poll_its_reminder_the_fixed_time_and_the_day_before_are_four(life):
    asked_and_fixed(life)
    lived_on(life)

    _poll, reminder, _fixed, before = life.subjects(life.town.amira)
    assert (reminder, before) == (REMIND, DAY_BEFORE)
    assert len(life.subjects(life.town.ben)) == 3  # silent to the end: no second reminder


def test_whoever_has_answered_the_poll_is_reminded_of_the_invitation_and_nothing_more(life):
    asked_and_fixed(life, answers=[life.town.amira, life.town.ben])
    lived_on(life)

    assert life.subjects(life.town.amira)[2:] == [REMIND, DAY_BEFORE]
    assert len(life.post_of(life.town.ben)) == 3


@pytest.mark.parametrize("changes", [{"bring": "A lantern"}, {"title": "Lantern walk!"}])
def test_words_that_change_after_that_wait_for_the_next_message(life, changes):
    asked_and_fixed(life)
    assert life.change(**changes) == "later"
    lived_on(life)

    assert len(life.subjects(life.town.amira)) == 4
    assert "Nytt siden forrige melding" in life.post_of(life.town.amira)[-1].body


def test_a_new_place_is_told_and_then_the_day_before_gives_way(life):
    asked_and_fixed(life)
    assert life.change(place="The hall") == "told"
    lived_on(life)

    assert life.subjects(life.town.amira)[1:2] == [REMIND]
    assert life.subjects(life.town.amira)[-1] == "Endret"
    assert len(life.subjects(life.town.amira)) == 4


def test_while_it_is_open_a_change_of_words_or_place_tells_nobody(life):
    life.at(life.gathering.poll.sent_at + DAY)
    assert life.change(place="The hall", bring="A lantern") == "saved"
    assert len(life.post_of(life.town.amira)) == 1


def test_called_off_while_it_is_open_is_told_and_the_rest_is_silence(life):
    life.at(life.gathering.poll.sent_at + DAY)
    actions.call_off_poll(life.gathering, by=life.town.jurgita, because="Too dark")
    for days in range(1, 40, 3):
        life.at(life.gathering.poll.sent_at + days * DAY)

    assert len(life.post_of(life.town.amira)) == 2
    assert "Too dark" in life.post_of(life.town.amira)[-1].body
    with pytest.raises(NotNow):
        actions.send_poll(life.gathering, by=life.town.jurgita)
