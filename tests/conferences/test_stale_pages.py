"""What a page has shown is no reason: each of these is decided about the talk or the round as it is now."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from conferences import actions
from conferences.models import Booking, Conference, ConferenceRound, Hold, NotNow, Participant, SlotTaken
from conferences.queries.slots import Hours
from portal.actions import Gone
from portal.ledger.models import Event
from tests import make
from tests.conferences.test_two_at_once import again, while_pressing
from tests.ground import once

pytestmark = pytest.mark.django_db(transaction=True)


def call_off(conference):
    Conference.objects.filter(pk=conference.pk).update(state="cancelled", ended_at=timezone.now())


def events(verb):
    return Event.objects.filter(verb=f"conferences.{verb}").count()


@once
def booked(conference, amina, slot):
    return make.booked(conference, by=amina, at=slot)


@once
def along(conference, teacher):
    return conference.participants.create(kind="support", name="Faduma", added_by=teacher)


def test_nobody_is_told_that_a_talk_is_late_which_is_being_called_off(booked, teacher):
    assert while_pressing(lambda: call_off(booked), lambda: actions.tell_late(booked, by=teacher, minutes=5)) == [
        NotNow
    ]
    assert events("talk_late") == 0


def test_two_who_tell_that_it_is_late_tell_it_once(booked, teacher):
    def tell():
        actions.tell_late(again(booked), by=teacher, minutes=5)

    assert while_pressing(tell, tell) == [NotNow]
    assert events("talk_late") == 1


def test_nobody_is_asked_along_to_a_talk_that_is_being_called_off(booked, teacher, school_class):
    bo = make.holder("subject_teacher", school_class, "Bo", "Berg")

    def ask():
        actions.add_participant(booked, by=teacher, kind="teacher", teacher=bo)

    (told,) = while_pressing(lambda: call_off(booked), ask)
    assert issubclass(told, NotNow)
    assert not Participant.objects.filter(person=bo).exists()


def test_who_is_asked_along_is_kept_busy_when_the_talk_is_now_and_not_when_it_was(
    conference, booked, teacher, school_class
):
    bo = make.holder("subject_teacher", school_class, "Bo", "Berg")
    later = make.slot(booked.round, teacher, hour=18)

    def move():
        actions.book(again(booked), by=teacher, slot=later)

    told = while_pressing(move, lambda: actions.add_participant(booked, by=teacher, kind="teacher", teacher=bo))
    assert told == ["yes"]
    assert Hold.objects.get(teacher=bo).during.lower == later.starts_at


def test_nobody_is_let_off_a_talk_that_is_being_called_off(booked, along, teacher):
    seen = again(along)
    told = while_pressing(lambda: call_off(booked), lambda: actions.remove_participant(seen, by=teacher))
    assert told == [NotNow]
    assert Participant.objects.filter(pk=along.pk).exists()


def test_somebody_is_let_off_once(booked, along, teacher):
    both = again(along), again(along)
    told = while_pressing(
        lambda: actions.remove_participant(both[0], by=teacher), lambda: actions.remove_participant(both[1], by=teacher)
    )
    assert told == [Gone]
    assert events("participant_removed") == 1


def test_nobody_is_reminded_of_a_round_that_is_being_closed(conference, round, amina, principal):
    seen = again(round)

    def close():
        actions.close_round(again(round), by=principal)

    assert while_pressing(close, lambda: actions.remind_unbooked(seen, by=principal)) == [NotNow]
    assert events("unbooked_reminded") == 0


def test_two_who_remind_remind_once(conference, round, amina, principal):
    def remind():
        actions.remind_unbooked(again(round), by=principal)

    assert while_pressing(remind, remind) == [NotNow]
    assert events("unbooked_reminded") == 1


def test_a_teacher_who_leaves_meanwhile_tells_nothing(booked, teacher):
    def leave():
        list(Conference.objects.select_for_update(no_key=True).filter(pk=booked.pk))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_role SET state = 'ended' WHERE person_id = %s", [teacher.pk])

    assert while_pressing(leave, lambda: actions.tell_late(booked, by=teacher, minutes=5)) == [PermissionDenied]


def test_a_family_does_not_book_in_a_round_that_has_closed_since_the_page_was_read(conference, round, amina, slot):
    talk = Conference.objects.select_related("round").get(pk=conference.pk)
    ConferenceRound.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(hours=1))

    with pytest.raises(NotNow):
        actions.book(talk, by=amina, slot=slot)
    assert not Booking.objects.exists()


def test_a_family_asks_for_no_time_that_has_moved_since_the_page_was_read(booked, round, school_class, teacher, amina):
    child, ola = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    theirs = make.booked(make.conference(round, child, teacher), by=ola, at=make.slot(round, teacher, hour=18))
    seen = Booking.objects.select_related("conference", "slot").get(pk=theirs.booking.pk)
    actions.book(again(theirs), by=ola, slot=make.slot(round, teacher, hour=20))

    with pytest.raises(SlotTaken):
        actions.ask_swap(booked, by=amina, theirs=seen)


def test_no_times_are_offered_in_a_round_that_is_being_called_off(round, teacher, principal):
    days = (round.school.today() + timedelta(days=9),)
    hours = Hours(days=days, starts=time(16), ends=time(18), minutes=20)
    seen = again(round)

    def cancel():
        actions.cancel_round(again(round), by=principal, because="Snow.")

    (told,) = while_pressing(cancel, lambda: actions.add_times(seen, by=teacher, teacher=teacher, hours=hours))
    assert issubclass(told, NotNow)
    assert not round.slots.exists()
