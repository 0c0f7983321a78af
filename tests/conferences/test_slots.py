"""The times that teachers offer, who may change them, and the day that a teacher is ill."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from threading import Thread

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation

from conferences import actions
from conferences.models import Booking, ConferenceSlot, NotNow, SlotsClash
from conferences.notices.moves import of_each
from conferences.queries.slots import Hours, grid_of_round, ill_day, round_for_grid, told_when_ill, wanted_times
from portal.ledger.models import Event
from portal.people.models import Role
from tests import make
from tests.ground import once


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def hours(school, *, days=15, last=None, starts=time(16), ends=time(18), minutes=15, gap=5, **details):
    first = school.today() + timedelta(days=days)
    every = tuple(first + timedelta(days=number) for number in range((last or days) - days + 1))
    return Hours(days=every, starts=starts, ends=ends, minutes=minutes, gap=gap, **details)


def clock(slot, school):
    return slot.starts_at.astimezone(school.zone).strftime("%H:%M")


@once
def room(school, principal):
    return actions.add_room(school, by=principal, name="204")


# Making them


def test_from_four_to_six_with_15_and_5_are_six_times(round, teacher, school):
    offered = actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school))
    assert (offered.made, offered.left_out) == (6, [])
    assert [clock(slot, school) for slot in round.slots.all()] == ["16:00", "16:20", "16:40", "17:00", "17:20", "17:40"]
    assert Event.objects.get(verb="conferences.times_offered").details["times"] == 6


def test_a_break_comes_after_so_many_talks(round, teacher, school):
    rest = hours(school, minutes=20, break_after=2, break_minutes=20)
    actions.add_times(round, by=teacher, teacher=teacher, hours=rest)
    assert [clock(slot, school) for slot in round.slots.all()] == ["16:00", "16:25", "17:05", "17:30"]


def test_the_same_hours_on_several_days(round, teacher, school, room):
    offered = actions.add_times(
        round, by=teacher, teacher=teacher, hours=hours(school, last=17), room=room, video_url="https://meet.example/a"
    )
    assert offered.made == 18
    assert set(round.slots.values_list("room", "video_url")) == {(room.pk, "https://meet.example/a")}


@time_machine.travel("2026-10-01 09:00+00:00")
def test_the_clock_on_the_wall_is_the_same_before_and_after_the_change(db):
    school = make.school()
    days = (date(2026, 10, 22), date(2026, 10, 29))
    times = wanted_times(Hours(days=days, starts=time(16), ends=time(17), minutes=60), school.zone)
    assert [start.hour for start, _end in times] == [14, 15]
    assert [start.astimezone(school.zone).hour for start, _end in times] == [16, 16]


def test_an_hour_that_the_clock_leaps_over_gives_no_time(db):
    zone = make.school().zone
    night = Hours(days=(date(2027, 3, 28),), starts=time(1), ends=time(4), minutes=60)
    assert [start.astimezone(zone).hour for start, _end in wanted_times(night, zone)] == [1, 3]


def test_an_hour_that_comes_twice_gives_no_two_times_at_once(db):
    zone = make.school().zone
    night = Hours(days=(date(2026, 10, 25),), starts=time(1), ends=time(4), minutes=60)
    times = wanted_times(night, zone)
    assert len(times) == 3
    assert all(end <= start for (_first, end), (start, _last) in pairwise(times))


def test_a_denmark_school_has_its_own_clock(db):
    school = make.school(country="DK")
    assert wanted_times(Hours((date(2027, 1, 5),), time(16), time(17), 60), school.zone)[0][0].hour == 15


def test_times_where_the_teacher_is_busy_are_left_out_and_named(round, teacher, school):
    make.slot(round, teacher, minute=10)
    offered = actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school))
    assert offered.made == 4
    assert [(clock_of(at, school), why) for at, why in offered.left_out] == [
        ("16:00", "the teacher has a time then already"),
        ("16:20", "the teacher has a time then already"),
    ]


def clock_of(at, school):
    return at.astimezone(school.zone).strftime("%H:%M")


def test_times_where_the_room_is_taken_are_left_out(round, teacher, school, room, school_class):
    other = make.holder(Role.Kind.SUBJECT_TEACHER, school_class)
    make.slot(round, other, room=room)
    offered = actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school), room=room)
    assert [why for _at, why in offered.left_out] == ["204 is taken"]


def test_a_time_in_anothers_talk_is_left_out(round, teacher, school, nora, amina, school_class):
    second = make.holder(Role.Kind.CONTACT_TEACHER, school_class)
    talk = make.conference(round, nora, second)
    talk.participants.create(kind="teacher", person=teacher, added_by=second)
    make.booked(talk, by=amina)
    offered = actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school, minutes=60, gap=0))
    assert [why for _at, why in offered.left_out] == ["the teacher takes part in another talk"]


def test_add_times_refuses_when_none_is_left(round, teacher, school):
    actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school))
    with pytest.raises(SlotsClash, match="already"):
        actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school))
    assert Event.objects.filter(verb="conferences.times_offered").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"minutes": 999},
        {"starts": time(18), "ends": time(16)},
        {"days": -3},
        {"last": 200, "minutes": 5, "gap": 0},
    ],
    ids=["no minutes", "999 minutes", "the end before the start", "in the past", "too many"],
)
def test_add_times_refuses_what_cannot_be_right(round, teacher, school, wrong):
    with pytest.raises(SlotsClash):
        actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school, **wrong))
    assert not ConferenceSlot.objects.exists()


def test_add_times_refuses_when_the_round_is_over(round, teacher, school, principal):
    actions.close_round(round, by=principal)
    with pytest.raises(NotNow, match="over"):
        actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school))


def test_leaders_offer_times_for_a_teacher_who_forgot(round, teacher, principal, school):
    assert actions.add_times(round, by=principal, teacher=teacher, hours=hours(school)).made == 6


def test_add_times_denies_others(round, teacher, school, school_class, principal, amina):
    colleague = make.holder(Role.Kind.SUBJECT_TEACHER, school_class)
    stranger = make.holder(Role.Kind.CONTACT_TEACHER, make.school_class("9A", at=school, grades=(9,)))
    for by, whose in ((colleague, teacher), (amina, teacher), (stranger, stranger), (principal, stranger)):
        with pytest.raises(PermissionDenied):
            actions.add_times(round, by=by, teacher=whose, hours=hours(school))


def test_add_times_denies_a_room_of_another_school(round, teacher, school):
    elsewhere = make.school("Elsewhere")
    room = elsewhere.rooms.create(name="1")
    with pytest.raises(PermissionDenied):
        actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school), room=room)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_the_times_once(round, teacher, school):
    told = []

    def press():
        try:
            told.append(actions.add_times(round, by=teacher, teacher=teacher, hours=hours(school)).made)
        except SlotsClash:
            told.append(0)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told) == [0, 0, 0, 6]
    assert ConferenceSlot.objects.count() == 6


# Keeping them


def test_block_slot_closes_a_time_and_opens_it_again(slot, teacher):
    actions.block_slot(slot, by=teacher, blocked=True)
    assert not ConferenceSlot.objects.free().exists()
    actions.block_slot(slot, by=teacher, blocked=False)
    assert ConferenceSlot.objects.free().exists()


def test_booked_times_are_neither_blocked_nor_removed(conference, slot, amina, teacher):
    make.booked(conference, by=amina, at=slot)
    with pytest.raises(NotNow, match="booked"):
        actions.block_slot(slot, by=teacher, blocked=True)
    with pytest.raises(NotNow, match="booked"):
        actions.remove_slot(slot, by=teacher)


def test_remove_slot_refuses_what_is_kept_for_a_family_and_what_is_gone(conference, slot, teacher, round):
    kept = make.slot(round, teacher, hour=18, reserved_for=conference)
    with pytest.raises(NotNow, match="kept"):
        actions.remove_slot(kept, by=teacher)
    actions.remove_slot(ConferenceSlot.objects.get(pk=slot.pk), by=teacher)
    with pytest.raises(NotNow, match="not offered"):
        actions.remove_slot(slot, by=teacher)


def test_slots_deny_colleagues(slot, school_class):
    colleague = make.holder(Role.Kind.SUBJECT_TEACHER, school_class)
    with pytest.raises(PermissionDenied):
        actions.block_slot(slot, by=colleague, blocked=True)
    with pytest.raises(PermissionDenied):
        actions.remove_slot(slot, by=colleague)


def test_remove_empty_leaves_what_is_booked(conference, slot, amina, teacher, round):
    make.booked(conference, by=amina, at=slot)
    make.slot(round, teacher, hour=18)
    assert actions.remove_empty(round, by=teacher, teacher=teacher) == 1
    assert list(round.slots.all()) == [slot]
    with pytest.raises(NotNow):
        actions.remove_empty(round, by=teacher, teacher=teacher)


# When a teacher is ill


@once
def ill(conference, slot, amina, yusuf, school):
    """Nora's talk has a time; returns the day."""
    make.booked(conference, by=amina, at=slot)
    return slot.starts_at.astimezone(school.zone).date()


def test_move_day_gives_the_times_back_and_closes_the_day(ill, round, principal, teacher, conference, slot):
    free = make.slot(round, teacher, hour=18)
    moved = actions.move_day(round, by=principal, teacher=teacher, day=ill, because="We call you")
    assert (moved.conferences, moved.offered) == (1, 0)
    assert not Booking.objects.exists()
    assert not ConferenceSlot.objects.free().exists()
    conference.refresh_from_db()
    assert (conference.is_open, conference.sequence) == (True, 2)
    said = Event.objects.get(verb="conferences.day_moved").details
    assert (said["because"], list(said["times"])) == ("We call you", [str(conference.pk)])
    assert free.pk in round.slots.filter(blocked=True).values_list("pk", flat=True)


def test_move_day_keeps_the_same_hour_of_the_new_day_for_each(
    ill, round, principal, teacher, conference, amina, school
):
    new_day = ill + timedelta(days=2)
    moved = actions.move_day(round, by=principal, teacher=teacher, day=ill, new_day=new_day)
    kept = ConferenceSlot.objects.get(reserved_for=conference)
    assert moved.offered == 1
    assert kept.starts_at == datetime.combine(new_day, time(16), tzinfo=school.zone)
    actions.book(conference, by=amina, slot=kept)
    assert Booking.objects.get().slot == kept


def test_move_day_takes_a_free_time_that_is_there(ill, round, principal, teacher, conference):
    there = make.slot(round, teacher, days=17)
    actions.move_day(round, by=principal, teacher=teacher, day=ill, new_day=ill + timedelta(days=2))
    there.refresh_from_db()
    assert there.reserved_for == conference


def test_move_day_offers_nothing_where_the_teacher_is_busy(ill, round, principal, teacher):
    make.slot(round, teacher, days=17, minute=10)
    assert actions.move_day(round, by=principal, teacher=teacher, day=ill, new_day=ill + timedelta(days=2)).offered == 0


def test_move_day_refuses_a_day_without_talks_the_second_time_and_a_new_day_that_has_passed(
    ill, round, principal, teacher
):
    with pytest.raises(NotNow, match="no talks"):
        actions.move_day(round, by=principal, teacher=teacher, day=ill + timedelta(days=1))
    for wrong in (ill, ill - timedelta(days=60)):
        with pytest.raises(SlotsClash, match="lies ahead"):
            actions.move_day(round, by=principal, teacher=teacher, day=ill, new_day=wrong)
    actions.move_day(round, by=principal, teacher=teacher, day=ill)
    with pytest.raises(NotNow):
        actions.move_day(round, by=principal, teacher=teacher, day=ill)


def test_move_day_denies_colleagues_and_lets_teachers_move_their_own(ill, round, teacher, school_class):
    colleague = make.holder(Role.Kind.SUBJECT_TEACHER, school_class)
    with pytest.raises(PermissionDenied):
        actions.move_day(round, by=colleague, teacher=teacher, day=ill)
    assert actions.move_day(round, by=teacher, teacher=teacher, day=ill).conferences == 1


def test_both_homes_are_told_and_counted_before(ill, round, principal, teacher, amina, yusuf):
    assert set(told_when_ill(ill_day(round, teacher, ill, teacher))) == {amina, yusuf}
    actions.move_day(round, by=principal, teacher=teacher, day=ill)
    event = Event.objects.get(verb="conferences.day_moved")
    assert {person for person, _occasion in of_each(event, event.details["times"])} == {amina, yusuf}


def test_a_restricted_guardian_is_not_told(ill, round, teacher, nora, yusuf, amina):
    make.restricted(yusuf, nora)
    assert told_when_ill(ill_day(round, teacher, ill, teacher)) == [amina]


# The grid


def test_grid_shows_one_day_at_a_time(round, teacher, conference, amina, slot):
    make.booked(conference, by=amina, at=slot)
    make.slot(round, teacher, days=15, hour=17)
    make.slot(round, teacher, days=16)
    (round,) = round_for_grid(teacher.pk, round.pk)
    grid = grid_of_round(round, teacher)
    assert len(grid.days) == 2
    assert grid.hours == [16, 17]
    (row,) = grid.rows
    shown = [(hour, [(one.word, one.link) for one in cell]) for hour, cell in row.cells]
    assert shown == [(16, [("Nora", conference.get_absolute_url())]), (17, [("free", "")])]
    assert row.free == 1
    assert grid_of_round(round, teacher, grid.days[1]).hours == [16]
    assert grid_of_round(round, teacher, date(2000, 1, 1)).day == grid.days[0]
