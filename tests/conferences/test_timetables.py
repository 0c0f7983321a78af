"""A whole school's timetable by the real planner, on small schools."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from conferences import actions, tasks
from conferences.actions import timetables
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSlot,
    InterpreterRequest,
    NotNow,
    Placement,
    SlotTaken,
    Timetable,
)
from conferences.planner import child
from conferences.queries.moving import choices_of
from conferences.queries.timetables import puzzle_of
from portal.ledger.models import Event
from portal.people.models import Household, the_portal
from tests import make

SECONDS = 3


@pytest.fixture(autouse=True)
def quiet_broker(monkeypatch):
    """No worker listens in a test; the tasks are called by name."""
    rung = []
    monkeypatch.setattr(timetables, "ring", lambda task, timetable: rung.append((task, timetable.pk)))
    return rung


@pytest.fixture
def other_class(school):
    return make.school_class("5A", at=school, grades=(5,))


@pytest.fixture
def other_teacher(other_class):
    return make.holder("contact_teacher", other_class, "Bo", "Berg")


@pytest.fixture
def both(school_class, other_class):
    """A round of both classes that families know of, before booking opens."""
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


def test_siblings_come_back_to_back(both, school_class, other_class, teacher, other_teacher, principal, amina, nora):
    elias = make.pupil("Elias", "Warsame", in_class=other_class)
    make.confirmed(amina, elias)
    first, second = make.conference(both, nora, teacher), make.conference(both, elias, other_teacher)
    times(both, teacher, 3, days=15)
    times(both, teacher, 1, days=16, hour=18)
    times(both, other_teacher, 1, days=16, hour=18)
    times(both, other_teacher, 1, days=16, hour=17, )
    times(both, other_teacher, 1, days=15, hour=17)
    timetable = planned(both, principal)
    slots = sorted((at(timetable, first), at(timetable, second)), key=lambda slot: slot.starts_at)
    assert timetable.state == "proposed"
    assert timedelta(minutes=5) <= slots[1].starts_at - slots[0].ends_at <= timedelta(minutes=20)
    assert timetable.objective == timetable.bound
