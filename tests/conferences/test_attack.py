"""What somebody tries who should not know: the other home, a restricted guardian, the office, a former teacher."""

from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from conferences import actions
from conferences.after.queries.summaries import last_time
from conferences.after.todos import summaries_to_share
from conferences.before.files import PlanFile
from conferences.before.queries.subjects import inputs_about
from conferences.exports import interpreters_xlsx
from conferences.models import (
    Conference,
    ConferenceSlot,
    ExtraRequest,
    Feedback,
    InterpreterRequest,
    LearningPlanRef,
    Preparation,
    Room,
    SlotTaken,
    Subject,
    SubjectInput,
    TimeRequest,
)
from conferences.queries.day import day_of, on_the_door
from conferences.queries.interpreters import interpreter_page
from conferences.queries.own_talks import talk_page
from conferences.timetables.queries.pages import page_of
from conferences.todos.day import extra_talks_to_schedule
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.actions import protect_address
from portal.people.hats import hats_of
from portal.people.models import Enrolment, GuardianRelation, Person, Role, the_portal
from tests import make
from tests.ground import once
from tests.pages import address, markup

page = partial(address, "conferences")

NOTE = "We come late from the hospital"


def opened(client, person, path):
    Person.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return client.get(path)


def hear(verb):
    publish(Event.objects.filter(verb=verb).latest("pk").pk)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def is_still_told(person, kind):
    """What the worker asks on sending: is the person still meant, and is it still wanted?"""
    row = Notice.objects.get(kind=kind, recipient=person)
    event = row.event_id and Event.objects.get(pk=row.event_id)
    meant = [one[0] if isinstance(one, tuple) else one for one in KINDS[kind].to(event)] if event else [person]
    return person in meant and KINDS[kind].wanted(row)


def over(conference, days=1):
    at = timezone.now() - timedelta(days=days)
    Conference.objects.filter(pk=conference.pk).update(state="held", ended_at=at)
    conference.refresh_from_db()
    return conference


def shared(conference, teacher, *, agreements=()):
    words = {"child_words": "I like to build.", "home_support": "Read."}
    draft = actions.write_summary(conference, by=teacher, words=words, agreements=list(agreements))
    actions.share_summary(draft, by=teacher, token=draft.token)
    return draft


@once
def booked(conference, amina, yusuf, slot):
    return make.booked(conference, by=amina, at=slot, note=NOTE)


@once
def apart(conference, amina, yusuf, slot):
    actions.ask_separate(conference, by=yusuf)
    own = Conference.objects.get(home=yusuf.household)
    return make.booked(own, by=yusuf, at=slot)


@once
def promised(conference, teacher, amina, yusuf):
    agreed = {
        "what": "Sleep at the father's on Wednesdays",
        "owner": "home",
        "who": "Both",
        "how_often": "",
        "due_on": timezone.localdate(),
    }
    shared(over(conference), teacher, agreements=[agreed])
    remind()
    return agreed


# Messages


def test_a_restricted_guardian_is_not_asked_how_it_went(promised, nora, amina, yusuf):
    assert told("conferences.agreement_due") == {amina.pk, yusuf.pk}
    make.restricted(yusuf, nora)
    assert not is_still_told(yusuf, "conferences.agreement_due")
    assert is_still_told(amina, "conferences.agreement_due")


def test_no_letter_says_what_was_agreed(promised, amina):
    row = Notice.objects.get(kind="conferences.agreement_due", recipient=amina)
    letter = KINDS["conferences.agreement_due"](row)
    assert promised["what"] not in " ".join([letter.subject, letter.preheader, letter.sms, *letter.lines])


def test_a_father_who_is_contact_teacher_is_not_told_what_the_mother_asks(nora, amina, yusuf, teacher, school_class):
    make.role(yusuf, Role.Kind.CONTACT_TEACHER, school_class)
    actions.ask_extra(nora, by=amina, school_class=school_class, reason="family")
    hear("conferences.extra_asked")
    assert told("conferences.extra_asked") == {teacher.pk}


def test_a_former_teacher_is_told_nothing(conference, amina, teacher):
    actions.ask_for_times(conference, by=amina, text="After five")
    hear("conferences.times_requested")
    assert is_still_told(teacher, "conferences.times_requested")
    role = teacher.roles.get()
    make._set(role, by=the_portal(), valid_to=timezone.localdate() - timedelta(days=1))
    assert not is_still_told(teacher, "conferences.times_requested")


def test_a_teacher_who_must_know_nothing_of_a_child_has_no_task_that_names_it(conference, nora, teacher, school_class):
    over(conference, days=5)
    hat = next(hat for hat in hats_of(teacher) if hat.kind == Role.Kind.CONTACT_TEACHER)
    assert summaries_to_share(hat)
    make.restricted(teacher, nora)
    assert not summaries_to_share(hat)


# The school's lists


@pytest.mark.parametrize("name", ["round_grid", "round_times", "round_sick"])
def test_a_restricted_guardian_at_the_office_finds_the_child_on_no_list(
    client, booked, round, teacher, school, nora, yusuf, name
):
    make.role(yusuf, Role.Kind.OFFICE, school)
    day = booked.booking.starts_at.astimezone(school.zone).date()
    path = f"{page(name, round.pk)}?teacher={teacher.key}&day={day}"
    assert "Nora" in markup(opened(client, yusuf, path))
    make.restricted(yusuf, nora)
    answer = opened(client, yusuf, path)
    assert answer.status_code == 200
    assert "Nora" not in markup(answer)
    assert str(page("conference_show", booked.pk)) not in markup(answer)


def test_a_mother_at_the_office_does_not_find_the_other_homes_time(client, apart, round, school, amina):
    make.role(amina, Role.Kind.OFFICE, school)
    shown = markup(opened(client, amina, page("round_grid", round.pk)))
    assert "Nora" not in shown
    assert page("conference_show", apart.pk) not in shown


def test_a_mother_at_the_office_does_not_find_the_other_homes_proposed_time(
    conference, round, slot, school, amina, yusuf
):
    actions.ask_separate(conference, by=yusuf)
    own = Conference.objects.get(home=yusuf.household)
    timetable = actions.start_timetable(round, by=the_portal())
    timetable.placements.filter(conference=own).update(slot=slot)
    make.role(amina, Role.Kind.OFFICE, school)
    rows = [row for teacher in page_of(timetable, amina).teachers for rows in teacher.days.values() for row in rows]
    assert [row.is_hidden for row in rows] == [True]


def test_the_office_reads_times_and_no_words(client, booked, school, principal, teacher):
    office = make.holder("office", school)
    on = booked.booking.starts_at.astimezone(school.zone).date().isoformat()
    paths = [page("talk_show", booked.pk), f"{page('teacher_day', on)}?teacher={teacher.pk}"]
    for path in paths:
        assert NOTE in markup(opened(client, principal, path))
        answer = opened(client, office, path)
        assert "Nora" in markup(answer)
        assert NOTE not in markup(answer)


def test_nobody_of_a_protected_home_is_named_on_the_door(booked, nora, amina, teacher, school):
    """The flag stands at somebody who lives with the mother."""
    sister = make.person("Hodan", household=amina.household)
    day = booked.booking.starts_at.astimezone(school.zone).date()
    assert [name for _talk, name in on_the_door(day_of(teacher, day, teacher))] == ["Nora"]
    protect_address(sister, by=the_portal(), grade="strict")
    assert [name for _talk, name in on_the_door(day_of(teacher, day, teacher))] == [""]


def test_a_name_of_a_room_cannot_break_the_agencys_list(conference, amina, round, teacher, school):
    room = Room.objects.create(school=school, name="=Rom\x0b1")
    first = make.slot(round, teacher, room=room)
    make.slot(round, teacher, hour=16, minute=25, room=room)
    make.booked(conference, by=amina, at=first, language="so")
    found = interpreters_xlsx(interpreter_page(make.holder("office", school)))
    assert load_workbook(BytesIO(found)).active["F2"].value.startswith("'=Rom")


# What is written about a child


def test_a_teacher_of_the_former_class_does_not_read_the_new_teachers_words(conference, nora, teacher, school, round):
    beside = make.school_class("3C", at=school, grades=(3,))
    subject = Subject.objects.create(school=school, name="Norsk", grades=[3])
    new = make.holder("contact_teacher", beside, "New", "Teacher")
    today = timezone.localdate()
    Enrolment.objects.filter(pupil=nora).update(valid_to=today - timedelta(days=1))
    Enrolment.objects.create(pupil=nora, school_class=beside, valid_from=today)
    SubjectInput.objects.create(year=beside.year, round=round, pupil=nora, subject=subject, text="She reads", by=new)
    assert inputs_about(conference, teacher) == []
    assert SubjectInput.objects.visible_to(new).exists()


def test_what_was_agreed_at_one_school_does_not_open_the_talk_at_another(conference, nora, teacher):
    shared(over(conference), teacher)
    other = make.school_class("4A", at=make.school("Elsewhere"), grades=(4,))
    new = make.holder("contact_teacher", other, "New", "Teacher")
    there = Conference.objects.create(round=make.round(other), pupil=nora, teacher=new, school_class=other)
    assert last_time(there) is None


def test_a_parent_whose_rights_have_ended_does_not_read_the_other_homes_wish_as_teacher(
    nora, amina, yusuf, school_class
):
    actions.ask_extra(nora, by=amina, school_class=school_class, reason="family", note="Private")
    make.role(yusuf, Role.Kind.SUBJECT_TEACHER, school_class)
    relation = GuardianRelation.objects.get(guardian=yusuf)
    make._set(relation, by=the_portal(), state=GuardianRelation.State.ENDED)
    assert not ExtraRequest.objects.visible_to(yusuf).exists()


def test_a_teacher_without_a_home_of_ones_own_is_told_what_the_school_asks(nora, teacher, principal, school_class):
    actions.ask_extra(nora, by=principal, school_class=school_class, reason="learning", urgent=True)
    assert teacher.household_id is None
    hat = next(hat for hat in hats_of(teacher) if hat.kind == Role.Kind.CONTACT_TEACHER)
    assert extra_talks_to_schedule(hat)


# Plans


def test_a_talk_for_each_home_leaves_both_the_plan(conference, teacher, amina, yusuf, round):
    actions.add_plan(conference, by=teacher, url="https://example.org/plan")
    actions.send_plans(round, by=teacher)
    actions.ask_separate(conference, by=amina)
    for guardian in (amina, yusuf):
        assert LearningPlanRef.objects.visible_to(guardian).count() == 1


def test_a_wrong_plan_is_taken_from_both_homes(conference, teacher, amina, yusuf, round):
    actions.ask_separate(conference, by=amina)
    actions.add_plan(conference, by=teacher, file=PlanFile("Nora.pdf", "application/pdf", make.pdf()))
    actions.send_plans(round, by=teacher)
    actions.remove_plan(LearningPlanRef.objects.visible_to(amina).get(), by=teacher)
    assert not LearningPlanRef.objects.exists()


def test_no_plan_is_laid_where_it_could_never_be_sent(client, nora, teacher, school_class):
    """Plans are sent by round, and an extra talk has none."""
    talk = Conference.objects.create(kind="extra", pupil=nora, teacher=teacher, school_class=school_class)
    assert page("plan_add", talk.pk) not in markup(opened(client, teacher, page("talk_show", talk.pk)))
    sent = client.post(page("plan_add", talk.pk), {"url": "https://example.org/plan", "title": "Plan"})
    assert sent.status_code == 404
    assert not LearningPlanRef.objects.exists()


# Addresses and forms that nobody wrote by hand


@pytest.mark.parametrize("on", ["9999-12-31", "0001-01-01", "2026-11-12x", "\x00", "2026-W53-9"])
def test_a_day_that_no_calendar_has_is_not_found(client, teacher, on):
    client.force_login(teacher)
    assert client.get(page("teacher_day", on)).status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_no_calendar_has_is_no_offer(client, conference, teacher, day):
    client.force_login(teacher)
    answer = client.post(page("times_offer", conference.pk), {"day_1": day, "time_1": "23:50"})
    assert answer.status_code == 200
    assert not ConferenceSlot.objects.exists()


# A time that is gone when it is pressed


def test_a_time_that_was_removed_meanwhile_is_taken(conference, amina, slot):
    stale = ConferenceSlot.objects.get(pk=slot.pk)
    ConferenceSlot.objects.filter(pk=slot.pk).delete()
    with pytest.raises(SlotTaken):
        actions.book(conference, by=amina, slot=stale)


@pytest.mark.parametrize("change", ["blocked", "reserved_for"])
def test_a_time_that_was_closed_meanwhile_is_taken(conference, amina, slot, round, teacher, school_class, change):
    stale = ConferenceSlot.objects.get(pk=slot.pk)
    other = make.conference(round, make.family(school_class, pupil_name="Iver")[0], teacher)
    ConferenceSlot.objects.filter(pk=slot.pk).update(**{change: True if change == "blocked" else other})
    with pytest.raises(SlotTaken):
        actions.book(conference, by=amina, slot=stale)


def test_nobody_finds_the_other_homes_own_talk_by_trying_its_time(apart, round, nora, school_class, amina, slot):
    """The words are those for any taken time."""
    other = make.holder("subject_teacher", school_class, "Per", "Dal")
    mine = make.conference(round, nora, other, home=amina.household)
    with pytest.raises(SlotTaken, match="Somebody else"):
        actions.book(mine, by=amina, slot=make.slot(round, other))


# Two guardians whom nobody has written a home for


@once
def without_homes(round, nora, teacher):
    """Two guardians of one child, as a roster leaves them: their households are unknown."""
    amina, yusuf = make.person("Amina"), make.person("Yusuf")
    for adult in (amina, yusuf):
        make.confirmed(adult, nora)
        adult.refresh_from_db()
    return make.conference(round, nora, teacher), amina, yusuf


def test_two_guardians_without_a_home_share_nothing(without_homes, round, school_class, nora, slot, teacher):
    conference, amina, yusuf = without_homes
    make.slot(round, teacher, minute=25)
    actions.ask_for_times(conference, by=amina, text="After my shift")
    actions.save_preparation(conference, by=amina, hard="The divorce")
    actions.ask_extra(nora, by=amina, school_class=school_class, reason="learning")
    actions.book(conference, by=amina, slot=slot, language="so")
    for model in (TimeRequest, Preparation, InterpreterRequest, ExtraRequest):
        assert model.objects.visible_to(amina).count() == 1, model
        assert not model.objects.visible_to(yusuf).exists(), model
    shown = talk_page(Conference.objects.get(pk=conference.pk), yusuf, is_guardian=True)
    assert (shown.interpreter, shown.asked, shown.homes) == ("", None, 2)


@pytest.mark.parametrize("model", ["timerequest", "preparation", "extrarequest", "feedback"])
def test_the_database_keeps_no_word_of_a_home_that_is_none(conference, amina, nora, school_class, model):
    rows = {
        "timerequest": lambda: TimeRequest(conference=conference, text="After six", by=amina),
        "preparation": lambda: Preparation(conference=conference, part="guardian", by=amina),
        "extrarequest": lambda: ExtraRequest(
            pupil=nora, school_class=school_class, side="home", reason="learning", by=amina
        ),
        "feedback": lambda: Feedback(conference=conference, side="home", heard=5, useful=5),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        rows[model]().save()
