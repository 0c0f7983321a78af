"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.people.models import Enrolment, Person
from tests import make


@pytest.fixture
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
