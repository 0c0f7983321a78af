"""When a child leaves a class: who may still see its talks, what is called off, and who is told in which words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from conferences import actions
from conferences.models import (
    Conference,
    ConferenceSlot,
    ConferenceSummary,
    ExtraRequest,
    InterpreterRequest,
    LearningPlanRef,
    NotNow,
    Preparation,
    PupilTalk,
    SubjectInput,
    TimeWish,
)
from conferences.queries.interpreters import interpreter_page
from conferences.tasks import follow_rosters
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.models import Enrolment, Person, the_portal
from tests import make
from tests.ground import once


def leave(pupil, to=None):
    today = Enrolment.objects.filter(pupil=pupil).first().school_class.school.today()
    Enrolment.objects.filter(pupil=pupil).update(valid_to=today - timedelta(days=1))
    if to:
        Enrolment.objects.create(pupil=pupil, school_class=to, valid_from=today)


def hear():
    publish(Event.objects.get(verb="conferences.place_ended").pk)


def letters(kind):
    return {notice.recipient: KINDS[kind](notice) for notice in Notice.objects.filter(kind=kind)}


@once
def beside(school):
    return make.school_class("3A", at=school, grades=(3,))


@once
def elsewhere(school):
    return make.school_class("3C", at=make.school("Nyskolen", within=school.municipality), grades=(3,))


@once
def booked(conference, amina, slot):
    return make.booked(conference, by=amina, at=slot)


# Who sees


def test_the_teacher_sees_a_talk_only_as_long_as_the_child_is_in_the_class(booked, teacher, nora, beside):
    seen = Conference.objects.visible_to(teacher).filter(pk=booked.pk)
    assert seen.exists()
    leave(nora, to=beside)
    assert not seen.exists()


def test_a_teacher_of_the_new_class_too_goes_on_with_the_talk(booked, teacher, nora, beside):
    make.role(teacher, "subject_teacher", beside)
    leave(nora, to=beside)
    assert Conference.objects.of_teacher(teacher).filter(pk=booked.pk).exists()


def test_a_teacher_at_both_schools_does_not_carry_a_talk_from_one_to_the_other(booked, teacher, nora, elsewhere):
    make.role(teacher, "contact_teacher", elsewhere)
    leave(nora, to=elsewhere)
    assert not Conference.objects.of_teacher(teacher).filter(pk=booked.pk).exists()


def test_the_principal_sees_a_talk_as_long_as_the_child_goes_to_the_school(booked, principal, nora, beside, elsewhere):
    seen = Conference.objects.of_leader(principal).filter(pk=booked.pk)
    leave(nora, to=beside)
    assert seen.exists()
    Enrolment.objects.filter(pupil=nora, school_class=beside).delete()
    leave(nora, to=elsewhere)
    assert not seen.exists()


def test_the_new_school_reads_nothing_of_the_old_one(booked, nora, elsewhere):
    new = make.holder("contact_teacher", elsewhere, "Ny", "Lærer")
    leave(nora, to=elsewhere)
    assert not Conference.objects.visible_to(new).exists()


def test_the_family_keeps_what_was_shared_with_it(booked, teacher, nora, amina, elsewhere):
    Conference.objects.filter(pk=booked.pk).update(state="held", ended_at=booked.booking.starts_at)
    booked.refresh_from_db()
    ConferenceSummary.objects.create(
        conference=booked, version=1, no_home_support=True, written_by=teacher, shared_at=booked.booking.starts_at
    )
    leave(nora, to=elsewhere)
    assert ConferenceSummary.objects.visible_to(amina).exists()
    assert not ConferenceSummary.objects.visible_to(teacher).exists()


@pytest.mark.parametrize("model", [ExtraRequest, LearningPlanRef, Preparation, PupilTalk, SubjectInput, TimeWish])
def test_nothing_around_the_talk_stays_with_those_who_are_left(
    model, booked, teacher, principal, nora, amina, elsewhere
):
    held_on, year = booked.made_at.date(), booked.school_class.year
    subject = booked.school_class.school.subjects.create(name="Norsk", grades=[3])
    actions.ask_extra(nora, by=amina, school_class=booked.school_class, reason="learning")
    booked.plans.create(title="Plan", url="https://example.org", made_by=teacher, sent_at=booked.made_at)
    actions.save_preparation(booked, by=amina, proud="Lego")
    actions.share_preparation(booked, by=amina, shares=["proud"])
    PupilTalk.objects.create(conference=booked, pupil=nora, teacher=teacher, held_on=held_on)
    SubjectInput.objects.create(year=year, pupil=nora, subject=subject, text="Well", by=teacher)
    TimeWish.objects.create(round=booked.round, household=amina.household, by=amina)
    staff = [person for person in (teacher, principal) if model.objects.visible_to(person).exists()]
    assert staff
    leave(nora, to=elsewhere)
    assert not any(model.objects.visible_to(person).exists() for person in staff)


# What is called off


def test_a_talk_with_a_time_is_called_off_when_the_child_changes_class(booked, nora, beside):
    leave(nora, to=beside)
    follow_rosters()
    follow_rosters()
    was, booked = booked.sequence, Conference.objects.get(pk=booked.pk)
    assert (booked.state, booked.time, booked.sequence) == ("cancelled", None, was + 1)
    assert Event.objects.filter(verb="conferences.place_ended").count() == 1


def test_a_talk_that_has_begun_is_not_called_off_afterwards(booked, nora, beside):
    starts = booked.made_at - timedelta(days=2)
    booked.booking.__class__.objects.update(starts_at=starts, ends_at=starts + timedelta(minutes=20))
    leave(nora, to=beside)
    follow_rosters()
    assert Conference.objects.get(pk=booked.pk).is_open


def test_a_talk_goes_along_to_a_class_that_its_teacher_teaches_too(booked, teacher, nora, beside):
    make.role(teacher, "subject_teacher", beside)
    leave(nora, to=beside)
    follow_rosters()
    booked = Conference.objects.get(pk=booked.pk)
    assert (booked.is_open, booked.school_class, booked.time is not None) == (True, beside, True)


def test_what_was_kept_for_the_child_is_free_again(conference, teacher, nora, round, beside):
    of_round = make.slot(round, teacher, hour=17, reserved_for=conference)
    alone = make.slot(round, teacher, hour=19, reserved_for=conference)
    ConferenceSlot.objects.filter(pk=alone.pk).update(round=None)
    leave(nora, to=beside)
    follow_rosters()
    assert ConferenceSlot.objects.get(pk=of_round.pk).reserved_for is None
    assert not ConferenceSlot.objects.filter(pk=alone.pk).exists()


def test_a_request_that_waits_is_closed(nora, amina, school_class, beside):
    asked = actions.ask_extra(nora, by=amina, school_class=school_class, reason="learning")
    leave(nora, to=beside)
    follow_rosters()
    asked.refresh_from_db()
    assert (asked.closed_at is not None, asked.closed_because) == (True, "Barnet har sluttet i klassen.")


def test_nobody_books_a_time_with_the_class_that_the_child_has_left(conference, amina, slot, nora, beside):
    leave(nora, to=beside)
    with pytest.raises(NotNow):
        actions.book(conference, by=amina, slot=slot)


def test_end_place_refuses_when_nothing_is_open_and_denies_people(booked, nora, principal):
    with pytest.raises(PermissionDenied):
        actions.end_place(nora, by=principal)
    with pytest.raises(NotNow):
        actions.end_place(nora, by=the_portal())


# Who is told


def test_both_homes_hear_of_the_time_that_falls_away_and_their_calendars_too(booked, nora, amina, yusuf, beside):
    leave(nora, to=beside)
    follow_rosters()
    hear()
    told = letters("conferences.place_ended")
    assert set(told) == {amina, yusuf}
    calendar = told[amina].calendar.to_ical()
    assert b"METHOD:CANCEL" in calendar
    assert f"conference-{booked.pk}@".encode() in calendar


def test_a_family_that_leaves_the_portal_is_told_as_well(booked, nora, amina, yusuf):
    leave(nora)
    Person.objects.filter(pk=nora.pk).update(is_active=False)
    follow_rosters()
    hear()
    assert set(letters("conferences.place_ended")) == {amina, yusuf}


def test_a_restricted_guardian_is_not_told_that_the_child_has_left(booked, nora, amina, yusuf, elsewhere):
    make.restricted(yusuf, nora)
    leave(nora, to=elsewhere)
    follow_rosters()
    hear()
    assert set(letters("conferences.place_ended")) == {amina}


def test_the_teacher_hears_which_time_is_free_and_no_name(booked, nora, teacher, elsewhere):
    leave(nora, to=elsewhere)
    Person.objects.filter(pk=nora.pk).update(given_name="Hemmelig", family_name="Navn")
    follow_rosters()
    hear()
    letter = letters("conferences.place_ended_teacher")[teacher]
    said = str(letter)
    assert len(letter.facts) == 1
    assert not any(name in said for name in ("Nora", "Warsame", "Hemmelig", "Navn", "Nyskolen"))


def test_the_office_calls_off_an_interpreter_without_learning_whose(booked, nora, amina, elsewhere, school):
    office = make.holder("office", school, "Odd")
    request = booked.interpreters.create(language="so", asked_by=amina, household=amina.household, state="ordered")
    InterpreterRequest.objects.update(ordered_at=booked.made_at)
    leave(nora, to=elsewhere)
    follow_rosters()
    hear()
    letter = letters("conferences.interpreter_idle")[office]
    (order,) = interpreter_page(office).idle
    assert (order.request, order.child) == (request, "")
    assert "Nora" not in str(letter)
    assert len(letter.facts) == 1


def test_a_family_without_a_time_gets_one_letter_for_the_child(conference, nora, amina, yusuf, beside):
    leave(nora, to=beside)
    follow_rosters()
    hear()
    told = letters("conferences.place_ended")
    assert set(told) == {amina, yusuf}
    assert told[amina].calendar is None


def test_an_old_message_is_hidden_once_the_child_is_protected(client, booked, nora, teacher, elsewhere):
    told = Notice.objects.create(
        kind="conferences.x",
        subject_type="conferences.Conference",
        subject_id=str(booked.pk),
        recipient=teacher,
        category="news",
        state="told",
        not_before=booked.made_at,
        told_at=booked.made_at,
        title="A time is free again: Nora",
    )
    client.force_login(teacher)
    leave(nora, to=elsewhere)
    page = reverse("messaging:message_show", args=[told.pk])
    assert client.get(page).status_code == 200  # as it was told
    nora.protections.create(grade="name", valid_from=booked.made_at.date())
    assert client.get(page).status_code == 404
    assert "Nora" not in client.get(reverse("messaging:message_list")).content.decode()
