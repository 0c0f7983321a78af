"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from portal.people.models import Enrolment, Person, the_portal
from tests import make
from tests.ground import once


@once
def lia(db):
    return make.school()


def test_names_sort_as_in_the_alphabet(db):
    for family_name in ["Østby", "Aasen", "Zahl", "Ærø", "Berg"]:
        make.person("Kim", family_name)

    assert [person.family_name for person in Person.objects.in_name_order()] == [
        "Berg",
        "Zahl",
        "Ærø",
        "Østby",
        "Aasen",
    ]


def test_a_child_has_one_place_in_a_class_at_a_time(lia):
    a_class = make.school_class(at=lia)
    nora = make.pupil(in_class=a_class)

    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(pupil=nora, school_class=a_class, valid_from=date(2099, 1, 1))


def test_a_child_may_be_in_two_classes(lia):
    nora = make.pupil(in_class=make.school_class("1A", at=lia))

    Enrolment.objects.create(
        pupil=nora, school_class=make.school_class("Choir", at=lia), valid_from=lia.years.first().starts_on
    )

    assert nora.enrolments.current().count() == 2


def test_whoever_is_confirmed_as_guardian_gets_a_home_of_ones_own(lia):
    school_class = make.school_class(at=lia)
    child = make.pupil(in_class=school_class)
    amira, yusuf = make.person("Amira"), make.person("Yusuf")
    for adult in (amira, yusuf):
        make.confirmed(adult, child)
        adult.refresh_from_db()
    assert amira.household_id is not None
    assert yusuf.household_id not in (None, amira.household_id)


def test_no_confirmed_guardian_is_without_a_home(lia):
    """Not even by hand: the action that confirms gives a home before it ends."""
    alone = make.person("Amira")
    relation = make.proposed(alone, make.pupil(in_class=make.school_class(at=lia)))
    by_hand = (
        "UPDATE people_guardianrelation SET state = 'confirmed', confirmed_at = now(), confirmed_by_id = %s"
        " WHERE id = %s"
    )
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(by_hand, [the_portal().pk, relation.pk])
        with pytest.raises(IntegrityError, match="has a home"):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_guardian_keeps_a_home(lia):
    amira = make.family(make.school_class(at=lia))[1]
    with pytest.raises(IntegrityError, match="keeps a home"), transaction.atomic():
        Person.objects.filter(pk=amira.pk).update(household=None)
    with pytest.raises(IntegrityError, match="keeps a home"), transaction.atomic():
        amira.household.delete()
