import pytest
from django.utils import translation

from portal.people.models import Role
from tests import make
from tests.ground import once


@pytest.fixture(autouse=True)
def _english(_no_language_left_over):
    """Refusals and letters are read in their source language."""
    with translation.override("en"):
        yield


@once
def school(db):
    return make.school()


@once
def school_class(school):
    return make.school_class("3B", at=school, grades=(3,))


@once
def teacher(school_class):
    return make.holder(Role.Kind.CONTACT_TEACHER, school_class, "Anne", "Bjørnstad")


@once
def principal(school):
    return make.holder(Role.Kind.PRINCIPAL, school, "Gro", "Leder")


@once
def round(school_class):
    return make.round(school_class)


@once
def nora(school_class):
    return make.pupil("Nora", "Warsame", in_class=school_class)


@once
def amina(nora):
    """Nora's mother, in her first home."""
    return make.guardian("Amina", "Warsame", of=nora)


@once
def yusuf(nora):
    """Nora's father, in her second home."""
    return make.guardian("Yusuf", "Warsame", of=nora)


@once
def conference(round, nora, amina, teacher):
    return make.conference(round, nora, teacher)


@once
def slot(round, teacher):
    return make.slot(round, teacher)
