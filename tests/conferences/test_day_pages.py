"""The pages of the day and of those without a time: what they show, whom they keep out, how much they ask."""

import io
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from conferences import actions
from conferences.models import (
    Booking,
    Conference,
    InterpreterRequest,
    Participant,
    Preparation,
    TimeRequest,
)
from conferences.queries.day import day_of
from portal.ledger.models import Event
from portal.people.models import AddressProtection
from portal.speech import when
from tests import make
from tests.ground import once
from tests.pages import address, as_, text

page = partial(address, "conferences")

pytestmark = pytest.mark.django_db


@once
def booked(conference, amina, yusuf, slot):
    return make.booked(conference, by=amina, at=slot, note="How do we read at home?")


@once
def on(booked, school):
    return booked.booking.starts_at.astimezone(school.zone).date().isoformat()


def fill(round, teacher, school_class, numbers, *, booked=True):
    for number in numbers:
        child, adult = make.family(school_class, pupil_name=f"Barn{number}", family_name=f"Hjem{number}")
        called = make.conference(round, child, teacher)
        if booked:
            hour, minute = divmod(6 * 60 + number * 25, 60)
            make.booked(called, by=adult, at=make.slot(round, teacher, hour=hour, minute=minute))


# The day


def test_teacher_day_shows_the_talk_and_who_has_no_time(booked, teacher, on, round, school_class):
    fill(round, teacher, school_class, [1], booked=False)
    shown = text(as_(teacher).get(page("teacher_day", on)))
    assert "Nora Warsame" in shown
    assert "Amina, Yusuf" in shown
    assert "How do we read at home?" in shown
    assert "Barn1 Hjem1" in shown
    assert "1 has a time" in shown


def test_teacher_day_marks_now_and_next(booked, teacher, on, round, school_class):
    fill(round, teacher, school_class, [30])
    with time_machine.travel(booked.booking.starts_at + timedelta(minutes=5), tick=False):
        talks = day_of(teacher, booked.booking.starts_at.date(), teacher).talks
        answer = as_(teacher).get(page("teacher_day")).content.decode()
    assert [(talk.is_now, talk.is_next) for talk in talks] == [(True, False), (False, True)]
    assert talks[1].pause_from == booked.booking.ends_at
    assert 'aria-current="true"' in answer
    assert page("talk_late") in answer


def test_teacher_day_leads_to_the_days_ahead_with_how_many_talks_each_has(booked, teacher, on, round, school_class):
    fill(round, teacher, school_class, [30])
    today = booked.booking.starts_at.date() - timedelta(days=2)
    with time_machine.travel(booked.booking.starts_at - timedelta(days=2), tick=False):
        assert day_of(teacher, today, teacher).days == [(today, 0), (booked.booking.starts_at.date(), 2)]
        shown = text(as_(teacher).get(page("teacher_day")))
    assert ", 0 talks" in shown
    assert ", 2 talks" in shown


def test_teacher_day_knows_the_siblings_talk_and_the_two_homes(round, nora, amina, yusuf, teacher, school):
    first = make.conference(round, nora, teacher, home=amina.household)
    second = make.conference(round, nora, teacher, home=yusuf.household)
    elias = make.pupil("Elias", "Warsame", in_class=make.school_class("5A", at=school, grades=(5,)))
    make.confirmed(amina, elias)
    other = make.holder("contact_teacher", elias.enrolments.get().school_class, "Eva", "Fem")
    make.booked(make.conference(round, elias, other), by=amina, at=make.slot(round, other, hour=15, minute=30))
    make.booked(first, by=amina, at=make.slot(round, teacher))
    late = make.booked(second, by=yusuf, at=make.slot(round, teacher, hour=17))
    one, two = day_of(teacher, late.booking.starts_at.date(), teacher).talks
    assert (one.conference.after_sibling, two.conference.after_sibling) == (True, False)
    answer = text(as_(teacher).get(page("teacher_day", late.booking.starts_at.date())))
    with translation.override("en"):
        at = " ".join(when(late.booking.starts_at, school).split())
    assert f"Two homes: the other talk is {at}" in answer
    assert (one.who, two.who) == (["Amina"], ["Yusuf"])


def test_teacher_day_says_what_the_interpreter_needs(booked, teacher, on, amina):
    InterpreterRequest.objects.create(conference=booked, language="so", asked_by=amina, state="confirmed")
    assert "Somali: confirmed" in text(as_(teacher).get(page("teacher_day", on)))


def test_teacher_day_hides_own_children_and_those_kept_from_one(booked, teacher, principal, on, nora):
    make.confirmed(principal, nora)
    led = f"{page('teacher_day', on)}?teacher={teacher.pk}"
    assert "Nora" not in text(as_(principal).get(led))
    make.confirmed(teacher, nora)
    make.restricted(teacher, nora)
    assert "Nora" not in text(as_(teacher).get(page("teacher_day", on)))


def test_leaders_choose_a_teacher_and_others_may_not(booked, teacher, principal, on, school_class):
    assert "Anne Bjørnstad" in text(as_(principal).get(page("teacher_day", on)))
    led = f"{page('teacher_day', on)}?teacher={teacher.pk}"
    assert "Nora Warsame" in text(as_(principal).get(led))
    other = make.holder("subject_teacher", school_class, "Per", "Regn")
    elsewhere = make.holder("principal", make.school("Elsewhere"))
    assert [as_(person).get(led).status_code for person in (other, elsewhere)] == [404, 404]
    assert as_(teacher).get(f"{page('teacher_day')}?teacher=x").status_code == 404
    assert as_(teacher).get(page("teacher_day", "no-day")).status_code == 404


@pytest.mark.parametrize("kind", ["", "?names=1"])
def test_the_door_tells_no_family(booked, teacher, on, kind, amina):
    shown = text(as_(teacher).get(f"{page('day_door', on)}{kind}"))
    assert "Warsame" not in shown
    assert "Amina" not in shown
    assert ("Nora" in shown) == (kind != "")
    AddressProtection.objects.create(person=amina, grade="strict", valid_from=make.LONG_AGO)
    protected = text(as_(teacher).get(f"{page('day_door', on)}{kind}"))
    assert "Nora" not in protected
    assert "Occupied" in protected


def test_the_door_of_another_teacher_stays_theirs_with_and_without_names(booked, teacher, principal, on):
    client, theirs = as_(principal), f"?teacher={teacher.pk}"
    day = client.get(page("teacher_day", on) + theirs).content.decode()
    assert f'href="{page("day_door", on)}{theirs}"' in day
    door = client.get(page("day_door", on) + theirs).content.decode()
    assert f'href="{theirs}&amp;names=1"' in door
    assert (
        f'href="{page("day_door", on)}{theirs}"'
        in client.get(f"{page('day_door', on)}{theirs}&names=1").content.decode()
    )


def test_talk_late_tells_the_next_two_families(booked, teacher, round, school_class):
    fill(round, teacher, school_class, [26, 27, 28])
    with time_machine.travel(booked.booking.starts_at - timedelta(minutes=1), tick=False):
        client = as_(teacher)
        client.post(page("talk_late"), {"minutes": 10})
        told = Event.objects.filter(verb="conferences.talk_late").order_by("pk")
        assert len(told) == 2
        assert told[0].details == {"minutes": 10, "conferences": [booked.pk]}
        client.post(page("talk_late"), {"minutes": 10})
        assert told.count() == 2


def test_teacher_day_asks_no_more_for_thirty_talks(round, teacher, school_class):
    client, asked = as_(teacher), []
    for numbers in (range(3), range(3, 30)):
        fill(round, teacher, school_class, numbers)
        fill(round, teacher, school_class, [number + 100 for number in numbers], booked=False)
        day = Booking.objects.latest("starts_at").starts_at.date().isoformat()
        with CaptureQueriesContext(connection) as counted:
            shown = client.get(page("teacher_day", day))
        asked.append(len(counted))
        assert f"Barn{numbers[-1]}" in text(shown)
    assert asked[0] == asked[1] <= 8


# One talk


def test_talk_show_has_the_facts_and_the_phones(booked, teacher, amina):
    amina.phone = "+4741234567"
    amina.save()
    shown = as_(teacher).get(page("talk_show", booked.pk))
    assert "tel:+4741234567" in shown.content.decode()
    AddressProtection.objects.create(person=amina, grade="strict", valid_from=make.LONG_AGO)
    assert "tel:" not in as_(teacher).get(page("talk_show", booked.pk)).content.decode()


def test_talk_pages_are_closed_to_others(booked, amina, school_class):
    other = make.holder("subject_teacher", school_class, "Per", "Regn")
    elsewhere = make.holder("principal", make.school("Elsewhere"))
    for name in ("talk_show", "talk_attend", "talk_wanted", "talk_shared", "book_behalf", "times_offer"):
        got = [as_(person).get(page(name, booked.pk)).status_code for person in (amina, other, elsewhere)]
        assert (name, got) == (name, [403, 404, 404])


def test_the_office_sees_times_and_no_words(booked, school, amina):
    office = as_(make.holder("office", school))
    assert office.get(page("talk_show", booked.pk)).status_code == 200
    assert office.get(page("talk_shared", booked.pk)).status_code == 403
    assert office.get(page("talk_attend", booked.pk)).status_code == 403


def test_reading_what_is_shared_is_kept_and_drafts_are_not_shown(booked, teacher, amina, yusuf, round):
    Preparation.objects.create(
        conference=booked,
        part="guardian",
        household=amina.household,
        by=amina,
        ask="About maths",
        hard="Not ticked",
        shares=["ask"],
        shared_at=round.opens_at,
    )
    Preparation.objects.create(conference=booked, part="guardian", household=yusuf.household, by=yusuf, ask="A secret")
    shown = text(as_(teacher).get(page("talk_shared", booked.pk)))
    assert "About maths" in shown
    assert "A secret" not in shown
    assert "Not ticked" not in shown
    assert Event.objects.get(verb="conferences.preparations_read").by == teacher.pk


def test_talk_attend_saves_who_came(booked, teacher, amina, nora):
    with time_machine.travel(booked.booking.starts_at, tick=False):
        client = as_(teacher)
        assert "Amina Warsame" in text(client.get(page("talk_attend", booked.pk)))
        assert client.post(page("talk_attend", booked.pk), {}).status_code == 200
        client.post(page("talk_attend", booked.pk), {"came": [amina.pk, nora.pk]})
    assert Conference.objects.get().state == "held"
    assert Participant.objects.filter(came=True).count() == 2


def test_everyone_came_is_one_tap(booked, teacher):
    with time_machine.travel(booked.booking.starts_at, tick=False):
        client = as_(teacher)
        assert "Everyone came" in text(client.get(page("talk_attend", booked.pk)))
        client.post(page("talk_attend", booked.pk), {"everyone": "on"})
    assert Participant.objects.filter(came=True).count() == Participant.objects.count() > 1


def test_nobody_came_leads_to_a_new_time(booked, teacher):
    with time_machine.travel(booked.booking.starts_at, tick=False):
        client = as_(teacher)
        answer = client.post(page("talk_attend", booked.pk), {"nobody": "on"}, follow=True)
    assert answer.request["PATH_INFO"] == page("times_offer", booked.pk)
    assert "Offer a new time" in text(answer)


def test_talk_attend_before_the_talk_says_so(booked, teacher, amina):
    answer = as_(teacher).post(page("talk_attend", booked.pk), {"came": [amina.pk]})
    assert "not begun" in text(answer)


def test_talk_wanted_saves(conference, teacher):
    client = as_(teacher)
    client.post(page("talk_wanted", conference.pk), {"wanted": "offered", "wanted_note": "As you like"})
    assert Conference.objects.get().wanted == "offered"
    assert "As you like" in text(client.get(page("talk_show", conference.pk)))


def test_participants_come_and_go(booked, teacher):
    client = as_(teacher)
    wrong = client.post(page("participant_add", booked.pk), {"kind": "support"})
    assert "Write the name" in text(wrong)
    client.post(page("participant_add", booked.pk), {"kind": "support", "name": "Grandmother Faduma"})
    assert "Grandmother Faduma" in text(client.get(page("talk_show", booked.pk)))
    client.post(page("participant_remove", Participant.objects.get().pk))
    assert not Participant.objects.exists()


def test_participant_remove_is_closed_to_others(booked, teacher, amina):
    asked = actions.add_participant(booked, by=teacher, kind="support", name="Faduma")
    elsewhere = make.holder("principal", make.school("Elsewhere"))
    assert as_(elsewhere).post(page("participant_remove", asked.pk)).status_code == 404
    assert as_(amina).post(page("participant_remove", asked.pk)).status_code == 403


# Without a time


def test_book_behalf_takes_the_time_that_is_tapped(conference, teacher, slot):
    client = as_(teacher)
    assert f'value="{slot.pk}"' in client.get(page("book_behalf", conference.pk)).content.decode()
    client.post(page("book_behalf", conference.pk), {"slot": slot.pk, "mode": "phone", "language": ""})
    booking = Booking.objects.get()
    assert (booking.slot, booking.mode, booking.on_behalf) == (slot, "phone", True)


def test_book_behalf_says_when_the_time_is_gone_or_forged(conference, teacher, slot, round, school_class):
    child, adult = make.family(school_class, pupil_name="Iver", family_name="Nordlie")
    make.booked(make.conference(round, child, teacher), by=adult, at=slot)
    free = make.slot(round, teacher, hour=18)
    for key in (slot.pk, 999999, "x"):
        answer = as_(teacher).post(page("book_behalf", conference.pk), {"slot": key, "mode": "school"})
        assert answer.status_code == 409
        assert f'value="{free.pk}"' in answer.content.decode()


def test_time_assign_gives_the_first_free_time(conference, teacher, slot):
    as_(teacher).post(page("time_assign", conference.pk))
    assert Booking.objects.get().slot == slot


def test_time_assign_without_a_free_time_leads_to_offers(conference, teacher):
    assert as_(teacher).post(page("time_assign", conference.pk)).url == page("times_offer", conference.pk)


def test_offer_times_suggests_free_ones_and_keeps_them(conference, teacher, amina, slot, school):
    TimeRequest.objects.create(conference=conference, household=amina.household, text="After six", by=amina)
    client, starts = as_(teacher), slot.starts_at.astimezone(school.zone)
    shown = client.get(page("times_offer", conference.pk)).content.decode()
    assert starts.date().isoformat() in shown
    assert "After six" in shown
    client.post(page("times_offer", conference.pk), {"day_1": starts.date().isoformat(), "time_1": f"{starts:%H:%M}"})
    slot.refresh_from_db()
    assert slot.reserved_for == conference


def test_round_unbooked_gives_reasons_and_phones(round, conference, teacher, amina, school_class):
    amina.phone = "+4741234567"
    amina.save()
    alone = make.conference(round, make.pupil("Alone", in_class=school_class), teacher)
    child, _adult = make.family(school_class, pupil_name="Iver", adult_name="Ola", email="")
    make.conference(round, child, teacher)
    shown = as_(teacher).get(page("round_unbooked", round.pk))
    said = text(shown)
    assert "No guardian is registered" in said
    assert "neither e-mail nor phone" in said
    assert "tel:+4741234567" in shown.content.decode()
    assert page("talk_show", alone.pk) in shown.content.decode()


def test_round_unbooked_shows_a_teacher_the_own_children_only(round, conference, school, principal, school_class):
    other_class = make.school_class("5A", at=school, grades=(5,))
    round.classes.add(other_class)
    other = make.holder("contact_teacher", other_class, "Eva", "Fem")
    assert "Nora" not in text(as_(other).get(page("round_unbooked", round.pk)))
    assert "Nora" in text(as_(principal).get(page("round_unbooked", round.pk)))
    elsewhere = make.holder("principal", make.school("Elsewhere"))
    assert as_(elsewhere).get(page("round_unbooked", round.pk)).status_code == 404


def test_remind_unbooked_once_a_day(round, conference, teacher):
    client = as_(teacher)
    first = client.post(page("unbooked_remind", round.pk), follow=True)
    again = client.post(page("unbooked_remind", round.pk), follow=True)
    assert "1 family gets a reminder" in text(first)
    assert "less than a day ago" in text(again)


def test_round_unbooked_asks_no_more_for_thirty(round, teacher, school_class):
    client, asked = as_(teacher), []
    for numbers in (range(3), range(3, 30)):
        fill(round, teacher, school_class, numbers, booked=False)
        with CaptureQueriesContext(connection) as counted:
            client.get(page("round_unbooked", round.pk))
        asked.append(len(counted))
    assert asked[0] == asked[1]


# Interpreters


def interpreted(round, teacher, school_class, number, language="so"):
    fill(round, teacher, school_class, [number])
    called = Conference.objects.latest("pk")
    return InterpreterRequest.objects.create(conference=called, language=language, asked_by=called.booking.booked_by)


def test_interpreter_list_puts_the_same_language_in_a_row(round, teacher, school_class, school):
    for number, language in ((1, "so"), (2, "so"), (3, "pl"), (9, "so")):
        interpreted(round, teacher, school_class, number, language)
    shown = as_(make.holder("office", school)).get(page("interpreter_list"))
    said = text(shown)
    assert said.count("In a row with the talk before") == 1
    assert said.index("Polish") < said.index("Somali")


def test_interpreter_order_with_one_tap(round, teacher, school_class, school):
    asked = interpreted(round, teacher, school_class, 1)
    client = as_(make.holder("office", school))
    client.post(page("interpreter_order", asked.pk), {"state": "ordered"})
    asked.refresh_from_db()
    assert asked.state == "ordered"
    type(asked).objects.update(state="asked")
    assert "Ordered earlier: check the time" in text(client.get(page("interpreter_list")))
    type(asked).objects.update(state="ordered")
    actions.cancel_booking(asked.conference, by=teacher)
    assert "Call these off" in text(client.get(page("interpreter_list")))
    answer = client.post(page("interpreter_order", asked.pk), {"state": "cancelled"}, follow=True)
    assert "The interpreter is called off." in text(answer)


def test_the_list_for_the_agency_names_no_child(round, teacher, school_class, school):
    interpreted(round, teacher, school_class, 1)
    answer = as_(make.holder("office", school)).get(page("interpreter_file"))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[1][0] == "Somali"
    assert rows[1][2] == "06:25"
    assert "Barn1" not in str(rows)
    assert "Hjem1" not in str(rows)


def test_interpreters_are_for_the_own_office_only(round, teacher, school_class):
    asked = interpreted(round, teacher, school_class, 1)
    elsewhere = as_(make.holder("office", make.school("Elsewhere")))
    assert "Barn1" not in text(elsewhere.get(page("interpreter_list")))
    assert elsewhere.post(page("interpreter_order", asked.pk), {"state": "ordered"}).status_code == 404
    assert as_(teacher).get(page("interpreter_list")).status_code == 403


def test_interpreter_list_asks_no_more_for_thirty(round, teacher, school_class, school):
    client, asked = as_(make.holder("office", school)), []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            interpreted(round, teacher, school_class, number)
        with CaptureQueriesContext(connection) as counted:
            client.get(page("interpreter_list"))
        asked.append(len(counted))
    assert asked[0] == asked[1] <= 8
