"""What waits for teachers, leaders and the office; and whom a reminder by hand reaches."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from conferences import actions
from conferences.models import ExtraRequest, InterpreterRequest, TimeRequest
from conferences.notices.day import silent_families
from portal.ledger.models import Event
from portal.people.hats import hats_of
from tests import make
from tests.ground import once
from tests.pages import todos_of


def waiting(person):
    hat = next(hat for hat in hats_of(person) if hat.kind != "parent")
    return {todo.url for todo in todos_of(hat)}


@once
def booked(conference, amina, slot):
    return make.booked(conference, by=amina, at=slot)


def test_the_day_and_then_who_came(booked, teacher):
    with time_machine.travel(booked.booking.starts_at, tick=False):
        assert "/conferences/day/" in waiting(teacher)
    with time_machine.travel(booked.booking.ends_at + timedelta(minutes=1), tick=False):
        assert f"/conferences/{booked.pk}/attend/" in waiting(teacher)
        actions.note_attendance(booked, by=teacher, came=[])
        assert f"/conferences/{booked.pk}/attend/" not in waiting(teacher)
        assert f"/conferences/{booked.pk}/offer/" in waiting(teacher)


def test_a_family_that_no_time_fits(conference, teacher, amina):
    TimeRequest.objects.create(conference=conference, household=amina.household, text="After six", by=amina)
    assert f"/conferences/{conference.pk}/offer/" in waiting(teacher)
    actions.offer_times(conference, by=teacher, times=[timezone.now() + timedelta(days=3)])
    assert f"/conferences/{conference.pk}/offer/" not in waiting(teacher)


def test_the_list_once_a_month_until_it_is_done(teacher, school_class):
    address = f"/conferences/classes/{school_class.pk}/prompt/"
    assert address in waiting(teacher)
    actions.answer_prompt(school_class, by=teacher, asks={})
    assert address not in waiting(teacher)


def test_extra_talks_wait_for_the_teacher_and_the_urgent_for_the_principal(
    nora, amina, teacher, principal, school_class
):
    actions.ask_extra(nora, by=amina, school_class=school_class, reason="learning")
    assert "/conferences/extra/" in waiting(teacher)
    assert "/conferences/extra/" not in waiting(principal)
    ExtraRequest.objects.update(urgent=True)
    assert "/conferences/extra/" in waiting(principal)


def test_the_office_orders_interpreters_and_finds_guardians(booked, amina, school, round, teacher, school_class):
    office = make.holder("office", school)
    assert waiting(office).isdisjoint({"/conferences/interpreters/", "/people/relations/"})
    InterpreterRequest.objects.create(conference=booked, language="so", asked_by=amina)
    make.conference(round, make.pupil("Alone", in_class=school_class), teacher)
    assert "/conferences/interpreters/" in waiting(office)
    InterpreterRequest.objects.update(state="cancelled")
    assert "/conferences/interpreters/" not in waiting(office)
    InterpreterRequest.objects.update(ordered_at=booked.booking.booked_at)
    assert "/conferences/interpreters/" in waiting(office)
    titles = [todo.title for todo in todos_of(hats_of(office)[0])]
    assert any("guardian here" in title or "foresatt" in title for title in titles)


def test_a_reminder_by_hand_reaches_the_guardians_of_every_home(conference, round, teacher, amina, yusuf, nora, slot):
    actions.remind_unbooked(round, by=teacher)
    event = Event.objects.get(verb="conferences.unbooked_reminded")
    assert {person for person, _occasion in silent_families(event)} == {amina, yusuf}
    make.restricted(yusuf, nora)
    assert {person for person, _occasion in silent_families(event)} == {amina}
    actions.book(conference, by=amina, slot=slot)
    assert silent_families(event) == []
