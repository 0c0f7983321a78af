"""A class of four homes, its contact among them, and a gathering everyone is invited to."""

from types import SimpleNamespace

import pytest

from networks.models import Gathering
from portal.people.models import Role
from tests import make


@pytest.fixture
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


@pytest.fixture
def bonfire(town):
    return make.published(town.first, by=town.jurgita)


@pytest.fixture
def draft(town):
    return make.gathering(town.first, by=town.jurgita)


@pytest.fixture
def evening(town):
    """For adults alone."""
    return make.published(town.first, by=town.jurgita, title="About screens", kind="adults")


@pytest.fixture
def answers(bonfire):
    return lambda: dict(Gathering.objects.get(pk=bonfire.pk).rsvps.values_list("household", "answer"))
