from collections import Counter
from datetime import datetime, timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from conferences import actions
from conferences.models import Booking, Conference, ConferenceRound, Hold, InterpreterRequest, NotNow, SlotTaken
from conferences.queries.pressing import pressed_by
from conferences.queries.times import times_of
from portal.ledger.models import Event
from tests import make


def test_book_records(conference, amina, slot):
    booking = actions.book(conference, by=amina, slot=slot, note="Vi kommer begge to")
    assert (booking.starts_at, booking.ends_at, booking.on_behalf) == (slot.starts_at, slot.ends_at, False)
    assert Event.objects.get(verb="conferences.time_booked").subject_id == str(conference.pk)


def test_book_refuses_a_taken_time(conference, amina, slot, round, teacher, school_class):
    child, adult = make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    make.booked(make.conference(round, child, teacher), by=adult, at=slot)
    with pytest.raises(SlotTaken, match="Somebody else"):
        actions.book(conference, by=amina, slot=slot)
    assert not Booking.objects.filter(conference=conference).exists()


def test_a_time_taken_away_while_it_is_pressed_is_no_plain_case(conference, amina, slot, round):
    pressed = pressed_by(amina, round.pk, conference.pk, slot.pk)
    assert pressed.pair() == (conference, slot)
    slot.delete()
    assert pressed.pair() is None


def test_book_refuses_when_the_home_is_in_another_talk(conference, amina, slot, round, school, teacher):
    other_class = make.school_class("5A", at=school, grades=(5,))
    elias = make.pupil("Elias", "Warsame", in_class=other_class)
    make.confirmed(amina, elias)
    other_teacher = make.holder("contact_teacher", other_class)
    make.booked(make.conference(round, elias, other_teacher), by=amina, at=make.slot(round, other_teacher, minute=10))
    with pytest.raises(SlotTaken, match="another talk"):
        actions.book(conference, by=amina, slot=slot)


def test_the_other_home_cannot_be_in_two_talks_either(conference, amina, yusuf, slot, round, school):
    other_class = make.school_class("5A", at=school, grades=(5,))
    lise = make.pupil("Lise", "Warsame", in_class=other_class)
    make.confirmed(yusuf, lise)
    other_teacher = make.holder("contact_teacher", other_class)
    make.booked(make.conference(round, lise, other_teacher), by=yusuf, at=make.slot(round, other_teacher))
    with pytest.raises(SlotTaken):
        actions.book(conference, by=amina, slot=slot)


def test_booking_again_moves_and_frees_the_first_time(conference, amina, slot, round, teacher):
    later = make.slot(round, teacher, hour=17)
    make.booked(conference, by=amina, at=slot)
    moved = make.booked(conference, by=amina, at=later)
    assert moved.booking.slot == later
    assert Hold.objects.filter(pupil=conference.pupil).count() == 1
    assert slot in {time.slot for time in times_of(conference).free}
    was_at = Event.objects.filter(verb="conferences.time_booked").last().details["was_at"]
    assert datetime.fromisoformat(was_at) == slot.starts_at


def test_a_move_that_fails_keeps_the_first_time(conference, amina, slot, round, teacher, school_class):
    child, adult = make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    later = make.slot(round, teacher, hour=17)
    make.booked(make.conference(round, child, teacher), by=adult, at=later)
    make.booked(conference, by=amina, at=slot)
    with pytest.raises(SlotTaken):
        actions.book(conference, by=amina, slot=later)
    assert Booking.objects.get(conference=conference).slot == slot
    assert Hold.objects.filter(household=amina.household).count() == 1


@pytest.mark.parametrize(
    "change",
    [{"closes_at": timezone.now() - timedelta(hours=1)}, {"opens_at": timezone.now() + timedelta(hours=1)}],
    ids=["closed", "not yet open"],
)
def test_book_refuses_outside_the_booking_time(conference, amina, slot, round, change):
    ConferenceRound.objects.filter(pk=round.pk).update(**change)
    conference.refresh_from_db()
    with pytest.raises(NotNow):
        actions.book(conference, by=amina, slot=slot)


def test_those_who_cannot_move_book_first(conference, amina, slot, round):
    now = timezone.now()
    ConferenceRound.objects.filter(pk=round.pk).update(
        early_opens_at=now - timedelta(hours=1), opens_at=now + timedelta(days=1)
    )
    round.wishes.create(household=amina.household, cannot_move=True, by=amina)
    conference.refresh_from_db()
    assert actions.book(conference, by=amina, slot=slot)


def test_the_teacher_books_on_behalf_when_families_no_longer_can(conference, teacher, slot, round):
    ConferenceRound.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    conference.refresh_from_db()
    assert actions.book(conference, by=teacher, slot=slot).on_behalf


def test_book_denies_strangers_and_other_teachers_times(conference, amina, slot, round, school_class):
    stranger = make.family(school_class, pupil_name="Iver", adult_name="Ola")[1]
    with pytest.raises(PermissionDenied):
        actions.book(conference, by=stranger, slot=slot)
    other = make.holder("subject_teacher", school_class)
    with pytest.raises(PermissionDenied):
        actions.book(conference, by=amina, slot=make.slot(round, other))


def test_book_denies_a_restricted_guardian(conference, amina, yusuf, nora, slot):
    make.restricted(yusuf, nora)
    with pytest.raises(PermissionDenied):
        actions.book(conference, by=yusuf, slot=slot)
    assert yusuf.household_id not in {
        hold.household_id for hold in make.booked(conference, by=amina, at=slot).booking.holds.all()
    }
    assert not Conference.objects.visible_to(yusuf).exists()


def test_an_interpreter_takes_the_next_slot_too(conference, amina, slot, round, teacher, school_class):
    after = make.slot(round, teacher, minute=25)
    booking = actions.book(conference, by=amina, slot=slot, language="so")
    assert booking.ends_at == after.ends_at
    assert InterpreterRequest.objects.get().language == "so"
    child, adult = make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    with pytest.raises(SlotTaken):
        actions.book(make.conference(round, child, teacher), by=adult, slot=after)


def test_an_interpreter_is_ordered_again_when_the_talk_is_moved(conference, amina, slot, round, teacher):
    make.slot(round, teacher, minute=25)
    other = make.slot(round, teacher, days=16)
    make.slot(round, teacher, days=16, minute=25)
    actions.book(conference, by=amina, slot=slot, language="so")
    InterpreterRequest.objects.update(state=InterpreterRequest.State.CONFIRMED)

    actions.book(conference, by=amina, slot=slot)
    assert InterpreterRequest.objects.get().state == InterpreterRequest.State.CONFIRMED
    actions.book(conference, by=amina, slot=other)
    assert InterpreterRequest.objects.get().state == InterpreterRequest.State.ASKED


def test_no_interpreter_where_there_is_no_room_for_two(conference, amina, slot):
    with pytest.raises(SlotTaken, match="takes longer"):
        actions.book(conference, by=amina, slot=slot, language="so")
    assert not times_of(conference, interpreted=True).free


def test_all_or_nothing(conference, amina, nora, slot, round, school_class, teacher):
    maths = make.holder("subject_teacher", school_class, "Per", "Regn")
    with_maths = make.conference(round, nora, maths)
    taken = make.slot(round, maths, hour=17)
    child, adult = make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    make.booked(make.conference(round, child, maths), by=adult, at=taken)
    with pytest.raises(SlotTaken):
        actions.book_together(round, by=amina, times=[(conference, slot), (with_maths, taken)])
    assert slot in {time.slot for time in times_of(conference).free}
    assert not Event.objects.filter(verb="conferences.times_booked").exists()


def test_cancel_opens_the_invitation_again(conference, amina, slot):
    make.booked(conference, by=amina, at=slot)
    actions.cancel_booking(conference, by=amina)
    assert Conference.objects.unbooked().get() == conference
    assert not Hold.objects.exists()


def test_cancel_refuses_families_the_day_before_and_not_the_teacher(conference, amina, teacher, round):
    near = make.slot(round, teacher, days=0, hour=23, minute=30)
    soon = timezone.now() + timedelta(hours=3)
    near.starts_at, near.ends_at = soon, soon + timedelta(minutes=20)
    near.save()
    booked = make.booked(conference, by=teacher, at=near)
    with pytest.raises(NotNow):
        actions.cancel_booking(booked, by=amina)
    actions.cancel_booking(booked, by=teacher)


def test_times_beside_a_siblings_come_first(conference, amina, slot, round, school, teacher):
    other_class = make.school_class("5A", at=school, grades=(5,))
    elias = make.pupil("Elias", "Warsame", in_class=other_class)
    make.confirmed(amina, elias)
    other_teacher = make.holder("contact_teacher", other_class)
    make.booked(make.conference(round, elias, other_teacher), by=amina, at=make.slot(round, other_teacher, minute=20))
    make.slot(round, teacher, hour=19)
    after = make.slot(round, teacher, minute=40)
    best = times_of(conference, household=amina.household).best
    assert {time.slot for time in best} == {slot, after}
    assert [time.is_before_sibling for time in sorted(best, key=lambda time: time.starts_at)] == [True, False]


def test_the_other_homes_own_talk_is_not_seen(round, nora, amina, yusuf, teacher):
    own = make.conference(round, nora, teacher, home=yusuf.household)
    assert not Conference.objects.visible_to(amina).exists()
    assert Conference.objects.visible_to(yusuf).get() == own


@pytest.mark.django_db(transaction=True)
def test_many_press_at_once_and_one_gets_the_time(round, teacher, school_class):
    slot = make.slot(round, teacher)
    tries = []
    for number in range(12):
        child, adult = make.family(school_class, pupil_name=f"Barn{number}", family_name=f"Hjem{number}")
        tries.append((make.conference(round, child, teacher), adult))
    told = []

    def press(pressed):
        conference, adult = pressed
        try:
            actions.book(conference, by=adult, slot=slot)
            told.append("yours")
        except SlotTaken:
            told.append("taken")
        finally:
            connection.close()

    run_at_once(press, tries)
    assert sorted(told) == ["taken"] * 11 + ["yours"]
    assert Booking.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_tries_leave_one_booking(round, teacher, school_class, amina):
    """Whatever the code above it does: the database gives a time to one child."""
    slot = make.slot(round, teacher)
    talks = [
        make.conference(round, make.pupil(f"Barn{number}", in_class=school_class), teacher).pk for number in range(8)
    ]
    given = Counter()

    def insist(talk):
        values = [talk, slot.pk, slot.starts_at, slot.ends_at, amina.pk]
        with connection.cursor() as cursor:
            for _try in range(1250):
                try:
                    cursor.execute(
                        "INSERT INTO conferences_booking (conference_id, slot_id, starts_at, ends_at, mode, note,"
                        " booked_by_id, on_behalf, booked_at) VALUES (%s, %s, %s, %s, 'school', '', %s, false, now())",
                        values,
                    )
                    given["yours"] += 1
                except IntegrityError:
                    given["taken"] += 1
        connection.close()

    run_at_once(insist, talks)
    assert given == {"yours": 1, "taken": 9999}
    assert Booking.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_before_the_last_line_leaves_nothing_half(conference, amina, slot):
    """The booking, whom it keeps busy and the ledger's line stand together or not at all."""

    def book_and_die(_nothing):
        with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012 it is the end of both that breaks
            actions.book(conference, by=amina, slot=slot)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        connection.close()

    run_at_once(book_and_die, [None])
    assert not Booking.objects.exists()
    assert not Hold.objects.exists()
    assert not Event.objects.filter(verb="conferences.time_booked").exists()
    assert actions.book(conference, by=amina, slot=slot)


def run_at_once(work, things):
    threads = [Thread(target=work, args=[thing]) for thing in things]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
