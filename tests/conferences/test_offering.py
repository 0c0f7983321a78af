"""A time that is offered can be had: it is long enough, and whoever presses at the same moment waits for the answer."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import Booking, ConferenceSlot, NotNow, SlotsClash, SlotTaken
from conferences.queries.times import times_of
from conferences.queries.unbooked import silent_in
from portal.people.models import Household
from tests import make
from tests.ground import once
from tests.threads import in_a_thread


@once
def after(round, teacher, slot):
    return make.slot(round, teacher, minute=25)


@once
def other(round, teacher, school_class):
    child, adult = make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    return make.conference(round, child, teacher), adult


@once
def interpreted(amina):
    Household.objects.filter(pk=amina.household_id).update(interpreter_language="so")


# What is offered


def test_a_time_into_which_a_longer_talk_runs_is_not_offered(conference, amina, teacher, slot, after, other):
    actions.book(conference, by=amina, slot=slot, language="so")
    with pytest.raises(SlotsClash, match="another talk"):
        actions.offer_times(other[0], by=teacher, times=[after.starts_at])
    after.refresh_from_db()
    assert after.reserved_for is None


def test_a_time_when_the_family_is_in_another_talk_is_not_offered(conference, amina, teacher, slot, round, school):
    elias = make.pupil("Elias", in_class=(other_class := make.school_class("5A", at=school, grades=(5,))))
    make.confirmed(amina, elias)
    colleague = make.holder("contact_teacher", other_class)
    make.booked(make.conference(round, elias, colleague), by=amina, at=make.slot(round, colleague))
    with pytest.raises(SlotsClash, match="another talk"):
        actions.offer_times(conference, by=teacher, times=[slot.starts_at])


def test_a_home_with_an_interpreter_is_offered_twice_the_time(conference, interpreted, amina, teacher, slot, after):
    (kept,) = actions.offer_times(conference, by=teacher, times=[slot.starts_at])
    assert (kept.pk, kept.ends_at) == (slot.pk, after.ends_at)
    assert [time.slot for time in times_of(conference, interpreted=True).reserved] == [kept]
    booking = actions.book(conference, by=amina, slot=kept, language="so")
    assert booking.ends_at == after.ends_at
    assert actions.arrange(conference, by=amina, note="We come by bus").ends_at == after.ends_at


def test_who_has_kept_times_is_told_apart_from_who_has_not_opened(conference, teacher, slot, round):
    later = slot.starts_at + timedelta(hours=2)
    (kept,) = actions.offer_times(conference, by=teacher, times=[later])
    (row,) = silent_in(round, teacher)
    assert (row.state, row.gets_reminder) == ("offered", True)
    ConferenceSlot.objects.filter(pk=kept.pk).update(
        starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
    )
    (row,) = silent_in(round, teacher)
    assert row.state != "offered"


def test_a_home_with_an_interpreter_is_offered_a_new_time_that_is_long_enough(
    conference, interpreted, amina, teacher, slot
):
    later = slot.starts_at + timedelta(hours=2)
    (kept,) = actions.offer_times(conference, by=teacher, times=[later])
    assert kept.ends_at == later + timedelta(minutes=40)
    assert actions.book(conference, by=amina, slot=kept, language="so").ends_at == kept.ends_at


def test_no_time_is_offered_that_is_too_short_for_an_interpreter(conference, interpreted, teacher, slot, after, other):
    make.booked(other[0], by=other[1], at=after)
    with pytest.raises(SlotsClash):
        actions.offer_times(conference, by=teacher, times=[slot.starts_at])
    slot.refresh_from_db()
    assert (slot.reserved_for, slot.ends_at) == (None, slot.starts_at + timedelta(minutes=20))


def test_an_interpreter_does_not_take_what_another_family_was_promised(conference, amina, teacher, slot, after, other):
    actions.offer_times(other[0], by=teacher, times=[after.starts_at])
    with pytest.raises(SlotTaken, match="takes longer"):
        actions.book(conference, by=amina, slot=slot, language="so")
    assert actions.book(other[0], by=other[1], slot=ConferenceSlot.objects.get(pk=after.pk))


def test_a_talk_with_an_interpreter_that_is_moved_to_another_day_can_be_booked_there(
    conference, amina, teacher, slot, after, round
):
    actions.book(conference, by=amina, slot=slot, language="so")
    day = slot.starts_at.astimezone(round.school.zone).date()
    actions.move_day(round, by=teacher, teacher=teacher, day=day, new_day=day + timedelta(days=2))
    kept = ConferenceSlot.objects.get(reserved_for=conference)
    assert actions.book(conference, by=amina, slot=kept).ends_at == kept.ends_at


def test_a_talk_with_an_interpreter_in_a_long_time_of_its_own_is_not_swapped(
    conference, interpreted, amina, teacher, slot, after, other, round
):
    (kept,) = actions.offer_times(conference, by=teacher, times=[slot.starts_at])
    actions.book(conference, by=amina, slot=kept, language="so")
    theirs = make.booked(other[0], by=other[1], at=make.slot(round, teacher, hour=19)).booking
    with pytest.raises(NotNow, match="needs the time"):
        actions.ask_swap(conference, by=amina, theirs=theirs)


def test_the_times_that_are_proposed_do_not_run_into_each_other(conference, teacher, round, slot, after):
    for minute in (50, 55):
        make.slot(round, teacher, hour=16 if minute == 50 else 18, minute=minute)
    proposed = times_of(conference, interpreted=True).apart()
    assert [time.slot for time in proposed] == [slot]


def test_what_is_proposed_leaves_the_family_a_day(client, conference, teacher, round):
    soon, later = make.slot(round, teacher, days=0, hour=23, minute=30), make.slot(round, teacher, days=3)
    client.force_login(teacher)
    form = client.get(reverse("conferences:times_offer", args=[conference.pk])).context["form"]
    proposed = [form.fields[f"day_{row}"].initial for row in (1, 2)]
    assert proposed == [later.starts_at.date(), None], soon


# Two who press at once


@pytest.mark.django_db(transaction=True)
def test_an_interpreters_second_half_and_the_time_itself_go_to_one_of_two(conference, amina, slot, after, other):
    told = []
    for _number in range(4):
        mine = in_a_thread(told, lambda: actions.book(conference, by=amina, slot=slot, language="so"))
        theirs = in_a_thread(told, lambda: actions.book(other[0], by=other[1], slot=after))
        mine.join(30)
        theirs.join(30)
        assert sorted(told, key=str) == sorted(["yes", SlotTaken], key=str)
        assert Booking.objects.count() == 1
        told.clear()
        Booking.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_an_offer_waits_for_the_interpreters_talk_that_is_being_booked(conference, amina, teacher, slot, after, other):
    told = []
    with transaction.atomic():
        actions.book(conference, by=amina, slot=slot, language="so")
        offer = in_a_thread(told, lambda: actions.offer_times(other[0], by=teacher, times=[after.starts_at]))
        offer.join(1)
        assert told == []
    offer.join(30)
    assert told == [SlotsClash]


@pytest.mark.django_db(transaction=True)
def test_an_interpreters_talk_waits_for_the_offer_that_is_being_made(conference, amina, teacher, slot, after, other):
    told = []
    with transaction.atomic():
        actions.offer_times(other[0], by=teacher, times=[after.starts_at])
        press = in_a_thread(told, lambda: actions.book(conference, by=amina, slot=slot, language="so"))
        press.join(1)
        assert told == []
    press.join(30)
    assert told == [SlotTaken]
