"""The pages of rounds and times: what they show and save, who is kept out, and what thirty rows cost."""

from datetime import time, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences import actions
from conferences.models import Booking, Conference, ConferenceRound, ConferenceSetting, ConferenceSlot, Room
from conferences.queries.rounds import standing_of
from portal.people.models import Role
from portal.speech import day as in_words
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup

page = partial(address, "conferences")

pytestmark = pytest.mark.django_db


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def typed(school, *classes, **changes):
    day = school.today()
    return {
        "title": "Autumn conferences",
        "classes": [one.pk for one in classes],
        "invite_on": (day + timedelta(days=1)).isoformat(),
        "opens_at": f"{day + timedelta(days=2)}T08:00",
        "closes_at": f"{day + timedelta(days=12)}T20:00",
        "plans_on": (day + timedelta(days=8)).isoformat(),
        "minutes": 30,
        "gap_minutes": 5,
        "notice_days": 14,
        "plan_days": 7,
        "lead_hours": 24,
        "change_hours": 24,
        **changes,
    }


def offered(school, **changes):
    day = school.today() + timedelta(days=15)
    return {"day": day.isoformat(), "starts": "16:00", "ends": "18:00", "minutes": 20, "gap": 5, **changes}


@pytest.fixture
def leader(principal):
    return as_(principal)


@once
def draft(school_class, teacher, nora, amina):
    made = make.round(school_class, state="draft")
    make.slot(made, teacher)
    return made


# The round


def test_round_draft_begins_with_the_schools_choice_and_saves(leader, school, school_class):
    ConferenceSetting.objects.create(school=school, minutes=40)
    assert 'value="40"' in markup(leader.get(page("round_draft")))
    answer = leader.post(page("round_draft"), typed(school, school_class))
    made = ConferenceRound.objects.get()
    assert answer.url == made.get_absolute_url()
    assert made.opens_at.astimezone(school.zone).time() == time(8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": "0"},
        {"minutes": "999"},
        {"minutes": "many"},
        {"closes_at": "2020-01-01T20:00"},
        {"closes_at": "2999-01-01T20:00"},
        {"closes_at": "0001-01-01T00:00"},
        {"opens_at": "9999-12-31T23:59"},
        {"early_opens_at": "2100-01-01T08:00"},
        {"classes": ["0"]},
        {"classes": ["x' OR 1=1"]},
        {"title": "x" * 121},
        {"title": "nul\x00"},
        {"invite_on": "9999-12-31"},
    ],
    ids=str,
)
def test_round_draft_keeps_what_was_written_when_something_is_wrong(leader, school, school_class, wrong):
    answer = leader.post(page("round_draft"), typed(school, school_class, principle="Hand in hand", **wrong))
    assert answer.status_code == 200
    assert "Hand in hand" in markup(answer)
    assert 'class="ds-validation-message"' in markup(answer) or "ds-error-summary" in markup(answer)
    assert not ConferenceRound.objects.exists()


def test_round_draft_takes_no_class_of_another_school(leader, school):
    elsewhere = make.school_class("1A", at=make.school("Elsewhere"))
    assert leader.post(page("round_draft"), typed(school, elsewhere)).status_code == 200
    assert not ConferenceRound.objects.exists()


def test_round_edit_shows_the_hours_of_the_wall_and_saves(leader, draft, school, school_class):
    leader.post(page("round_edit", draft.pk), typed(school, school_class, opens_at=f"{school.today()}T07:30"))
    assert f'value="{school.today()}T07:30"' in markup(leader.get(page("round_edit", draft.pk)))


def test_round_edit_says_so_when_the_round_has_closed_meanwhile(leader, round, school, school_class, principal):
    actions.close_round(round, by=principal)
    answer = leader.post(page("round_edit", round.pk), typed(school, school_class, title="My long title"))
    assert answer.status_code == 200
    assert "My long title" in markup(answer)
    round.refresh_from_db()
    assert round.title == "Autumn conferences"


def test_round_publish_names_who_is_missing_then_calls(leader, draft, school, teacher):
    other = make.school_class("5A", at=school, grades=(5,))
    late = make.holder(Role.Kind.CONTACT_TEACHER, other, "Per", "Hansen")
    draft.classes.add(other)
    assert "Per Hansen" in markup(leader.get(page("round_publish", draft.pk)))
    assert "Per Hansen" in markup(leader.post(page("round_publish", draft.pk), {"send": 1}))
    make.slot(draft, late)
    answer = leader.post(page("round_publish", draft.pk), {"send": 1})
    assert answer.url == draft.get_absolute_url()
    assert Conference.objects.count() == 1
    assert leader.post(page("round_publish", draft.pk), {"send": 1}).status_code == 302  # pressed twice
    assert Conference.objects.count() == 1


def test_round_publish_says_on_which_day_families_are_called(leader, draft, school, nora):
    ConferenceRound.objects.update(notice_days=0)
    address = page("round_publish", draft.pk)
    assert "Call the family of 1 child</button>" in markup(leader.get(address))
    later = school.today() + timedelta(days=1)
    ConferenceRound.objects.update(invite_on=later)
    on = " ".join(in_words(later).split())
    assert f"Call the family of 1 child on {on}</button>" in markup(leader.get(address))
    assert f"is called on {on}." in markup(leader.post(address, {"send": 1}, follow=True))


def test_round_publish_warns_of_classes_that_have_a_round_under_way(leader, draft, school, school_class):
    address, warning = page("round_publish", draft.pk), "have a round under way"
    other = make.round(make.school_class("5B", at=school, grades=(5,)), title="Conferences in 5B")
    make.round(school_class, title="Long over", state="closed", ended_at=timezone.now())
    assert warning not in markup(leader.get(address))
    other.classes.add(school_class)
    html = markup(leader.get(address))
    assert warning in html
    assert "Conferences in 5B" in html
    assert "Long over" not in html


def test_round_publish_asks_why_when_it_is_late_and_the_board_reads_it(leader, draft, school):
    """B8a: the school calls in good time: the reason why it did not is read by its board."""
    ConferenceSlot.objects.all().delete()
    make.slot(draft, Role.objects.get(kind="contact_teacher").person, days=5)
    assert "late_reason" in markup(leader.get(page("round_publish", draft.pk)))
    assert leader.post(page("round_publish", draft.pk), {"late_reason": ""}).status_code == 200
    leader.post(page("round_publish", draft.pk), {"late_reason": "The hall burnt down"})
    member = make.holder(Role.Kind.BOARD_MEMBER, school)
    assert "The hall burnt down" in markup(as_(member).get(page("late_list")))
    elsewhere = make.holder(Role.Kind.BOARD_MEMBER, make.school("Elsewhere"))
    assert "The hall burnt down" not in markup(as_(elsewhere).get(page("late_list")))


def test_round_copy_opens_the_copy(leader, round):
    answer = leader.post(page("round_copy", round.pk))
    copy = ConferenceRound.objects.exclude(pk=round.pk).get()
    assert answer.url == page("round_edit", copy.pk)


def test_round_close_and_cancel(leader, round):
    leader.post(page("round_close", round.pk))
    round.refresh_from_db()
    assert round.state == "closed"
    answer = leader.post(page("round_cancel", round.pk), {"because": "Strike"})
    assert answer.status_code == 200
    assert "Strike" in markup(answer)


def test_round_show_counts(leader, conference, round, amina, slot, teacher, school_class):
    make.conference(round, make.pupil("Iver", in_class=school_class), teacher)
    make.booked(conference, by=amina, at=slot)
    standing = leader.get(page("round_show", round.pk)).context["standing"]
    assert (standing.children, standing.booked, standing.not_booked, standing.held) == (2, 1, 1, 0)
    mine = as_(teacher).get(page("round_show", round.pk))
    assert mine.context["standing"].children == 2
    assert not mine.context["rows"]


@pytest.mark.parametrize("name", ["round_show", "round_times", "times_add", "round_sick"])
def test_pages_of_a_round_are_hidden_from_others(round, amina, conference, school, name):
    stranger = make.holder(Role.Kind.CONTACT_TEACHER, make.school_class("9A", at=school, grades=(9,)))
    assert as_(stranger).get(page(name, round.pk)).status_code == 404
    assert as_(amina).get(page(name, round.pk)).status_code == 403
    assert Client().get(page(name, round.pk)).status_code == 302


@pytest.mark.parametrize("name", ["round_edit", "round_publish", "round_cancel", "round_grid"])
def test_leading_is_denied_to_teachers(round, teacher, name):
    assert as_(teacher).get(page(name, round.pk)).status_code == 403


def test_setting_edit_saves_and_refuses(leader, school):
    said = {"minutes": 25, "gap_minutes": 5, "notice_days": 21, "plan_days": 7, "talks_a_year": 2}
    assert leader.post(page("setting_edit"), said | {"minutes": 0}).status_code == 200
    assert not ConferenceSetting.objects.exists()
    assert leader.post(page("setting_edit"), said).status_code == 302
    assert ConferenceSetting.objects.get().notice_days == 21


def test_room_list_adds_and_takes_away(leader, school):
    leader.post(page("room_list"), {"name": " 2   04 "})
    room = Room.objects.get()
    assert room.name == "2 04"
    assert leader.post(page("room_list"), {"name": "2 04"}).status_code == 200
    leader.post(page("room_remove", room.pk))
    assert not Room.objects.exists()


def test_rooms_of_another_school_cannot_be_taken_away(leader):
    room = make.school("Elsewhere").rooms.create(name="1")
    assert leader.post(page("room_remove", room.pk)).status_code == 404


def test_a_leader_of_two_schools_chooses_which(principal, leader, school):
    other = make.school("Andeby skole")
    make.role(principal, Role.Kind.PRINCIPAL, other)
    leader.post(f"{page('room_list')}?school={school.pk}", {"name": "204"})
    assert Room.objects.get().school == school
    assert leader.get(f"{page('room_list')}?school=forged").status_code == 200


# Times


def test_times_add_makes_them(round, teacher, school):
    answer = as_(teacher).post(page("times_add", round.pk), offered(school))
    assert answer.status_code == 302
    assert ConferenceSlot.objects.count() == 5


def test_times_add_names_what_was_left_out(round, teacher, school):
    make.slot(round, teacher)
    answer = as_(teacher).post(page("times_add", round.pk), offered(school))
    assert answer.status_code == 200
    assert answer.context["offered"].made == 4
    assert len(answer.context["offered"].left_out) == 1


def test_times_add_without_an_end_is_one_time(round, teacher, school):
    as_(teacher).post(page("times_add", round.pk), offered(school, ends="", minutes=45))
    slot = ConferenceSlot.objects.get()
    assert slot.ends_at - slot.starts_at == timedelta(minutes=45)


def test_times_add_on_the_workdays_between(round, teacher, school):
    last = school.today() + timedelta(days=28)
    as_(teacher).post(
        page("times_add", round.pk), offered(school, last_day=last.isoformat(), weekdays=["0", "1"], ends="")
    )
    assert ConferenceSlot.objects.count() == 4
    assert {slot.starts_at.astimezone(school.zone).weekday() for slot in ConferenceSlot.objects.all()} == {0, 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": "0"},
        {"minutes": "999"},
        {"ends": "15:00"},
        {"ends": "16:10"},
        {"day": "2020-01-01"},
        {"day": "9999-12-31"},
        {"last_day": "2020-01-01"},
        {"last_day": "2998-01-01"},
        {"starts": "23:50", "ends": ""},
        {"room": "0"},
        {"room": "forged"},
        {"video_url": "javascript:alert(1)"},
        {"break_after": "-1"},
        {"weekdays": ["9"]},
    ],
    ids=str,
)
def test_times_add_says_what_is_wrong_and_loses_nothing(round, teacher, school, wrong):
    answer = as_(teacher).post(page("times_add", round.pk), offered(school, gap="7") | wrong)
    assert answer.status_code == 200
    assert 'value="7"' in markup(answer)
    assert answer.context["form"].errors
    assert not ConferenceSlot.objects.exists()


def test_times_add_after_the_round_closed_keeps_the_form(round, teacher, school, principal):
    actions.close_round(round, by=principal)
    answer = as_(teacher).post(page("times_add", round.pk), offered(school, gap="7"))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert 'value="7"' in markup(answer)


def test_leaders_choose_the_teacher_in_the_address(leader, round, teacher, school):
    url = page("round_times", round.pk)
    assert leader.get(url).status_code == 302
    assert teacher.full_name in markup(leader.get(f"{url}?teacher={teacher.key}"))
    assert leader.get(f"{url}?teacher=forged").status_code == 404
    stranger = make.holder(Role.Kind.CONTACT_TEACHER, make.school_class("9A", at=school, grades=(9,)))
    assert leader.get(f"{url}?teacher={stranger.key}").status_code == 404
    leader.post(f"{page('times_add', round.pk)}?teacher={teacher.key}", offered(school))
    assert ConferenceSlot.objects.filter(teacher=teacher).count() == 5


def test_a_colleague_cannot_be_chosen(round, teacher, school_class, school):
    colleague = make.holder(Role.Kind.SUBJECT_TEACHER, school_class)
    url = f"?teacher={teacher.key}"
    assert as_(colleague).get(page("round_times", round.pk) + url).status_code == 403
    assert as_(colleague).post(page("times_add", round.pk) + url, offered(school)).status_code == 403
    assert as_(colleague).post(page("times_clear", round.pk) + url).status_code == 403


def test_a_talk_with_an_interpreter_takes_the_next_time_on_the_teachers_pages_too(
    leader, conference, round, teacher, slot, amina
):
    after = make.slot(round, teacher, minute=25)
    actions.book(conference, by=amina, slot=slot, language="so")

    answer = as_(teacher).get(page("round_times", round.pk))

    ((talk, taken_up),) = answer.context["days"].values()
    assert (talk.ends_at, taken_up.is_hidden, taken_up.may_go) == (after.ends_at, True, False)
    assert answer.context["free"] == 0
    assert "Occupied" in markup(answer)
    assert page("slot_remove", after.pk) not in markup(answer)
    assert "Occupied" in markup(leader.get(page("round_grid", round.pk)))


def test_slot_buttons(round, teacher, slot, school_class):
    own = as_(teacher)
    own.post(page("slot_block", slot.pk), {"blocked": "on"})
    assert ConferenceSlot.objects.get().blocked
    own.post(page("slot_block", slot.pk))
    assert not ConferenceSlot.objects.get().blocked
    colleague = as_(make.holder(Role.Kind.SUBJECT_TEACHER, school_class))
    assert colleague.post(page("slot_remove", slot.pk)).status_code == 404
    own.post(page("slot_remove", slot.pk))
    assert own.post(page("slot_remove", slot.pk)).status_code == 404
    make.slot(round, teacher)
    own.post(page("times_clear", round.pk))
    assert not ConferenceSlot.objects.exists()


# An ill teacher


def test_round_sick_shows_whom_it_concerns_before_anything_happens(
    leader, conference, round, amina, yusuf, slot, school
):
    make.booked(conference, by=amina, at=slot)
    day = slot.starts_at.astimezone(school.zone).date()
    url = f"{page('round_sick', round.pk)}?teacher={conference.teacher.key}&day={day}"
    shown = leader.get(url)
    assert (len(shown.context["ill"].bookings), len(shown.context["outlook"].people)) == (1, 2)
    assert Booking.objects.exists()
    assert leader.post(url, {"new_day": day.isoformat(), "because": "So sorry"}).status_code == 200
    assert Booking.objects.exists()
    assert leader.post(url, {"because": "So sorry"}).status_code == 302
    assert not Booking.objects.exists()
    assert leader.post(url, {"because": "So sorry"}).status_code == 200


def test_round_sick_warns_when_the_teacher_has_too_few_free_times(
    leader, conference, round, amina, slot, school, teacher
):
    make.booked(conference, by=amina, at=slot)
    make.slot(round, teacher, hour=17)  # the same day
    day = slot.starts_at.astimezone(school.zone).date()
    url = f"{page('round_sick', round.pk)}?teacher={teacher.key}&day={day}"
    assert "Not every family will find a new time" in leader.get(url).content.decode()
    make.slot(round, teacher, days=16)
    assert "Not every family will find a new time" not in leader.get(url).content.decode()


@pytest.mark.parametrize("wrong", ["?teacher=forged&day=2026-12-01", "?teacher=&day=x", "?day=9999-99-99"])
def test_round_sick_takes_no_forged_choice(leader, round, teacher, wrong):
    answer = leader.get(page("round_sick", round.pk) + wrong)
    assert answer.status_code == 200
    assert not answer.context["is_chosen"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_round_sick_survives_the_ends_of_time(leader, round, teacher, day):
    answer = leader.get(f"{page('round_sick', round.pk)}?teacher={teacher.key}&day={day}")
    assert answer.status_code == 200
    assert answer.context["who"].errors


# How many questions


def fill(round, school, number, *, booked=False):
    for count in range(number):
        school_class = make.school_class(f"{count}{round.pk}C", at=school, grades=(4,))
        round.classes.add(school_class)
        teacher = make.holder(Role.Kind.CONTACT_TEACHER, school_class, f"T{count}", "Lærer")
        slots = [make.slot(round, teacher, hour=hour) for hour in (16, 17)]
        child, adult = make.family(school_class, pupil_name=f"B{count}", family_name=f"Hjem{count}")
        make.booked(make.conference(round, child, teacher), by=adult, at=slots[0])


@pytest.mark.parametrize("name", ["round_show", "round_publish", "round_grid"])
def test_thirty_teachers_cost_no_more_than_three(leader, school, name):
    state = "draft" if name == "round_publish" else "published"
    few, many = (make.round(make.school_class(letter, at=school), state="published") for letter in "XY")
    fill(few, school, 3)
    fill(many, school, 30)
    ConferenceRound.objects.filter(pk__in=[few.pk, many.pk]).update(
        state=state, published_at=None if state == "draft" else few.published_at
    )
    assert queries(leader, page(name, few.pk)) == queries(leader, page(name, many.pk))


def test_the_grid_asks_eight_questions_in_all(leader, round, school):
    fill(round, school, 3)
    queries(leader, page("round_grid", round.pk))  # what a process asks once in its life
    assert queries(leader, page("round_grid", round.pk)) == 8


def test_thirty_times_cost_no_more_than_three(round, teacher, school):
    own, url = as_(teacher), page("round_times", round.pk)
    for hour in (8, 9, 10):
        make.slot(round, teacher, hour=hour)
    few = queries(own, url)
    for day in range(16, 25):
        for hour in (8, 9, 10):
            make.slot(round, teacher, days=day, hour=hour)
    assert queries(own, url) == few


def test_thirty_rounds_cost_no_more_than_three(leader, school_class, principal):
    for _number in range(3):
        make.round(school_class)
    few = queries(leader, page("round_list"))
    for _number in range(27):
        make.round(school_class)
    assert queries(leader, page("round_list")) == few


def test_a_child_with_a_talk_in_each_home_has_a_time_when_both_have(round, nora, amina, yusuf, teacher, principal):
    mine = make.conference(round, nora, teacher, home=amina.household)
    make.conference(round, nora, teacher, home=yusuf.household)
    make.booked(mine, by=amina, at=make.slot(round, teacher))
    standing = standing_of(round, principal)
    assert (standing.children, standing.booked, standing.not_booked) == (1, 0, 1)
