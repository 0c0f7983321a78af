"""Nobody is written to more than four times about a gathering without having asked: counted in the post, from the
invitation to the cancellation."""

from datetime import timedelta
from email.header import decode_header, make_header

import pytest
import time_machine
from django.utils import timezone

from networks import actions
from networks.models import NotNow
from portal.ledger import tasks as ledger
from portal.messaging.sending import send
from portal.messaging.tasks import remind
from tests import make
from tests.networks.test_actions import fields

NOON = 12
DAY = timedelta(days=1)


def said(mail):
    return str(make_header(decode_header(mail.subject)))


@pytest.fixture
def life(town, mailoutbox):
    """A gathering that is sent today, with forty days to live, and what its families find in their post."""
    noon = timezone.localtime().replace(hour=NOON, minute=0)
    with time_machine.travel(noon, tick=False) as clock:
        gathering = make.published(town.first, by=town.jurgita, days=40, title="Lantern walk")
        yield Life(town, gathering, clock, mailoutbox)


class Life:
    def __init__(self, town, gathering, clock, mailoutbox):
        self.town, self.gathering, self.clock, self.mailoutbox = town, gathering, clock, mailoutbox

    def at(self, moment):
        """Everything that is due by noon of that day goes out, in the order in which the clock does it."""
        self.clock.move_to(timezone.localtime(moment).replace(hour=NOON, minute=0))
        self.pass_on()

    def pass_on(self):
        for _turn in range(2):
            remind()
            ledger.sweep()
            self.clock.shift(timedelta(minutes=6))
            send("email")

    def change(self, **changes):
        self.gathering.refresh_from_db()
        said = actions.change_gathering(self.gathering, by=self.town.jurgita, **(fields(self.gathering) | changes))
        self.gathering.refresh_from_db()
        self.pass_on()
        return said

    def post_of(self, person):
        return [mail for mail in self.mailoutbox if person.email in mail.to[0] and "Lantern" in said(mail)]

    def subjects(self, person):
        return [said(mail).partition(":")[0].partition("?")[0] for mail in self.post_of(person)]


def live(life, first, second):
    """Invited, silent, reminded, two changes, the day before, cancelled. Amira says maybe after she was reminded."""
    town, gathering = life.town, life.gathering
    life.at(gathering.published_at + DAY)
    life.change(**first)
    for days in (20, 10, 3, 2, 1):
        life.at(gathering.answer_by - days * DAY)
    actions.answer(gathering, by=town.amira, household=town.amira.household, answer="maybe")
    said = life.change(**second)
    for days in (3, 2, 1):
        life.at(gathering.starts_at - days * DAY)
    actions.cancel_gathering(gathering, by=town.jurgita, because="Too much snow")
    life.pass_on()
    return said


PLACE, HOURS, WORDS = {"place": "The gym"}, {"place": "The hall"}, {"bring": "A lantern of your own"}


@pytest.mark.parametrize(
    ("first", "second"), [(PLACE, HOURS), (PLACE, WORDS), (WORDS, PLACE), (WORDS, {"title": "Lantern walk!"})]
)
def test_a_family_gets_four_messages_in_the_whole_life_of_a_gathering_and_the_cancellation(life, first, second):
    live(life, first, second)

    for person in (life.town.amira, life.town.ben):
        *uncalled, last = life.subjects(person)
        assert last == "Avlyst"
        assert len(uncalled) <= 4, uncalled
        assert uncalled.count("Vi vil gjerne høre fra dere") == 1


def test_a_new_place_is_told_the_second_time_too_and_then_the_day_before_gives_way(life):
    assert live(life, PLACE, HOURS) == "told"

    assert life.subjects(life.town.amira)[1:] == ["Endret", "Vi vil gjerne høre fra dere", "Endret", "Avlyst"]
    assert "The hall" in life.post_of(life.town.amira)[3].body


def test_words_that_change_after_that_wait_for_the_day_before_which_says_what_is_new(life):
    assert live(life, PLACE, WORDS) == "later"

    mails = life.post_of(life.town.amira)
    assert life.subjects(life.town.amira)[1:] == ["Endret", "Vi vil gjerne høre fra dere", "I morgen", "Avlyst"]
    assert "Nytt siden forrige melding: hva alle skal ta med." in mails[3].body
    assert "A lantern of your own" in mails[3].body
    assert "Nytt siden" not in "".join(mail.body for mail in mails[:3])


def test_a_third_new_place_is_told_even_when_four_messages_have_been_sent(life):
    life.at(life.gathering.published_at + DAY)
    for place in ("The gym", "The hall", "The library", "The barn"):
        assert life.change(place=place) == "told"

    assert life.subjects(life.town.ben)[1:] == ["Endret"] * 4
    life.at(life.gathering.answer_by - DAY)
    assert len(life.post_of(life.town.ben)) == 5


def test_whom_an_organiser_has_reminded_the_clock_does_not_remind(life):
    life.at(life.gathering.published_at + DAY)
    actions.remind_silent(life.gathering, by=life.town.jurgita)
    for days in (5, 1):
        life.at(life.gathering.answer_by - days * DAY)

    assert len(life.post_of(life.town.ben)) == 2


def test_whom_the_clock_has_reminded_an_organiser_does_not_remind(life):
    for days in (5, 1):
        life.at(life.gathering.answer_by - days * DAY)

    with pytest.raises(NotNow):
        actions.remind_silent(life.gathering, by=life.town.jurgita)
    assert len(life.post_of(life.town.ben)) == 2


def test_a_later_answer_date_brings_no_second_reminder(life):
    for days in (5, 1):
        life.at(life.gathering.answer_by - days * DAY)
    life.change(answer_by=life.gathering.answer_by + 6 * DAY)
    with pytest.raises(NotNow):
        actions.remind_silent(life.gathering, by=life.town.jurgita)
    for days in (1, 0):
        life.at(life.gathering.answer_by - days * DAY)

    assert life.subjects(life.town.ben)[1:] == ["Vi vil gjerne høre fra dere", "Endret"]
