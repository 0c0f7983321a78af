"""A whole school's timetable by the real planner, on small schools."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone, translation

from conferences import actions
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    InterpreterRequest,
    NotNow,
    Placement,
    SlotTaken,
    Timetable,
    TimeWish,
)
from conferences.timetables import actions as timetables
from conferences.timetables import tasks
from conferences.timetables.planner import child
from conferences.timetables.queries.moving import choices_of
from conferences.timetables.queries.puzzles import puzzle_of
from portal.ledger.models import Event
from portal.people.models import Household, the_portal
from tests import make
from tests.ground import once

SECONDS = 3


@pytest.fixture(autouse=True)
def quiet_broker(monkeypatch):
    """No worker listens in a test; the tasks are called by name."""
    rung = []
    monkeypatch.setattr(timetables, "ring", lambda task, timetable: rung.append((task, timetable.pk)))
    with translation.override("en"):
        yield rung


@once
def other_class(school):
    return make.school_class("5A", at=school, grades=(5,))


@once
def other_teacher(other_class):
    return make.holder("contact_teacher", other_class, "Bo", "Berg")


@once
def both(school_class, other_class):
    return make.round(school_class, other_class, opened=False)


def times(round, teacher, number, *, hour=16, days=15, **details):
    return [
        make.slot(round, teacher, days=days, hour=hour + n * 25 // 60, minute=n * 25 % 60, **details)
        for n in range(number)
    ]


def planned(round, by, seconds=SECONDS, **details):
    timetable = actions.start_timetable(round, by=by, seconds=seconds, **details)
    tasks.plan_timetable(timetable.pk)
    timetable.refresh_from_db()
    return timetable


def at(timetable, conference):
    return timetable.placements.select_related("slot").get(conference=conference).slot


def family(round, teacher, school_class, name):
    pupil, guardian = make.family(school_class, pupil_name=name, adult_name=f"Parent of {name}", family_name=name)
    return make.conference(round, pupil, teacher), guardian


def wish(round, guardian, *parts, days=15):
    day = round.school.today() + timedelta(days=days)
    return round.wishes.create(
        household=guardian.household, times=[f"{day:%Y-%m-%d} {part}" for part in parts], by=guardian
    )


# What the planner makes


def test_siblings_come_back_to_back(both, other_class, teacher, other_teacher, principal, amina, nora):
    elias = make.pupil("Elias", "Warsame", in_class=other_class)
    make.confirmed(amina, elias)
    first, second = make.conference(both, nora, teacher), make.conference(both, elias, other_teacher)
    times(both, teacher, 3)
    times(both, teacher, 1, days=16, hour=18)
    times(both, other_teacher, 1, days=16, hour=17)
    make.slot(both, other_teacher, hour=17, minute=15)
    timetable = planned(both, principal)
    slots = sorted((at(timetable, first), at(timetable, second)), key=lambda slot: slot.starts_at)
    assert timetable.state == "proposed"
    assert slots[1].starts_at - slots[0].ends_at == timedelta(minutes=5)
    assert timetable.objective == timetable.bound


def test_what_homes_have_said_is_kept_and_two_homes_share_a_time(both, conference, teacher, principal, amina, yusuf):
    talk = make.conference(both, conference.pupil, teacher)
    afternoon, evening = times(both, teacher, 1, hour=14) + times(both, teacher, 1, hour=18)
    wish(both, amina, "afternoon", "evening")
    wish(both, yusuf, "evening")
    timetable = planned(both, principal)
    assert at(timetable, talk) == evening != afternoon


def test_interpreters_come_in_a_row_and_a_talk_takes_two_times(both, school_class, teacher, principal):
    talks = [family(both, teacher, school_class, name) for name in ("Ayan", "Bilan", "Cawo")]
    for _talk, guardian in talks[:2]:
        Household.objects.filter(pk=guardian.household_id).update(interpreter_language="so")
    own = times(both, teacher, 8)
    timetable = planned(both, principal)
    starts = sorted(own.index(at(timetable, talk)) for talk, _guardian in talks[:2])
    third = own.index(at(timetable, talks[2][0]))
    assert starts[1] - starts[0] in (2, 3)
    assert third not in {start + more for start in starts for more in (0, 1)}


def test_what_is_booked_stays_and_draws_the_sibling_to_it(
    both, other_class, teacher, other_teacher, principal, amina, nora
):
    elias = make.pupil("Elias", "Warsame", in_class=other_class)
    make.confirmed(amina, elias)
    slots = times(both, teacher, 6)
    make.booked(make.conference(both, nora, teacher), by=teacher, at=slots[3])
    times(both, other_teacher, 6)
    times(both, other_teacher, 2, days=16)
    talk = make.conference(both, elias, other_teacher)
    timetable = planned(both, principal)
    assert timetable.placements.count() == 1
    assert abs((at(timetable, talk).starts_at - slots[3].starts_at).total_seconds()) == 25 * 60


def test_times_of_two_teachers_that_do_not_fit_together_never_lap(
    both, other_class, teacher, other_teacher, principal, amina, nora
):
    elias = make.pupil("Elias", "Warsame", in_class=other_class)
    make.confirmed(amina, elias)
    first, second = make.conference(both, nora, teacher), make.conference(both, elias, other_teacher)
    times(both, teacher, 2)
    make.slot(both, other_teacher, hour=16, minute=10)
    make.slot(both, other_teacher, hour=16, minute=50)
    timetable = planned(both, principal)
    slots = sorted((at(timetable, first), at(timetable, second)), key=lambda slot: slot.starts_at)
    assert puzzle_of(timetable).problem.slots > 2
    assert slots[0].ends_at + timedelta(minutes=5) <= slots[1].starts_at


def test_who_cannot_be_placed_is_told_why(both, school_class, other_class, teacher, other_teacher, principal):
    talk, guardian = family(both, teacher, school_class, "Ayan")
    times(both, teacher, 2, hour=14)
    wish(both, guardian, "evening")
    crowd = [family(both, teacher, school_class, name)[0] for name in ("Bo", "Cato", "Dina")]
    without = family(both, other_teacher, other_class, "Eli")[0]
    timetable = planned(both, principal)
    reasons = dict(timetable.placements.values_list("conference", "reason"))
    assert (reasons[talk.pk], reasons[without.pk]) == ("no_common_time", "no_times")
    assert sorted(reasons[one.pk] for one in crowd) == ["", "", "teacher_full"]


def test_a_teacher_who_is_asked_along_is_in_one_talk_at_a_time(
    both, school_class, other_class, teacher, other_teacher, principal
):
    talk, other = family(both, teacher, school_class, "Ayan")[0], family(both, other_teacher, other_class, "Bo")[0]
    talk.participants.create(kind="teacher", person=other_teacher, added_by=the_portal())
    times(both, teacher, 2)
    times(both, other_teacher, 2)
    timetable = planned(both, principal)
    assert at(timetable, talk).starts_at != at(timetable, other).starts_at


def test_talks_that_are_only_offered_are_planned_when_asked_for(both, conference, school_class, teacher, principal):
    offered, _guardian = family(both, teacher, school_class, "Ayan")
    Conference.objects.filter(pk=offered.pk).update(wanted="offered")
    unneeded, _guardian = family(both, teacher, school_class, "Bo")
    Conference.objects.filter(pk=unneeded.pk).update(wanted="not_needed")
    times(both, teacher, 2)
    with pytest.raises(NotNow, match="already"):
        actions.start_timetable(both, by=principal)
    timetable = actions.start_timetable(both, by=principal, with_offered=True)
    assert list(timetable.placements.values_list("conference", flat=True)) == [offered.pk]


# Starting and taking up


def test_start_timetable_records(both, conference, school_class, teacher, principal, quiet_broker):
    family(both, teacher, school_class, "Ayan")
    timetable = actions.start_timetable(both, by=principal)
    event = Event.objects.get(verb="conferences.timetable_started")
    assert (event.subject_id, event.school) == (str(timetable.pk), both.school_id)


def test_start_timetable_refuses_twice_over_and_draft(both, school_class, teacher, principal):
    family(both, teacher, school_class, "Ayan")
    actions.start_timetable(both, by=principal)
    with pytest.raises(NotNow, match="being made"):
        actions.start_timetable(both, by=principal)
    for state in ("draft", "closed"):
        ended = timezone.now() if state == "closed" else None
        told = None if state == "draft" else timezone.now()
        ConferenceRound.objects.filter(pk=both.pk).update(state=state, ended_at=ended, published_at=told)
        with pytest.raises(NotNow, match="called"):
            actions.start_timetable(both, by=principal)


def test_start_timetable_denies_teachers(both, teacher):
    with pytest.raises(PermissionDenied):
        actions.start_timetable(both, by=teacher)


def test_plan_timetable_delivered_twice_plans_once(both, school_class, teacher, principal):
    family(both, teacher, school_class, "Ayan")
    times(both, teacher, 2)
    timetable = planned(both, principal)
    before = list(timetable.placements.values_list("slot", "pinned"))
    tasks.plan_timetable(timetable.pk)
    assert Event.objects.filter(verb="conferences.timetable_proposed").count() == 1
    assert list(timetable.placements.values_list("slot", "pinned")) == before


def test_sweep_timetables_twice_takes_up_what_a_dead_worker_left(both, school_class, teacher, principal, quiet_broker):
    family(both, teacher, school_class, "Ayan")
    times(both, teacher, 2)
    timetable = actions.start_timetable(both, by=principal, seconds=SECONDS)
    actions.take_up_timetable(timetable, by=the_portal())
    quiet_broker.clear()
    tasks.sweep_timetables()
    assert quiet_broker == []  # it was alive a moment ago
    Timetable.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    tasks.sweep_timetables()
    tasks.sweep_timetables()
    assert quiet_broker == [("plan_timetable", timetable.pk)] * 2
    for task, key in quiet_broker:
        getattr(tasks, task)(key)
    later = Timetable.objects.get()
    assert later.state == "proposed"
    assert not timetables.still_wanted(timetable)  # the first worker, should it wake, finds that it is another's
    with pytest.raises(NotNow):
        actions.propose_timetable(timetable, by=the_portal(), times={}, reasons={}, objective=0, bound=0)


def test_a_timetable_that_kills_its_workers_is_given_up(both, school_class, teacher, principal, quiet_broker):
    family(both, teacher, school_class, "Ayan")
    timetable = actions.start_timetable(both, by=principal)
    for _try in range(tasks.TRIES):
        actions.take_up_timetable(timetable, by=the_portal())
        Timetable.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    tasks.sweep_timetables()
    timetable.refresh_from_db()
    assert (timetable.state, quiet_broker) == ("failed", [])
    assert actions.start_timetable(both, by=principal)


def test_a_child_that_is_killed_leaves_the_worker_and_a_timetable_that_failed(
    both, school_class, teacher, principal, monkeypatch
):
    family(both, teacher, school_class, "Ayan")
    times(both, teacher, 2)
    monkeypatch.setattr(child.sys, "executable", "/bin/false")
    assert planned(both, principal).state == "failed"


def test_a_timetable_that_is_thrown_away_stops_its_child(both, school_class, teacher, principal, monkeypatch):
    for number in range(6):
        family(both, teacher, school_class, f"Ayan{number}")
    times(both, teacher, 8)
    timetable = actions.start_timetable(both, by=principal, seconds=600)
    monkeypatch.setattr(tasks, "ALIVE_EVERY", 0)
    monkeypatch.setattr(timetables, "still_wanted", lambda own: actions.drop_timetable(own, by=principal) or False)
    tasks.plan_timetable(timetable.pk)
    timetable.refresh_from_db()
    assert timetable.state == "dropped"


# By hand


@once
def proposed(both, school_class, teacher, principal):
    """Three children of 3B, each with a time, written without the planner: 16.00, 16.25 and 16.50 of five."""
    talks = [family(both, teacher, school_class, name)[0] for name in ("Ayan", "Bo", "Cato")]
    slots = times(both, teacher, 5)
    timetable = actions.start_timetable(both, by=principal, seconds=SECONDS)
    actions.take_up_timetable(timetable, by=the_portal())
    where = {talk.pk: slot.pk for talk, slot in zip(talks, slots, strict=False)}
    actions.propose_timetable(timetable, by=the_portal(), times=where, reasons={}, objective=0, bound=0)
    timetable.talks, timetable.times = talks, slots
    return timetable


def of(timetable, number):
    return timetable.placements.select_related("timetable__round__school", "conference", "slot").get(
        conference=timetable.talks[number]
    )


def test_move_placement_records_and_stays_when_the_rest_is_planned_again(proposed, principal):
    actions.move_placement(of(proposed, 0), by=principal, slot=proposed.times[4])
    assert Event.objects.filter(verb="conferences.placement_moved").exists()
    actions.replan_timetable(proposed, by=principal)
    tasks.plan_timetable(proposed.pk)
    moved = of(proposed, 0)
    assert (moved.slot, moved.pinned) == (proposed.times[4], True)
    assert proposed.placements.filter(slot=None).count() == 0
    assert Timetable.objects.get().state == "proposed"


def test_move_placement_refuses_anothers_time_and_a_busy_family(proposed, principal, both, other_class, other_teacher):
    with pytest.raises(SlotTaken, match="Another child"):
        actions.move_placement(of(proposed, 0), by=principal, slot=proposed.times[1])
    guardian = proposed.talks[0].pupil.guardian_relations.get().guardian
    sibling = make.pupil("Sib", in_class=other_class)
    make.confirmed(guardian, sibling)
    talk = make.conference(both, sibling, other_teacher)
    make.booked(talk, by=other_teacher, at=make.slot(both, other_teacher, hour=17, minute=20))
    assert [bool(choice.why) for choice in choices_of(of(proposed, 0))] == [False, True, True, True, False]
    with pytest.raises(SlotTaken, match="talk then"):
        actions.move_placement(of(proposed, 0), by=principal, slot=proposed.times[3])


def test_a_time_suits_only_a_home_that_has_said_something(proposed, both):
    talk = of(proposed, 0)
    assert {choice.suits for choice in choices_of(talk)} == {None}
    guardian = talk.conference.pupil.guardian_relations.get().guardian
    early = TimeWish.word_at(proposed.times[0].starts_at.astimezone(both.school.zone))
    TimeWish.objects.create(round=both, household=guardian.household, times=[early], by=guardian)
    said = [choice.suits for choice in choices_of(talk)]
    assert said[0] is True
    assert None not in said


def test_move_placement_denies_teachers(proposed, teacher):
    with pytest.raises(PermissionDenied):
        actions.move_placement(of(proposed, 0), by=teacher, slot=proposed.times[4])


def test_pin_placement_records_and_refuses_without_a_time(proposed, principal):
    actions.pin_placement(of(proposed, 0), by=principal, pinned=True)
    assert of(proposed, 0).pinned
    Placement.objects.update(slot=None, pinned=False)
    with pytest.raises(NotNow):
        actions.pin_placement(of(proposed, 0), by=principal, pinned=True)


def test_replan_leaves_out_who_has_got_a_time_and_takes_in_who_lost_it(
    proposed, principal, both, school_class, teacher
):
    make.booked(proposed.talks[0], by=teacher, at=proposed.times[4])
    new, _guardian = family(both, teacher, school_class, "Dina")
    actions.replan_timetable(proposed, by=principal)
    left = set(proposed.placements.values_list("conference", flat=True))
    assert left == {proposed.talks[1].pk, proposed.talks[2].pk, new.pk}


def test_a_time_that_is_taken_away_leaves_the_child_in_the_timetable(proposed, teacher):
    actions.remove_slot(proposed.times[0], by=teacher)
    assert of(proposed, 0).slot is None


def test_drop_timetable_records_and_refuses_when_published(proposed, principal):
    actions.drop_timetable(proposed, by=principal)
    assert Event.objects.filter(verb="conferences.timetable_dropped").exists()
    with pytest.raises(NotNow):
        actions.drop_timetable(proposed, by=principal)


# To the families


def booked(timetable):
    return {talk.pk: Booking.objects.get(conference=talk).slot for talk in timetable.talks}


def test_book_timetable_twice_books_and_tells_once(proposed, principal):
    actions.publish_timetable(proposed, by=principal)
    tasks.book_timetable(proposed.pk)
    tasks.book_timetable(proposed.pk)
    with pytest.raises(NotNow):
        actions.publish_timetable(proposed, by=principal)
    events = Event.objects.filter(verb="conferences.time_booked")
    assert [event.by for event in events] == [principal.pk] * 3
    assert list(booked(proposed).values()) == proposed.times[:3]
    assert all(one.on_behalf for one in Booking.objects.all())
    assert Timetable.objects.get().state == "published"


def test_a_talk_is_booked_in_few_queries(proposed, principal, django_assert_max_num_queries):
    actions.publish_timetable(proposed, by=principal)
    timetables.book_placement(of(proposed, 0), by=principal)
    placed = proposed.placements.select_related("slot", "conference__round", "conference__school_class")
    second = placed.get(pk=of(proposed, 1).pk)
    with django_assert_max_num_queries(21):  # of which six open and close its three transactions
        assert timetables.book_placement(second, by=principal) == ""
    assert second.conference_id in timetables.hosted_among(proposed.placements.all(), principal)


def test_a_worker_that_dies_while_booking_is_followed_by_another(proposed, principal, quiet_broker):
    actions.publish_timetable(proposed, by=principal)
    actions.take_up_booking(proposed, by=the_portal())
    timetables.book_placement(of(proposed, 0), by=principal)
    Timetable.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    tasks.sweep_timetables()
    assert quiet_broker[-1] == ("book_timetable", proposed.pk)
    tasks.book_timetable(proposed.pk)
    assert list(booked(proposed).values()) == proposed.times[:3]
    assert Event.objects.filter(verb="conferences.time_booked").count() == 3


def test_publishing_reports_what_was_taken_and_leaves_alone_who_chose_themselves(
    proposed, principal, both, school_class, teacher
):
    stranger, _guardian = family(both, teacher, school_class, "Dina")
    make.booked(stranger, by=teacher, at=proposed.times[0])
    make.booked(proposed.talks[1], by=teacher, at=proposed.times[4])
    actions.publish_timetable(proposed, by=principal)
    tasks.book_timetable(proposed.pk)
    assert (of(proposed, 0).slot, of(proposed, 0).reason) == (None, "taken")
    assert not Booking.objects.filter(conference=proposed.talks[0]).exists()
    assert Booking.objects.get(conference=proposed.talks[1]).slot == proposed.times[4]
    assert Booking.objects.get(conference=proposed.talks[2]).slot == proposed.times[2]


def test_publishing_asks_for_the_interpreter_that_the_home_needs(proposed, principal):
    guardian = proposed.talks[2].pupil.guardian_relations.get().guardian
    Household.objects.filter(pk=guardian.household_id).update(interpreter_language="so")
    actions.publish_timetable(proposed, by=principal)
    tasks.book_timetable(proposed.pk)
    assert InterpreterRequest.objects.get().conference == proposed.talks[2]
    assert Booking.objects.get(conference=proposed.talks[2]).ends_at == proposed.times[3].ends_at


def test_a_leaders_own_child_gets_its_time_too(proposed, principal):
    make.confirmed(principal, proposed.talks[0].pupil)
    actions.publish_timetable(proposed, by=principal)
    tasks.book_timetable(proposed.pk)
    assert Booking.objects.get(conference=proposed.talks[0]).booked_by == the_portal()


def test_publish_timetable_refuses_an_empty_one_and_denies_teachers(proposed, principal, teacher):
    with pytest.raises(PermissionDenied):
        actions.publish_timetable(proposed, by=teacher)
    Placement.objects.update(slot=None)
    with pytest.raises(NotNow, match="no time"):
        actions.publish_timetable(proposed, by=principal)


@pytest.mark.django_db(transaction=True)
def test_a_family_that_books_while_the_timetable_is_published_loses_nothing(proposed, principal):
    """Each time is had by one of them, and whoever was told of a time has it."""
    ConferenceRound.objects.update(opens_at=timezone.now() - timedelta(days=1))
    guardian = proposed.talks[2].pupil.guardian_relations.get().guardian
    talk = Conference.objects.get(pk=proposed.talks[2].pk)
    told = []

    def choose():
        try:
            told.append(actions.book(talk, by=guardian, slot=proposed.times[0]).slot_id)
        except (SlotTaken, NotNow):
            told.append(None)
        finally:
            connection.close()

    actions.publish_timetable(proposed, by=principal)
    racer = Thread(target=choose)
    racer.start()
    tasks.book_timetable(proposed.pk)
    racer.join()
    slots = list(Booking.objects.values_list("slot", flat=True))
    assert len(slots) == len(set(slots))
    own = Booking.objects.get(conference=talk).slot_id
    assert own == (told[0] or proposed.times[2].pk)
    lost = proposed.placements.filter(reason="taken").count()
    assert Booking.objects.count() == 3 - lost
