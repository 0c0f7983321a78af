"""Who is no longer there, and whose address would tell where a child is: no office and no teacher finds them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.people.models import Enrolment, Person, Role
from tests import make
from tests.ground import once
from tests.pages import as_, text

pytestmark = pytest.mark.django_db
Kind = Role.Kind


def yesterday():
    return timezone.localdate() - timedelta(days=1)


POSTS = [Kind.CONTACT_TEACHER, Kind.SUBJECT_TEACHER, Kind.OFFICE, Kind.PRINCIPAL]


@once
def lia():
    return make.school("Lia skole")


@once
def here(lia):
    return make.school_class("1A", at=lia)


def at_work(kind, here, person):
    make.role(person, kind, here if kind in (Kind.CONTACT_TEACHER, Kind.SUBJECT_TEACHER) else here.school)
    return as_(person)


def knows(reader, person):
    """Whether the reader's list of people, a search or the person's page gives them away."""
    read = [text(reader.get(reverse("people:person_list"), query)) for query in ({}, {"q": person.email})]
    page = reader.get(reverse("people:person_detail", args=[person.key]))
    return any(person.full_name in words for words in read) or page.status_code != 404


@pytest.mark.parametrize("kind", [Kind.OFFICE, Kind.MUNICIPALITY_OFFICER])
def test_whoever_was_class_contact_and_has_moved_is_nobodys_to_look_up(lia, here, kind):
    nora, amira = make.family(here)
    make.role(amira, Kind.CLASS_CONTACT, here)
    clerk = as_(make.holder(kind, lia if kind == Kind.OFFICE else lia.municipality))
    assert knows(clerk, amira) == (kind == Kind.OFFICE)

    Enrolment.objects.filter(pupil=nora).update(valid_to=yesterday())
    Person.objects.filter(pk=amira.pk).update(family_name="Nyheim")

    assert not knows(clerk, Person.objects.get(pk=amira.pk))


@pytest.mark.parametrize("kind", [Kind.CONTACT_TEACHER, Kind.OFFICE])
def test_whoever_worked_at_the_school_is_not_followed(lia, here, kind):
    tom = make.holder(kind, here if kind == Kind.CONTACT_TEACHER else lia, given_name="Tom")
    clerk = as_(make.holder(Kind.PRINCIPAL, lia))
    assert knows(clerk, tom)

    make._set(tom.roles.get(), by=make.the_portal(), valid_to=yesterday())

    assert not knows(clerk, tom)


def test_a_teacher_who_is_class_contact_elsewhere_is_still_a_teacher(lia, here):
    tom = make.holder(Kind.CONTACT_TEACHER, here, given_name="Tom")
    make.role(tom, Kind.CLASS_CONTACT, make.school_class("2A", at=lia))

    assert knows(as_(make.holder(Kind.OFFICE, lia)), tom)


@pytest.mark.parametrize("kind", POSTS)
def test_whoever_is_kept_from_a_child_finds_no_guardian_of_it_at_work(here, kind):
    nora, amira = make.family(here)
    cato = make.guardian("Cato", of=nora)
    assert knows(at_work(kind, here, cato), amira)

    make.restricted(cato, nora)
    reader = as_(cato)

    assert reader.get(reverse("people:person_list")).status_code == 200
    assert not knows(reader, amira)
    assert not knows(reader, nora)


@pytest.mark.parametrize("kind", POSTS[:3])
def test_whoever_is_kept_from_a_child_is_not_shown_its_guardian_as_one_to_elect(here, kind):
    nora, amira = make.family(here, adult_name="Amira")
    make.family(here, pupil_name="Ola", adult_name="Helga")
    cato = make.guardian("Cato", of=nora)
    make.restricted(cato, nora)
    reader = at_work(kind, here, cato)
    address = reverse("people:contact_elect", args=[here.pk])

    read = text(reader.get(address))
    reader.post(address, {"holder": amira.pk, "valid_to": here.year.ends_on})

    assert "Helga" in read
    assert "Amira" not in read
    assert not amira.roles.exists()


@pytest.mark.parametrize("kind", POSTS[2:])
def test_whoever_is_kept_from_a_child_reads_no_address_of_its_guardian_that_fails(here, kind):
    nora, amira = make.family(here, adult_name="Amira")
    cato = make.guardian("Cato", of=nora)
    Person.objects.filter(pk=amira.pk).update(email_failed_at=timezone.now())
    address = reverse("messaging:address_list")
    assert "Amira" in text(at_work(kind, here, cato).get(address))

    make.restricted(cato, nora)

    assert "Amira" not in text(as_(cato).get(address))


def test_the_role_of_a_class_contact_who_has_moved_is_nobodys_to_end(lia, here):
    nora, amira = make.family(here)
    role = make.role(amira, Kind.CLASS_CONTACT, here)
    clerk = make.holder(Kind.OFFICE, lia)
    assert Role.objects.visible_to(clerk).filter(pk=role.pk).exists()

    Enrolment.objects.filter(pupil=nora).update(valid_to=yesterday())

    assert not Role.objects.visible_to(clerk).filter(pk=role.pk).exists()
    assert Role.objects.visible_to(amira).filter(pk=role.pk).exists()


def test_whoever_is_kept_from_a_child_reads_no_role_of_its_guardian(here):
    nora, amira = make.family(here, adult_name="Amira")
    make.role(amira, Kind.CLASS_CONTACT, here)
    cato = make.guardian("Cato", of=nora)
    assert "Amira" in text(at_work(Kind.OFFICE, here, cato).get(reverse("people:role_list")))

    make.restricted(cato, nora)

    assert "Amira" not in text(as_(cato).get(reverse("people:role_list")))
