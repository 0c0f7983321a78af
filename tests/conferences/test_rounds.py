"""A round from its draft until it is over, and whom it calls."""

from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone, translation

from conferences import actions
from conferences.actions.rounds import DETAILS, WrongDates
from conferences.models import Booking, Conference, ConferenceRound, NotNow, NotPublishable, Participant, Room
from conferences.queries.settings import setting_of
from conferences.tasks import close_rounds, follow_rosters
from portal.ledger.models import Event
from portal.people.models import Enrolment, Role
from tests import make
from tests.ground import once


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def details(**changes):
    now = timezone.now()
    return {
        "title": "Autumn conferences",
        "principle": "Cooperation between school and home",
        "minutes": 20,
        "gap_minutes": 5,
        "notice_days": 14,
        "plan_days": 7,
        "wishes_by": None,
        "invite_on": timezone.localdate() + timedelta(days=7),
        "plans_on": timezone.localdate() + timedelta(days=14),
        "early_opens_at": None,
        "opens_at": now + timedelta(days=7),
        "closes_at": now + timedelta(days=18),
        "lead_hours": 24,
        "change_hours": 24,
        **changes,
    }


def draft(*classes, **changes):
    return make.round(*classes, state="draft", **changes)


@once
def ready(school_class, teacher, nora, amina):
    """A draft whose only teacher offers a time in good time."""
    made = draft(school_class)
    make.slot(made, teacher)
    return made


# The school


@pytest.mark.parametrize(("country", "minutes"), [("NO", 30), ("DK", 20)])
def test_a_school_begins_with_what_is_usual_in_its_country(db, country, minutes):
    setting = setting_of(make.school(country=country))
    assert (setting.minutes, setting.gap_minutes, setting.notice_days) == (minutes, 5, 14)


def settings(**changes):
    usual = {"plan_label": "", "minutes": 25, "gap_minutes": 5, "notice_days": 21, "plan_days": 7}
    return {**usual, "talks_a_year": 2, "separate_talks": True, **changes}


def test_change_setting_records(school, principal):
    actions.change_setting(school, by=principal, **settings())
    actions.change_setting(school, by=principal, **settings(minutes=30))
    assert setting_of(school).minutes == 30
    assert Event.objects.filter(verb="conferences.setting_changed", school=school.pk).count() == 2


@pytest.mark.parametrize("minutes", [0, 4, 121, 999])
def test_change_setting_refuses_a_length_that_nobody_talks_in(school, principal, minutes):
    with pytest.raises(WrongDates, match="5 to 120"):
        actions.change_setting(school, by=principal, **settings(minutes=minutes))


def test_change_setting_denies_teachers(school, teacher):
    with pytest.raises(PermissionDenied):
        actions.change_setting(school, by=teacher, **settings())


def test_rooms_are_added_once_and_kept_while_they_are_used(school, principal, round, teacher):
    room = actions.add_room(school, by=principal, name="204")
    with pytest.raises(NotNow, match="already"):
        actions.add_room(school, by=principal, name="204")
    make.slot(round, teacher, room=room)
    with pytest.raises(NotNow, match="stays"):
        actions.remove_room(room, by=principal)
    round.slots.all().delete()
    actions.remove_room(room, by=principal)
    assert not Room.objects.exists()


# The draft


def test_draft_round_records(school, school_class, principal):
    round = actions.draft_round(school, by=principal, classes=[school_class], **details())
    assert round.is_draft
    assert list(round.classes.all()) == [school_class]
    assert Event.objects.get(verb="conferences.round_drafted").details == {"classes": [school_class.pk]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"minutes": 0}, "5 to 120"),
        ({"minutes": 999}, "5 to 120"),
        ({"gap_minutes": 61}, "0 to 60"),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "before now"),
        ({"opens_at": timezone.now() + timedelta(days=19)}, "close after it opens"),
        ({"early_opens_at": timezone.now() + timedelta(days=8)}, "first, not last"),
    ],
    ids=["no minutes", "999 minutes", "a long gap", "in the past", "the end before the start", "early is late"],
)
def test_draft_round_refuses_what_does_not_fit_together(school, school_class, principal, change, words):
    with pytest.raises(WrongDates, match=words):
        actions.draft_round(school, by=principal, classes=[school_class], **details(**change))
    assert not ConferenceRound.objects.exists()


def test_draft_round_denies_teachers_and_classes_of_another_school(school, school_class, teacher, principal):
    with pytest.raises(PermissionDenied):
        actions.draft_round(school, by=teacher, classes=[school_class], **details())
    elsewhere = make.school_class("1A", at=make.school("Elsewhere"))
    with pytest.raises(PermissionDenied):
        actions.draft_round(school, by=principal, classes=[elsewhere], **details())


def test_draft_round_takes_no_other_field(school, school_class, principal):
    with pytest.raises(TypeError):
        actions.draft_round(school, by=principal, classes=[school_class], **details(state="published"))


@time_machine.travel("2026-10-01 09:00+00:00")
def test_copy_round_keeps_the_hours_on_the_wall_through_a_clock_change(db):
    school = make.school()
    school_class = make.school_class("3B", at=school, grades=(3,))
    principal = make.holder(Role.Kind.PRINCIPAL, school)
    old = actions.draft_round(school, by=principal, classes=[school_class], **details())
    with time_machine.travel("2026-11-10 09:00+00:00"):
        new = actions.copy_round(old, by=principal)
        assert 7 <= (new.invite_on - school.today()).days < 14
    shift = new.invite_on - old.invite_on
    assert new.opens_at.astimezone(school.zone).time() == old.opens_at.astimezone(school.zone).time()
    assert new.opens_at - old.opens_at == shift + timedelta(hours=1)
    assert new.invite_on.weekday() == old.invite_on.weekday()
    assert [new.is_draft, list(new.classes.all()), new.minutes] == [True, [school_class], old.minutes]
    assert Event.objects.get(verb="conferences.round_copied").details == {"copied": old.pk}


def test_change_round_keeps_the_classes_that_are_called(ready, principal, school, school_class):
    actions.publish_round(ready, by=principal)
    other = make.school_class("4A", at=school, grades=(4,))
    with pytest.raises(NotNow, match="Keep the class"):
        actions.change_round(ready, by=principal, classes=[other], **details())
    actions.change_round(ready, by=principal, classes=[school_class, other], **details(title="Spring"))
    assert (ready.title, ready.classes.count(), ready.invite_on) == ("Spring", 2, school.today())


def test_change_round_refuses_when_it_is_over(ready, principal, school_class):
    actions.cancel_round(ready, by=principal, because="Strike")
    with pytest.raises(NotNow, match="over"):
        actions.change_round(ready, by=principal, classes=[school_class], **details())


def test_details_are_the_fields_that_a_leader_may_write():
    fields = {field.name for field in ConferenceRound._meta.fields if field.editable}
    assert fields - DETAILS <= {"id", "school", "late_reason", "made_at"}


# To the families


def test_publish_round_calls_every_child(ready, principal, nora, teacher, school_class):
    assert actions.publish_round(ready, by=principal) == 1
    called = Conference.objects.get()
    assert (called.pupil, called.teacher, called.school_class, called.wanted) == (nora, teacher, school_class, "please")
    assert ready.is_published
    said = Event.objects.get(verb="conferences.round_published").details
    assert said == {"children": 1, "conferences": 1, "notice_days": 15, "late": False}


def test_publish_round_refuses_the_second_time(ready, principal):
    actions.publish_round(ready, by=principal)
    with pytest.raises(NotNow, match="already"):
        actions.publish_round(ready, by=principal)
    assert Conference.objects.count() == 1


def test_publish_round_names_the_teachers_without_times(ready, principal, school):
    other = make.school_class("5A", at=school, grades=(5,))
    make.holder(Role.Kind.CONTACT_TEACHER, other, "Per", "Hansen")
    ready.classes.add(other)
    with pytest.raises(NotPublishable, match="Per Hansen"):
        actions.publish_round(ready, by=principal)
    ready.refresh_from_db()
    assert ready.is_draft
    assert not Conference.objects.exists()


def test_publish_round_names_the_classes_without_a_contact_teacher(ready, principal, school):
    ready.classes.add(make.school_class("5A", at=school, grades=(5,)))
    with pytest.raises(NotPublishable, match="5A"):
        actions.publish_round(ready, by=principal)


def test_publish_round_refuses_without_children(school_class, teacher, principal):
    made = draft(school_class)
    make.slot(made, teacher)
    with pytest.raises(NotPublishable, match="no children"):
        actions.publish_round(made, by=principal)


def test_publish_round_later_than_the_principle_says_demands_a_reason(school_class, teacher, nora, principal):
    """B8a: the school calls in good time: five days before, where it should be fourteen, needs a reason."""
    made = draft(school_class)
    make.slot(made, teacher, days=5)
    with pytest.raises(NotPublishable, match=r"5 days .* 14"):
        actions.publish_round(made, by=principal, late_reason="  ")
    actions.publish_round(made, by=principal, late_reason="The hall burnt down")
    assert made.late_reason == "The hall burnt down"
    assert Event.objects.get(verb="conferences.round_published").details["late"]


def test_publish_round_refuses_after_booking_has_closed(ready, principal):
    ConferenceRound.objects.filter(pk=ready.pk).update(closes_at=timezone.now(), opens_at=timezone.now() - timedelta(1))
    with pytest.raises(NotPublishable, match="closed"):
        actions.publish_round(ready, by=principal)


def test_two_contact_teachers_hold_one_talk_together(ready, principal, school_class, teacher):
    second = make.holder(Role.Kind.CONTACT_TEACHER, school_class, "Ola", "Dahl")
    actions.publish_round(ready, by=principal)
    talk = Conference.objects.get()
    assert talk.teacher == teacher
    joined = Participant.objects.get(conference=talk)
    assert (joined.person, joined.kind) == (second, "teacher")


def test_of_two_contact_teachers_the_one_with_times_holds_the_talk(school_class, teacher, nora, principal):
    second = make.holder(Role.Kind.CONTACT_TEACHER, school_class, "Ola", "Dahl")
    made = draft(school_class)
    make.slot(made, second)
    actions.publish_round(made, by=principal)
    assert Conference.objects.get().teacher == second


def test_subject_teachers_who_offer_times_are_there_if_families_wish(ready, principal, school_class):
    maths = make.holder(Role.Kind.SUBJECT_TEACHER, school_class, "Per", "Regn")
    make.holder(Role.Kind.SUBJECT_TEACHER, school_class, "Uten", "Tid")
    make.slot(ready, maths, hour=17)
    actions.publish_round(ready, by=principal)
    assert set(Conference.objects.values_list("teacher", "wanted")) >= {(maths.pk, "offered")}
    assert Conference.objects.count() == 2


def test_twins_and_a_child_in_two_classes_are_called_to_each_talk(
    ready, principal, school, school_class, nora, teacher
):
    make.pupil("Noor", "Warsame", in_class=school_class)
    other = make.school_class("5A", at=school, grades=(5,))
    second = make.holder(Role.Kind.CONTACT_TEACHER, other, "Ola", "Dahl")
    make.slot(ready, second)
    ready.classes.add(other)
    Enrolment.objects.create(pupil=nora, school_class=other, valid_from=other.year.starts_on)
    assert actions.publish_round(ready, by=principal) == 2
    assert Conference.objects.filter(pupil=nora).count() == 2
    assert Conference.objects.filter(teacher=teacher).count() == 2


def test_a_teacher_of_two_classes_holds_one_talk_with_a_child_in_both(ready, principal, school, nora, teacher):
    other = make.school_class("5A", at=school, grades=(5,))
    make.role(teacher, Role.Kind.CONTACT_TEACHER, other)
    ready.classes.add(other)
    Enrolment.objects.create(pupil=nora, school_class=other, valid_from=other.year.starts_on)
    actions.publish_round(ready, by=principal)
    assert Conference.objects.count() == 1


def test_a_teacher_who_must_know_nothing_of_a_child_does_not_hold_its_talk(
    ready, principal, school_class, teacher, nora
):
    second = make.holder(Role.Kind.CONTACT_TEACHER, school_class, "Ola", "Dahl")
    make.confirmed(teacher, nora)
    make.restricted(teacher, nora)
    actions.publish_round(ready, by=principal)
    assert Conference.objects.get().teacher == second
    assert not Participant.objects.exists()


@pytest.mark.parametrize("who", ["teacher", "amina"])
def test_publish_round_denies_all_but_leaders(ready, request, who):
    with pytest.raises(PermissionDenied):
        actions.publish_round(ready, by=request.getfixturevalue(who))


@pytest.mark.django_db(transaction=True)
def test_publish_round_pressed_many_times_at_once_calls_once(ready, principal):
    told = []

    def press():
        try:
            actions.publish_round(ready, by=principal)
            told.append("sent")
        except NotNow:
            told.append("already")
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told) == ["already"] * 5 + ["sent"]
    assert Conference.objects.count() == 1
    assert Event.objects.filter(verb="conferences.round_published").count() == 1


def test_close_round_keeps_what_is_booked(ready, principal, amina, teacher):
    actions.publish_round(ready, by=principal)
    make.booked(Conference.objects.get(), by=amina, at=make.slot(ready, teacher, hour=18))
    actions.close_round(ready, by=principal)
    with pytest.raises(NotNow):
        actions.close_round(ready, by=principal)
    assert Booking.objects.count() == 1
    assert ready.ended_at


def test_cancel_round_gives_every_time_back(ready, principal, amina, teacher):
    actions.publish_round(ready, by=principal)
    talk = make.booked(Conference.objects.get(), by=amina, at=make.slot(ready, teacher, hour=18))
    actions.cancel_round(ready, by=principal, because="The school is closed")
    talk.refresh_from_db()
    assert not Booking.objects.exists()
    assert (talk.state, ready.cancelled_because) == ("cancelled", "The school is closed")
    said = Event.objects.get(verb="conferences.round_cancelled").details
    assert said["told"]
    assert list(said["times"]) == [str(talk.pk)]
    with pytest.raises(NotNow):
        actions.cancel_round(ready, by=principal, because="Twice")


# Those who come and go


def leave(pupil, school_class, to=None):
    today = school_class.school.today()
    place = Enrolment.objects.get(pupil=pupil, school_class=school_class, valid_to=None)
    place.valid_to = today - timedelta(days=1)
    place.save()
    if to:
        Enrolment.objects.create(pupil=pupil, school_class=to, valid_from=today)


@once
def two_classes(ready, principal, school):
    """The published round of 3B and 3A; returns 3A's teacher too."""
    beside = make.school_class("3A", at=school, grades=(3,))
    second = make.holder(Role.Kind.CONTACT_TEACHER, beside, "Ola", "Dahl")
    make.slot(ready, second)
    ready.classes.add(beside)
    actions.publish_round(ready, by=principal)
    return ready, beside, second


def test_follow_rosters_calls_newcomers_and_twice_changes_nothing_more(two_classes):
    _round, beside, second = two_classes
    newcomer = make.pupil("Ayaan", "Cabdi", in_class=beside)
    follow_rosters()
    follow_rosters()
    assert Conference.objects.get(pupil=newcomer).teacher == second
    assert Event.objects.filter(verb="conferences.roster_followed").count() == 1


def test_a_child_who_changes_class_is_called_anew(two_classes, nora, school_class):
    _round, beside, second = two_classes
    leave(nora, school_class, to=beside)
    follow_rosters()
    follow_rosters()
    assert set(Conference.objects.filter(pupil=nora).values_list("teacher", "state")) == {
        (second.pk, "called"),
        (school_class.roles.get().person_id, "cancelled"),
    }
    assert Event.objects.filter(verb="conferences.roster_followed").count() == 1


def test_a_child_who_comes_back_is_called_by_the_first_teacher_again(two_classes, nora, school_class, teacher):
    _round, beside, _second = two_classes
    leave(nora, school_class, to=beside)
    follow_rosters()
    Enrolment.objects.filter(pupil=nora, school_class=beside).delete()
    Enrolment.objects.filter(pupil=nora, school_class=school_class).update(valid_to=None)
    follow_rosters()
    assert Conference.objects.open().get(pupil=nora).teacher == teacher


def test_a_booked_time_is_called_off_and_the_new_teacher_calls(two_classes, nora, amina, school_class, teacher):
    round, beside, second = two_classes
    talk = make.booked(Conference.objects.get(pupil=nora), by=amina, at=make.slot(round, teacher, hour=18))
    leave(nora, school_class, to=beside)
    follow_rosters()
    follow_rosters()
    talk = Conference.objects.get(pk=talk.pk)
    assert (talk.state, talk.time) == ("cancelled", None)
    assert Conference.objects.open().get(pupil=nora).teacher == second
    assert Event.objects.get(verb="conferences.place_ended").details["conferences"] == [talk.pk]


def test_a_child_who_has_left_is_no_longer_called(two_classes, nora, school_class):
    leave(nora, school_class)
    follow_rosters()
    assert not Conference.objects.open().filter(pupil=nora).exists()


@pytest.mark.parametrize("wanted", ["please", "offered"])
def test_two_homes_with_a_talk_each_are_not_called_to_a_third(two_classes, nora, amina, wanted):
    Conference.objects.update(wanted=wanted)
    make.guardian("Yusuf", "Warsame", of=nora)
    actions.ask_separate(Conference.objects.get(pupil=nora), by=amina)
    follow_rosters()
    assert sorted(bool(talk.home_id) for talk in Conference.objects.filter(pupil=nora)) == [True, True]


def test_a_child_with_two_talks_who_comes_back_is_called_again(two_classes, nora, amina, school_class):
    make.guardian("Yusuf", "Warsame", of=nora)
    actions.ask_separate(Conference.objects.get(pupil=nora), by=amina)
    leave(nora, school_class)
    follow_rosters()
    Enrolment.objects.filter(pupil=nora, school_class=school_class).update(valid_to=None)
    follow_rosters()
    assert Conference.objects.open().get(pupil=nora).home is None


def test_follow_roster_refuses_when_nothing_has_changed_and_denies_people(two_classes, principal):
    with pytest.raises(PermissionDenied):
        actions.follow_roster(two_classes[0], by=principal)
    follow_rosters()
    assert not Event.objects.filter(verb="conferences.roster_followed").exists()


def test_close_rounds_waits_a_week_and_twice_changes_nothing_more(ready, principal):
    actions.publish_round(ready, by=principal)
    close_rounds()
    assert ConferenceRound.objects.published().exists()
    with time_machine.travel(ready.slots.get().ends_at + timedelta(days=8)):
        close_rounds()
        close_rounds()
    assert ConferenceRound.objects.get().state == "closed"
    assert Event.objects.filter(verb="conferences.round_closed").count() == 1
