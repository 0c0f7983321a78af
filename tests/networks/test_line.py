"""Room for only so many: who comes, who waits, whose turn it is, and when it runs out."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from networks import actions
from networks.calendar import gatherings_to_come
from networks.models import Gathering, NotNow, Rsvp
from networks.queries import board_of, line_of
from networks.queries.line import is_night, runs_out_at
from networks.tasks import give_turns
from portal.ledger import tasks as ledger
from portal.ledger.models import Event
from portal.messaging.models import Notice, Preference
from portal.messaging.sending import send
from portal.messaging.tasks import remind
from portal.people.models import the_portal
from tests import make
from tests.networks.test_actions import fields
from tests.networks.test_life import said
from tests.threads import in_a_thread

OSLO = ZoneInfo("Europe/Oslo")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MINUTES = timedelta(minutes=6)


def say(gathering, person, answer="yes"):
    gathering.refresh_from_db()
    return actions.answer(gathering, by=person, household=person.household, answer=answer)


def rsvp_of(gathering, person):
    return Rsvp.objects.get(gathering=gathering, household=person.household)


def state(gathering, person):
    rsvp = rsvp_of(gathering, person)
    return "turn" if rsvp.has_turn() else "missed" if rsvp.has_missed() else rsvp.answer


def with_room_for(gathering, capacity, by):
    gathering.refresh_from_db()
    return actions.change_gathering(gathering, by=by, **fields(gathering, capacity=capacity))


def pass_on(clock):
    for _turn in range(3):
        give_turns()
        remind()
        ledger.sweep()
        clock.shift(MINUTES)
        send("email")


def detail(gathering, person, *pupils, **more):
    gathering.refresh_from_db()
    told = {"adults": 1, "pupils": list(pupils)} | more
    return actions.detail_answer(gathering, by=person, household=person.household, **told)


# A place, or a place in line


def test_without_a_capacity_there_is_room_for_all(town, bonfire):
    assert [say(bonfire, person).answer for person in (town.jurgita, town.amira, town.ben)] == ["yes"] * 3


def test_whoever_says_yes_when_it_is_full_waits_in_the_order_of_arrival(town, full, eva, noon):
    assert say(full, town.amira).answer == "wait"
    noon.shift(MINUTES)
    assert say(full, eva).answer == "wait"

    line = line_of(full)
    assert [line.number_of(person.household_id) for person in (town.jurgita, town.amira, eva)] == [None, 1, 2]
    assert board_of(full, town.jurgita).coming_people == 2


def test_saying_yes_again_keeps_the_place_in_line(town, full, eva, noon):
    say(full, town.amira)
    noon.shift(MINUTES)
    say(full, eva)
    noon.shift(MINUTES)
    say(full, town.amira)

    assert line_of(full).number_of(town.amira.household_id) == 1
    assert Event.objects.filter(verb="networks.gathering_answered").count() == 3


def test_a_child_whom_two_homes_bring_is_one_person(noon, town):
    gathering = make.published(town.first, by=town.jurgita, days=20, capacity=3)
    say(gathering, town.amira)

    assert say(gathering, town.ben).answer == "yes"
    assert line_of(gathering).coming_people == 3


def test_maybe_and_no_take_no_place(town, full):
    say(full, town.amira, "maybe")
    say(full, town.jurgita, "no")

    assert say(full, town.amira).answer == "yes"


def test_an_organiser_who_answers_for_a_home_gets_it_no_other_place(town, full):
    home = {"by": town.jurgita, "household": town.amira.household}

    assert actions.answer_on_behalf(full, **home, answer="yes").answer == "wait"
    actions.log_contact(full, by=town.jurgita, household=town.ben.household, kind="call", outcome="coming")
    assert state(full, town.ben) == "wait"


def test_an_organiser_takes_the_place_for_a_home_that_waits_and_says_nothing_else_for_it(town, full):
    say(full, town.amira)
    home = {"by": town.jurgita, "household": town.amira.household}
    with pytest.raises(NotNow):
        actions.answer_on_behalf(full, **home, answer="no")
    with_room_for(full, 4, town.jurgita)
    give_turns()

    assert actions.answer_on_behalf(full, **home, answer="yes").answer == "yes"


# More people than fit


def test_an_answer_for_more_people_than_there_is_room_for_is_refused_and_the_earlier_one_stands(town, full):
    with pytest.raises(NotNow, match="Deres tidligere svar gjelder"):
        detail(full, town.jurgita, town.iver, siblings=1)

    kept = rsvp_of(full, town.jurgita)
    assert (kept.answer, kept.adults, kept.siblings) == ("yes", 1, 0)


def test_fewer_or_as_many_as_before_is_never_refused(town, full):
    with_room_for(full, 1, town.jurgita)

    detail(full, town.jurgita, adults=2)
    assert rsvp_of(full, town.jurgita).adults == 2


def test_whoever_waits_may_become_more_and_is_offered_room_for_all_of_them(town, full):
    say(full, town.amira)
    detail(full, town.amira, town.nora, adults=2)
    say(full, town.jurgita, "no")

    with pytest.raises(NotNow):
        actions.offer_turns(full, by=the_portal())
    with_room_for(full, 3, town.jurgita)
    assert actions.offer_turns(full, by=the_portal()) == [town.amira.household_id]


def test_for_whom_a_place_is_kept_it_is_kept_for_as_many_as_they_were(town, full):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    give_turns()

    with pytest.raises(NotNow):
        detail(full, town.amira, town.nora, adults=2)
    assert state(full, town.amira) == "turn"


# Whose turn it is


def test_a_place_that_comes_free_is_kept_for_the_first_in_line_and_for_nobody_else(town, full, eva, noon):
    say(full, town.amira)
    noon.shift(MINUTES)
    say(full, eva)
    say(full, town.jurgita, "no")
    give_turns()

    assert (state(full, town.amira), state(full, eva)) == ("turn", "wait")
    assert say(full, town.ben).answer == "wait"
    assert say(full, eva).answer == "wait"
    assert say(full, town.amira).answer == "yes"


def test_before_the_clock_comes_nobody_passes_those_who_wait(town, full, eva):
    say(full, town.amira)
    say(full, town.jurgita, "no")

    assert say(full, eva).answer == "wait"
    assert say(full, town.amira).answer == "yes"


def test_the_first_whom_it_is_enough_for_is_asked(town, full, eva, noon):
    say(full, town.amira)
    detail(full, town.amira, town.nora, adults=3)
    noon.shift(MINUTES)
    say(full, eva)
    say(full, town.jurgita, "no")
    give_turns()

    assert (state(full, town.amira), state(full, eva)) == ("wait", "turn")


def test_more_room_is_offered_to_several(town, full, eva):
    for person in (town.amira, town.ben, eva):
        say(full, person)
    with_room_for(full, 5, town.jurgita)
    assert len(actions.offer_turns(full, by=the_portal())) == 2  # Amira and Ben bring the same child

    with_room_for(full, None, town.jurgita)
    give_turns()
    assert {state(full, person) for person in (town.amira, town.ben, eva)} == {"turn"}


def test_less_room_throws_nobody_out_and_a_promise_is_kept(town, full):
    say(full, town.amira)
    with_room_for(full, 4, town.jurgita)
    give_turns()
    with_room_for(full, 1, town.jurgita)

    assert line_of(full).is_over
    assert state(full, town.jurgita) == "yes"
    assert say(full, town.amira).answer == "yes"


def test_a_turn_that_is_not_taken_goes_to_the_next_and_comes_once(town, full, eva, noon):
    say(full, town.amira)
    noon.shift(MINUTES)
    say(full, eva)
    say(full, town.jurgita, "no")
    pass_on(noon)
    noon.shift(DAY + HOUR)
    pass_on(noon)

    assert (state(full, town.amira), state(full, eva)) == ("missed", "turn")
    assert line_of(full).number_of(town.amira.household_id) is None
    noon.shift(DAY + HOUR)
    with pytest.raises(NotNow):
        actions.offer_turns(full, by=the_portal())


def test_whoever_missed_a_turn_comes_if_there_is_room_and_else_stands_last(town, full, eva, noon):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    pass_on(noon)
    noon.shift(DAY + HOUR)
    say(full, eva)

    assert state(full, eva) == "yes"
    assert say(full, town.amira).answer == "wait"
    assert (state(full, town.amira), line_of(full).number_of(town.amira.household_id)) == ("wait", 1)


def test_a_home_that_leaves_the_class_frees_its_place_and_its_place_in_line(town, full, eva, noon):
    say(full, town.amira)
    noon.shift(MINUTES)
    say(full, eva)
    for pupil in (town.iver, town.nora):
        pupil.enrolments.update(valid_to=timezone.localdate() - DAY)
    give_turns()

    assert (state(full, town.amira), state(full, eva)) == ("wait", "turn")


def test_give_turns_gives_each_once_when_it_runs_twice(town, full, noon):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    give_turns()
    first = rsvp_of(full, town.amira).turn_until
    noon.shift(MINUTES)
    give_turns()
    pass_on(noon)

    assert rsvp_of(full, town.amira).turn_until == first
    assert Event.objects.filter(verb="networks.turn_offered").count() == 1
    assert Notice.objects.filter(kind="networks.turn_come", recipient=town.amira).count() == 1


def test_cancelled_or_begun_offers_nothing(town, full, noon):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    actions.cancel_gathering(full, by=town.jurgita, because="Snow")
    give_turns()

    assert state(full, town.amira) == "wait"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_for_the_last_place_one_comes_and_one_waits(town):
    gathering = make.published(town.first, by=town.jurgita, days=20, capacity=2)
    told = []

    def press():
        again = Gathering.objects.get(pk=gathering.pk)
        return say(again, town.jurgita)

    with transaction.atomic():
        first = say(gathering, town.amira)
        thread = in_a_thread(told, press)
    thread.join(10)

    assert first.answer == "yes"
    assert told == ["yes"]
    assert state(gathering, town.jurgita) == "wait"


# Taken back


def test_who_waited_and_pressed_wrongly_stands_where_it_stood(town, full, eva, noon):
    say(full, town.amira)
    noon.shift(MINUTES)
    say(full, eva)
    say(full, town.amira, "no")
    actions.undo_answer(full, by=town.amira, household=town.amira.household)

    assert line_of(full).number_of(town.amira.household_id) == 1


def test_a_place_that_was_given_on_does_not_come_back(town, full, eva):
    say(full, eva)
    say(full, town.jurgita, "no")
    give_turns()

    with pytest.raises(NotNow, match="gitt videre"):
        actions.undo_answer(full, by=town.jurgita, household=town.jurgita.household)
    assert state(full, town.jurgita) == "no"


def test_a_missed_turn_is_not_won_back_by_no_and_undo(town, full, eva, noon):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    pass_on(noon)
    noon.shift(DAY + HOUR)
    say(full, town.ben)
    say(full, town.amira, "no")
    noon.shift(MINUTES)
    actions.undo_answer(full, by=town.amira, household=town.amira.household)

    assert rsvp_of(full, town.amira).waiting_since > rsvp_of(full, town.ben).answered_at - MINUTES


# By day


@pytest.mark.parametrize("hour", [21, 23, 2, 6])
def test_nothing_is_offered_at_night_and_nobody_passes_those_who_wait(town, full, eva, noon, hour):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    noon.move_to(datetime(2026, 11, 12, hour, 30, tzinfo=OSLO))
    give_turns()

    assert state(full, town.amira) == "wait"
    assert say(full, eva).answer == "wait"
    noon.move_to(datetime(2026, 11, 13, 7, 0, tzinfo=OSLO))
    give_turns()
    assert state(full, town.amira) == "turn"


@pytest.mark.parametrize("day", [datetime(2026, 10, 24), datetime(2027, 3, 27), datetime(2026, 11, 10)])
@pytest.mark.parametrize("hours_left", [4, 9, 12, 14, 20, 24, 30, 36, 50, 500])
def test_a_turn_runs_out_by_day_an_hour_after_it_is_read_and_two_before_the_gathering(bonfire, day, hours_left):
    for minutes in range(7 * 60, 21 * 60, 20):
        at = (day + timedelta(minutes=minutes)).replace(tzinfo=OSLO)
        bonfire.starts_at = at + hours_left * HOUR
        until = runs_out_at(bonfire, at)
        if until is not None:
            assert not is_night(until)
            assert at + HOUR <= until <= bonfire.starts_at - 2 * HOUR
            assert until - at <= DAY + 13 * HOUR


def test_so_near_that_no_turn_can_be_offered_whoever_says_yes_first_comes(town, full, eva, noon):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    noon.move_to(full.starts_at - 2 * HOUR)
    give_turns()

    assert state(full, town.amira) == "wait"
    assert say(full, eva).answer == "yes"


def test_the_time_runs_from_when_the_home_may_be_written_to(town, full, noon):
    Preference.objects.create(person=town.amira, quiet_from="20:00", quiet_until="15:00")
    say(full, town.amira)
    say(full, town.jurgita, "no")
    give_turns()

    assert rsvp_of(full, town.amira).turn_until == datetime(2026, 11, 11, 15, tzinfo=OSLO)


# The letter


def letters_to(person, mailoutbox):
    return [mail for mail in mailoutbox if person.email in mail.to[0] and "plass til dere" in said(mail)]


def test_the_home_is_written_to_also_when_muted_and_in_a_weekly_digest(town, full, noon, mailoutbox):
    actions.mute(full, by=town.amira)
    Preference.objects.create(person=town.amira, digest="weekly")
    say(full, town.amira)
    say(full, town.jurgita, "no")
    pass_on(noon)

    (mail,) = letters_to(town.amira, mailoutbox)
    assert "onsdag 11. november" in said(mail)
    assert "kl. 12.00" in said(mail).replace("\u00a0", " ")
    assert not any("calendar" in str(part) for part in mail.attachments)
    assert letters_to(town.ben, mailoutbox) == []


def test_whoever_has_taken_the_place_meanwhile_is_not_written_to(town, full, noon, mailoutbox):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    give_turns()
    ledger.sweep()
    say(full, town.amira)
    pass_on(noon)

    assert letters_to(town.amira, mailoutbox) == []


def test_a_turn_that_ran_out_while_no_message_could_leave_comes_again(town, full, eva, noon, mailoutbox):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    give_turns()
    noon.shift(2 * DAY)
    pass_on(noon)

    assert state(full, town.amira) == "turn"
    assert len(letters_to(town.amira, mailoutbox)) == 1


def test_the_day_before_is_said_to_those_who_come_alone(town, full, noon, mailoutbox):
    say(full, town.amira)
    pass_on(noon)
    noon.move_to(full.starts_at - DAY + HOUR)
    pass_on(noon)

    told = {mail.to[0] for mail in mailoutbox if said(mail).startswith("I morgen")}
    assert len(told) == 1
    assert town.jurgita.email in told.pop()


def test_a_gathering_stands_in_the_calendar_of_those_who_come(town, full):
    say(full, town.amira)

    entries = {person: gatherings_to_come(person, timezone.now(), at_home=False) for person in (town.amira, town.ben)}
    assert (entries[town.amira], len(entries[town.ben])) == ([], 1)


# What the database keeps


def test_nobody_waits_without_a_place_in_line_and_no_place_is_kept_for_who_comes(town, full):
    for broken in (
        {"answer": "wait", "waiting_since": None},
        {"turn_at": timezone.now()},
        {"turn_until": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rsvp.objects.filter(gathering=full).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gathering.objects.filter(pk=full.pk).update(capacity=0)


def test_who_waits_takes_nothing_on_and_drives_nobody(town, full):
    item = actions.add_item(full, by=town.jurgita, kind="thing", title="Cups", wanted=1)
    say(full, town.amira)

    with pytest.raises(NotNow), translation.override("en"):
        actions.take_place(full, by=town.amira, household=town.amira.household, item=item)
