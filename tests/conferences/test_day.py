"""The day of the talks: who came, late, offers, reminders, who takes part, interpreters."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from conferences import actions
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSlot,
    Hold,
    InterpreterRequest,
    NotNow,
    Participant,
    SlotsClash,
    SlotTaken,
    TimeRequest,
)
from conferences.queries.day import day_of
from conferences.queries.interpreters import interpreter_page
from conferences.queries.unbooked import unbooked_of
from portal.ledger.models import Event
from tests import make
from tests.ground import once

State = Conference.State


@once
def booked(conference, amina, yusuf, slot):
    return make.booked(conference, by=amina, at=slot)


@pytest.fixture
def begun(booked):
    with time_machine.travel(booked.booking.starts_at + timedelta(minutes=10), tick=False):
        yield booked


def event(verb):
    return Event.objects.get(verb=f"conferences.{verb}")


# Who came


def test_note_attendance_records_who_came_person_by_person(begun, teacher, amina, yusuf, nora):
    actions.note_attendance(begun, by=teacher, came=[amina.pk, nora.pk])
    came = dict(Participant.objects.values_list("person", "came"))
    assert came == {amina.pk: True, yusuf.pk: False, nora.pk: True}
    assert (begun.state, begun.by_phone) == (State.HELD, False)
    assert event("attendance_noted").details == {"state": "held", "came": 2}


def test_a_talk_by_phone_is_held(begun, teacher, amina):
    actions.note_attendance(begun, by=teacher, came=[amina.pk], by_phone=True)
    assert (begun.state, begun.by_phone) == (State.HELD, True)


def test_nobody_came_waits_for_a_new_time_and_keeps_the_old_one(begun, teacher):
    actions.note_attendance(begun, by=teacher, came=[])
    assert begun.state == State.MISSED
    assert Booking.objects.filter(conference=begun).exists()
    assert [row.state for row in unbooked_of(begun.round, teacher).rows] == ["missed"]


def test_a_new_time_after_nobody_came_opens_the_invitation_again(begun, teacher, amina, slot):
    actions.note_attendance(begun, by=teacher, came=[])
    later = slot.starts_at + timedelta(days=3)
    (offered,) = actions.offer_times(begun, by=teacher, times=[later])
    assert begun.state == State.CALLED
    assert actions.book(begun, by=amina, slot=offered).starts_at == later
    assert set(Participant.objects.values_list("came", flat=True)) == {None}


def test_what_was_written_down_can_be_corrected(begun, teacher, amina):
    actions.note_attendance(begun, by=teacher, came=[])
    actions.note_attendance(begun, by=teacher, came=[amina.pk])
    assert begun.state == State.HELD


def test_note_attendance_refuses_before_the_talk_begins(booked, teacher, amina):
    with (
        time_machine.travel(booked.booking.starts_at - timedelta(seconds=1), tick=False),
        pytest.raises(NotNow, match="not begun"),
    ):
        actions.note_attendance(booked, by=teacher, came=[amina.pk])
    assert not Participant.objects.exists()


def test_a_cancelled_talk_is_nobodys_absence(booked, teacher, amina):
    actions.cancel_booking(booked, by=amina)
    with (
        time_machine.travel(timezone.localtime() + timedelta(days=16), tick=False),
        pytest.raises(NotNow, match="no time"),
    ):
        actions.note_attendance(booked, by=teacher, came=[])
    assert Conference.objects.get().state == State.CALLED


def test_a_talk_that_is_called_off_is_nobodys_absence(begun, teacher):
    Conference.objects.filter(pk=begun.pk).update(state=State.CANCELLED, ended_at=timezone.now())
    with pytest.raises(NotNow):
        actions.note_attendance(begun, by=teacher, came=[])
    assert Conference.objects.get().state == State.CANCELLED


def test_only_who_belongs_to_the_talk_can_have_come(begun, teacher, amina, school_class):
    _child, stranger = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    actions.note_attendance(begun, by=teacher, came=[stranger.pk, amina.pk])
    assert not Participant.objects.filter(person=stranger).exists()


def test_the_other_homes_guardian_is_not_expected_at_a_homes_own_talk(round, nora, amina, yusuf, teacher, slot):
    own = make.booked(make.conference(round, nora, teacher, home=yusuf.household), by=yusuf, at=slot)
    with time_machine.travel(slot.starts_at, tick=False):
        actions.note_attendance(own, by=teacher, came=[yusuf.pk])
    assert not Participant.objects.filter(person=amina).exists()


def test_note_attendance_on_the_night_the_clock_changes(round, nora, amina, teacher, conference):
    with time_machine.travel("2026-10-01 10:00 +0200", tick=False):
        spot = make.slot(round, teacher, days=24, hour=4)  # 25 October, the clock goes back at 3
        held = make.booked(conference, by=teacher, at=spot)
    with time_machine.travel("2026-10-25 02:59:59 +0000", tick=False), pytest.raises(NotNow):
        actions.note_attendance(held, by=teacher, came=[amina.pk])
    with time_machine.travel("2026-10-25 03:00 +0000", tick=False):
        actions.note_attendance(held, by=teacher, came=[amina.pk])
        assert [talk.conference for talk in day_of(teacher, spot.starts_at.date(), teacher).talks] == [held]


def test_note_attendance_denies_others(begun, amina, school, school_class):
    other = make.holder("subject_teacher", school_class, "Per", "Regn")
    office = make.holder("office", school)
    for person in (amina, other, office, make.holder("principal", make.school("Elsewhere"))):
        with pytest.raises(PermissionDenied):
            actions.note_attendance(begun, by=person, came=[amina.pk])


def test_the_principal_may_write_it_down_but_not_for_an_own_child(begun, principal, amina, nora):
    assert actions.note_attendance.may(principal, begun)
    make.confirmed(principal, nora)
    assert not actions.note_attendance.may(principal, begun)


# Late


def test_tell_late_records(booked, teacher):
    actions.tell_late(booked, by=teacher, minutes=10)
    assert event("talk_late").details == {"minutes": 10, "conferences": [booked.pk]}


def test_tell_late_refuses_twice_at_once_and_when_it_has_begun(booked, teacher):
    actions.tell_late(booked, by=teacher, minutes=10)
    with pytest.raises(NotNow, match="a moment ago"):
        actions.tell_late(booked, by=teacher, minutes=10)
    with time_machine.travel(booked.booking.starts_at, tick=False), pytest.raises(NotNow):
        actions.tell_late(booked, by=teacher, minutes=10)


def test_tell_late_denies_everyone_but_the_teacher(booked, principal, amina):
    for person in (principal, amina):
        with pytest.raises(PermissionDenied):
            actions.tell_late(booked, by=person, minutes=10)


# Please come, or not necessary


def test_say_wanted_records_and_the_family_may_still_book(conference, teacher, amina, slot):
    actions.say_wanted(conference, by=teacher, wanted="not_needed", note="All is well")
    conference.refresh_from_db()
    assert (conference.wanted, conference.wanted_note) == ("not_needed", "All is well")
    assert actions.book(conference, by=amina, slot=slot)


def test_say_wanted_refuses_when_it_is_over(begun, teacher, amina):
    actions.note_attendance(begun, by=teacher, came=[amina.pk])
    with pytest.raises(NotNow):
        actions.say_wanted(begun, by=teacher, wanted="please")


def test_say_wanted_denies_the_office_and_families(conference, school, amina):
    for person in (make.holder("office", school), amina):
        with pytest.raises(PermissionDenied):
            actions.say_wanted(conference, by=person, wanted="please")


# Times kept for one family


def test_offer_times_answers_the_wish_and_keeps_the_times(conference, teacher, amina, slot, round, school_class):
    wish = TimeRequest.objects.create(conference=conference, household=amina.household, text="After six", by=amina)
    new = slot.starts_at + timedelta(hours=2)
    offered = actions.offer_times(conference, by=teacher, times=[slot.starts_at, new])
    wish.refresh_from_db()
    assert wish.answered_at
    assert (offered[0], offered[0].reserved_for) == (slot, conference)
    assert [one.starts_at for one in offered] == [slot.starts_at, new]
    child, other = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    with pytest.raises(PermissionDenied):
        actions.book(make.conference(round, child, teacher), by=other, slot=offered[1])
    assert actions.book(conference, by=amina, slot=offered[1])


def test_offer_times_refuses_what_overlaps_has_passed_or_is_too_much(conference, teacher, slot):
    with pytest.raises(SlotsClash):
        actions.offer_times(conference, by=teacher, times=[slot.starts_at + timedelta(minutes=5)])
    for times in ([], [timezone.now() - timedelta(hours=1)], [slot.starts_at + timedelta(days=n) for n in range(4)]):
        with pytest.raises(NotNow):
            actions.offer_times(conference, by=teacher, times=times)
    assert ConferenceSlot.objects.count() == 1


def test_offer_times_refuses_when_there_is_a_time(booked, teacher):
    with pytest.raises(NotNow, match="already"):
        actions.offer_times(booked, by=teacher, times=[timezone.now() + timedelta(days=3)])


def test_offer_times_denies_families_and_other_teachers(conference, amina, school_class):
    other = make.holder("subject_teacher", school_class, "Per", "Regn")
    for person in (amina, other):
        with pytest.raises(PermissionDenied):
            actions.offer_times(conference, by=person, times=[timezone.now() + timedelta(days=3)])


# Who takes part


def test_add_participant_keeps_the_teacher_busy(booked, teacher, school_class, round):
    maths = make.holder("subject_teacher", school_class, "Per", "Regn")
    actions.add_participant(booked, by=teacher, kind="teacher", teacher=maths)
    assert Hold.objects.filter(teacher=maths).exists()
    child, adult = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    spot = make.slot(round, maths, minute=10)
    with pytest.raises(SlotTaken):
        actions.book(make.conference(round, child, maths), by=adult, slot=spot)


def test_add_participant_refuses_a_busy_teacher_and_the_second_time(booked, teacher, school_class, round):
    maths = make.holder("subject_teacher", school_class, "Per", "Regn")
    child, adult = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    make.booked(make.conference(round, child, maths), by=adult, at=make.slot(round, maths, minute=10))
    with pytest.raises(SlotTaken):
        actions.add_participant(booked, by=teacher, kind="teacher", teacher=maths)
    assert not booked.participants.exists()


def test_remove_participant_frees_the_teacher(booked, teacher, school_class):
    maths = make.holder("subject_teacher", school_class, "Per", "Regn")
    asked = actions.add_participant(booked, by=teacher, kind="teacher", teacher=maths)
    actions.remove_participant(asked, by=teacher)
    assert not Hold.objects.filter(teacher=maths).exists()
    assert not booked.participants.exists()


def test_add_participant_denies_a_teacher_of_another_school(booked, teacher):
    elsewhere = make.holder("contact_teacher", make.school_class("9Z", at=make.school("Elsewhere")))
    with pytest.raises(PermissionDenied):
        actions.add_participant(booked, by=teacher, kind="teacher", teacher=elsewhere)


def test_guardians_are_never_removed(begun, teacher, amina):
    actions.note_attendance(begun, by=teacher, came=[amina.pk])
    with pytest.raises(NotNow):
        actions.remove_participant(Participant.objects.get(person=amina), by=teacher)


# Reminders


def test_remind_unbooked_leaves_out_those_who_wait_for_us(conference, teacher, amina, round, school_class):
    child, other = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    wishing = make.conference(round, child, teacher)
    TimeRequest.objects.create(conference=wishing, household=other.household, text="After six", by=other)
    alone = make.conference(round, make.pupil("Alone", in_class=school_class), teacher)
    assert actions.remind_unbooked(round, by=teacher) == 1
    assert event("unbooked_reminded").details == {"conferences": [conference.pk]}
    states = {row.conference: row.state for row in unbooked_of(round, teacher).rows}
    assert states == {wishing: "asked", alone: "no_guardian", conference: "queued"}


def test_remind_unbooked_refuses_twice_within_a_day(conference, teacher, round):
    actions.remind_unbooked(round, by=teacher)
    with pytest.raises(NotNow, match="less than a day"):
        actions.remind_unbooked(round, by=teacher)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert actions.remind_unbooked(round, by=teacher) == 1


def test_remind_unbooked_refuses_when_families_cannot_choose(conference, teacher, round):
    ConferenceRound.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    round.refresh_from_db()
    with pytest.raises(NotNow):
        actions.remind_unbooked(round, by=teacher)


def test_remind_unbooked_denies_families_and_other_schools(conference, round, amina):
    for person in (amina, make.holder("principal", make.school("Elsewhere"))):
        with pytest.raises(PermissionDenied):
            actions.remind_unbooked(round, by=person)


# Interpreters


def test_order_interpreter_goes_one_step_at_a_time(conference, amina, school):
    office = make.holder("office", school)
    asked = InterpreterRequest.objects.create(
        conference=conference, household=amina.household, language="so", asked_by=amina
    )
    actions.order_interpreter(asked, by=office, state="ordered")
    actions.order_interpreter(asked, by=office, state="ordered")
    asked.refresh_from_db()
    assert asked.ordered_at
    assert Event.objects.filter(verb="conferences.interpreter_ordered").count() == 1
    actions.order_interpreter(asked, by=office, state="cancelled")
    with pytest.raises(NotNow):
        actions.order_interpreter(asked, by=office, state="confirmed")


def test_an_ordered_interpreter_who_is_withdrawn_is_called_off_by_the_office(
    conference, amina, slot, school, round, teacher
):
    office = make.holder("office", school)
    make.slot(round, teacher, minute=25)
    actions.book(conference, by=amina, slot=slot, language="so")
    asked = InterpreterRequest.objects.get()
    actions.arrange(conference, by=amina, language="")
    assert interpreter_page(office).idle == []  # nobody had ordered it

    actions.arrange(conference, by=amina, language="so")
    actions.order_interpreter(InterpreterRequest.objects.exclude(pk=asked.pk).get(), by=office, state="confirmed")
    actions.arrange(conference, by=amina, language="")
    (left,) = interpreter_page(office).idle
    assert left.is_withdrawn
    with pytest.raises(NotNow):
        actions.order_interpreter(left.request, by=office, state="confirmed")

    actions.order_interpreter(left.request, by=office, state="cancelled")
    assert interpreter_page(office).idle == []
    with pytest.raises(NotNow):
        actions.order_interpreter(left.request, by=office, state="cancelled")


def test_an_interpreter_who_is_asked_for_again_is_the_one_that_was_ordered(
    conference, amina, slot, school, round, teacher
):
    make.slot(round, teacher, minute=25)
    actions.book(conference, by=amina, slot=slot, language="so")
    asked = InterpreterRequest.objects.get()
    actions.order_interpreter(asked, by=make.holder("office", school), state="ordered")
    actions.arrange(conference, by=amina, language="")
    actions.arrange(conference, by=amina, language="so")

    asked.refresh_from_db()
    assert (asked.state, InterpreterRequest.objects.count()) == ("asked", 1)
    assert asked.ordered_at  # the office looks whether the time is still right


def test_order_interpreter_denies_teachers_and_families(conference, amina, teacher):
    asked = InterpreterRequest.objects.create(
        conference=conference, household=amina.household, language="so", asked_by=amina
    )
    for person in (amina, teacher):
        with pytest.raises(PermissionDenied):
            actions.order_interpreter(asked, by=person, state="ordered")
