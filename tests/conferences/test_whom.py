"""Whom a talk is for, in all the forms in which it can be asked."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from conferences.models import (
    Conference,
    InterpreterRequest,
    TimeWish,
    guardians_of_each,
    with_talks,
)
from conferences.queries.leaving import needs_interpreter
from conferences.queries.times import homes_of, taking_part
from conferences.spans import overlapping, overlaps
from portal.people import actions
from portal.people.models import GuardianRelation, the_portal
from tests import make


@pytest.fixture(params=["together", "her own", "his own"])
def talk(request, conference, amina, yusuf):
    home = {"together": None, "her own": amina.household_id, "his own": yusuf.household_id}[request.param]
    Conference.objects.filter(pk=conference.pk).update(home=home)
    return Conference.objects.with_homes().get(pk=conference.pk)


def told(talk):
    pairs = with_talks(GuardianRelation.objects.live()).filter(talk=talk.pk)
    alone = Conference.objects.filter(pk=talk.pk)
    talk = alone.with_homes().get()
    people = list(talk.guardians())
    assert people == guardians_of_each([talk])[talk.pk] == list(talk.guardians_who_were())
    assert people == list(alone.guardians().in_name_order())
    assert {person.pk for person in people} == set(pairs.values_list("guardian", flat=True))
    assert people == [one for one in people if talk.is_for(one.household_id)]
    assert people == [one for one in people if Conference.objects.of_guardian(one).filter(pk=talk.pk).exists()]
    assert set(talk.homes) == set(homes_of(talk)) == set(taking_part(talk)[1])
    return people


def test_every_form_says_the_same(talk, amina, yusuf):
    meant = {None: [amina, yusuf], amina.household_id: [amina], yusuf.household_id: [yusuf]}[talk.home_id]

    assert told(talk) == meant
    assert talk.homes == sorted({one.household_id for one in meant})


def test_who_is_no_guardian_any_more_is_meant_in_no_form(talk, amina, yusuf):
    actions.end_relation(GuardianRelation.objects.get(guardian=yusuf), by=the_portal())

    assert told(talk) == ([] if talk.home_id == yusuf.household_id else [amina])


def test_a_home_of_two_is_one_home(conference, nora, amina, yusuf):
    adult = make.guardian("Liv", of=nora)
    type(adult).objects.filter(pk=adult.pk).update(household=amina.household)
    talk = Conference.objects.with_homes().get(pk=conference.pk)

    assert talk.homes == sorted([amina.household_id, yusuf.household_id])


def test_an_extra_conversation_is_changed_until_a_day_before(conference, round):
    now = timezone.now()
    round.change_hours = 48
    conference.round = round
    extra = Conference(round=None)

    assert conference.last_start_to_change(now) == now + timedelta(hours=48)
    assert extra.last_start_to_change(now) == now + timedelta(hours=24)


@pytest.mark.parametrize(
    ("hour", "minute", "part"),
    [(0, 0, "morning"), (11, 59, "morning"), (12, 0, "afternoon"), (15, 59, "afternoon"), (16, 0, "evening")],
)
def test_every_hour_is_in_one_part_of_the_day(hour, minute, part):
    assert TimeWish.word_at(datetime(2026, 11, 10, hour, minute)) == f"2026-11-10 {part}"


def test_times_that_touch_do_not_overlap(round, teacher):
    begin = timezone.now() + timedelta(days=20)
    ten = timedelta(minutes=10)
    spans = [(begin + n * ten, begin + (n + 1) * ten) for n in range(4)]
    for start, end in spans:
        round.slots.create(teacher=teacher, starts_at=start, ends_at=end)
    during = begin + ten, begin + 3 * ten
    found = round.slots.filter(overlaps(*during)).order_by("starts_at")

    assert list(overlapping(spans, *during)) == spans[1:3]
    assert list(found.values_list("starts_at", "ends_at")) == spans[1:3]


STATES = InterpreterRequest.State


@pytest.mark.parametrize(
    ("state", "is_known", "counts", "at_agency"),
    [
        (STATES.ASKED, False, True, False),
        (STATES.ASKED, True, True, True),
        (STATES.ORDERED, True, True, True),
        (STATES.CONFIRMED, True, True, True),
        (STATES.CANCELLED, True, False, True),
        (STATES.CANCELLED, False, False, False),
    ],
)
def test_an_interpreter_counts_until_cancelled_and_is_called_off_while_the_agency_knows(
    conference, amina, state, is_known, counts, at_agency
):
    make.booked(conference, by=amina)
    asked = InterpreterRequest.objects.create(
        conference=conference,
        household=amina.household,
        language="so",
        state=state,
        ordered_at=timezone.now() if is_known else None,
        asked_by=amina,
    )
    talk = Conference.objects.get(pk=conference.pk)

    assert InterpreterRequest.objects.not_cancelled().exists() == counts
    assert InterpreterRequest.objects.not_settled().exists() == (counts or at_agency)
    assert list(needs_interpreter([talk])) == ([asked] if at_agency else [])
