"""What a person may know of a family does not leak by another door: another hat, another school, another list."""

import pytest
from django.urls import reverse

from portal.people import actions, rules
from portal.people.models import GuardianRelation, Person, Role
from portal.people.queries import families_of
from tests import make
from tests.ground import once

pytestmark = pytest.mark.django_db
Kind = Role.Kind


@once
def lia():
    return make.school("Lia skole")


@once
def first(lia):
    return make.school_class("1A", at=lia)


@once
def restricted_father(lia, first):
    """A father who is restricted from Nora, and who works at the office of her school."""
    nora, amira = make.family(first)
    father = make.guardian("Far", of=nora, household=amira.household)
    make.role(father, Kind.OFFICE, lia)
    make.restricted(father, nora)
    return nora, father, amira


def test_a_restricted_person_finds_nothing_at_the_office(client, restricted_father):
    nora, father, amira = restricted_father
    make.proposed(make.person("Proposed", "Friend"), nora)
    client.force_login(father)

    listed = client.get(reverse("people:person_list")).content.decode()
    searched = client.get(reverse("people:person_list"), {"q": "Nora"}).content.decode()

    assert "Nora" not in listed
    assert str(nora.key) not in searched
    for page in ("detail", "contact", "home", "protect"):
        assert client.get(reverse(f"people:person_{page}", args=[nora.key])).status_code == 404
    for page in ("restriction_set", "relation_propose", "role_give"):
        assert client.get(reverse(f"people:{page}", args=[nora.key])).status_code == 404
    relation = GuardianRelation.objects.proposed().get()
    assert client.get(reverse("people:relation_confirm", args=[relation.pk])).status_code == 404
    assert "Nora" not in client.get(reverse("people:restriction_list")).content.decode()
    assert "Nora" not in client.get(reverse("people:person_detail", args=[amira.key])).content.decode()


def test_a_restricted_person_does_nothing_to_the_pupil(restricted_father):
    nora, father, _amira = restricted_father

    assert not rules.manages_pupil(father, nora)
    assert not actions.protect_address.may(father, nora)
    assert not actions.propose_relation.may(father, make.person(), pupil=nora)
    assert not Person.objects.visible_to(father).filter(pk=nora.pk).exists()


def test_a_restricted_person_is_not_class_contact_of_the_pupils_class(first, restricted_father):
    _nora, father, _amira = restricted_father
    make.confirmed(father, make.pupil("Twin", in_class=first))
    make.role(father, Kind.CLASS_CONTACT, first)

    assert not rules.class_contacts(father)


def test_a_restricted_person_no_longer_shares_a_home_with_the_pupils_guardians(restricted_father):
    _nora, father, amira = restricted_father
    father.refresh_from_db()
    amira.refresh_from_db()

    assert father.household_id
    assert father.household_id != amira.household_id


def test_another_schools_children_are_not_named(client, lia, first):
    there = make.school_class("7Ø", at=make.school("Hidden skole"))
    _nora, amira = make.family(first)
    make.confirmed(amira, make.pupil("Secreta", in_class=there))
    make.person("Newpartner", household=amira.household)
    make.role(amira, Kind.CONTACT_TEACHER, there)
    client.force_login(make.holder(Kind.OFFICE, lia))

    listed = client.get(reverse("people:person_list")).content.decode()
    shown = client.get(reverse("people:person_detail", args=[amira.key])).content.decode()

    assert "Nora" in listed
    assert "Nora" in shown
    for page in (listed, shown):
        assert "Secreta" not in page
        assert "Newpartner" not in page
        assert "7Ø" not in page


def test_a_teacher_does_not_read_the_brothers_and_sisters_in_other_classes(client, lia, first):
    _nora, amira = make.family(first)
    make.confirmed(amira, make.pupil("Secreta", in_class=make.school_class("2B", at=lia)))
    client.force_login(make.holder(Kind.CONTACT_TEACHER, first))

    assert "Secreta" not in client.get(reverse("people:person_list")).content.decode()


def test_protection_of_one_at_home_covers_the_home_and_the_child(lia, first):
    """A child whose mother is protected is not named by way of the father's home, nor by a brother in another class."""
    nora, amira = make.family(first)
    make.guardian("Jonas", of=nora)
    ola, _siv = make.family(first, pupil_name="Ola", adult_name="Siv")
    actions.protect_address(amira, by=make.holder(Kind.OFFICE, lia), grade="strict")

    families = families_of(first)

    assert [family.protected for family in families if nora in family.pupils] == [True, True]
    assert [family.protected for family in families if ola in family.pupils] == [False]


def test_protection_of_a_brother_in_another_class_covers_the_home(lia, first):
    nora, amira = make.family(first)
    brother = make.pupil("Ola", in_class=make.school_class("2B", at=lia))
    make.confirmed(amira, brother)
    actions.protect_address(brother, by=make.holder(Kind.OFFICE, lia), grade="strict", alias="Family 7")

    [family] = families_of(first)

    assert family.protected
    assert nora in family.pupils
