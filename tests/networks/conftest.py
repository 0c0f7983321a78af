"""A class of four homes, its contact among them, and a gathering everyone is invited to."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from networks import actions
from networks.models import Gathering
from portal.people.models import Role
from tests import make
from tests.ground import once


@once
def town(db):
    school = make.school("Lia skole")
    first = make.school_class("1A", at=school)
    second = make.school_class("1B", at=school)
    iver, jurgita = make.family(first, pupil_name="Iver", adult_name="Jurgita", family_name="Nordlie")
    nora, amira = make.family(first, pupil_name="Nora", adult_name="Amira", family_name="Warsame")
    ben = make.guardian("Ben", "Dahl", of=nora)
    _liv, carla = make.family(second, pupil_name="Liv", adult_name="Carla", family_name="Moe")
    make.role(jurgita, Role.Kind.CLASS_CONTACT, first)
    return SimpleNamespace(
        school=school,
        first=first,
        second=second,
        iver=iver,
        jurgita=jurgita,
        nora=nora,
        amira=amira,
        ben=ben,
        carla=carla,
        principal=make.holder(Role.Kind.PRINCIPAL, school, "Solveig", "Haugen"),
    )


@once
def bonfire(town):
    return make.published(town.first, by=town.jurgita)


@once
def draft(town):
    return make.gathering(town.first, by=town.jurgita)


@once
def evening(town):
    """For adults alone."""
    return make.published(town.first, by=town.jurgita, title="About screens", kind="adults")


@pytest.fixture
def answers(bonfire):
    return lambda: dict(Gathering.objects.get(pk=bonfire.pk).rsvps.values_list("household", "answer"))


@pytest.fixture
def noon():
    with time_machine.travel(datetime(2026, 11, 10, 12, tzinfo=ZoneInfo("Europe/Oslo")), tick=False) as clock:
        yield clock


@pytest.fixture
def full(noon, town):
    """Room for two, whom Jurgita's home brings."""
    made = make.published(town.first, by=town.jurgita, days=20, title="Lantern walk", capacity=2)
    actions.answer(made, by=town.jurgita, household=town.jurgita.household, answer="yes")
    return made


@once
def eva(town):
    return make.family(town.first, pupil_name="Alma", adult_name="Eva", family_name="Lund")[1]
