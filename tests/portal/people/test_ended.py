"""Whose relation or role somebody ended is known to that school by name, so that it can be undone, and is followed no
further: today's phone and e-mail are today's school's."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.people import actions
from portal.people.models import Person, Role, the_portal
from tests import make
from tests.ground import once

PHONE, EMAIL = "+4799887766", "today@hidden.example"


@once
def lia(db):
    return make.school("Lia skole")


@once
def in_class(lia):
    return make.school_class("1A", at=lia)


@once
def clerk(lia):
    return make.holder("office", lia)


@pytest.fixture
def office(client, clerk):
    client.force_login(clerk)
    client.cookies["django_language"] = "en"
    return client


def moves_on(person):
    Person.objects.filter(pk=person.pk).update(phone=PHONE, email=EMAIL, email_failed_at=timezone.now())


def page(name, *args):
    return reverse(f"people:{name}", args=args)


def read(office, person):
    asked = [page("person_list") + "?q=hidden.example", page("role_list"), reverse("messaging:address_list")]
    asked += [page(f"person_{name}", person.key) for name in ("detail", "contact")]
    return "".join(office.get(address).content.decode() for address in asked).replace(" ", "")


def is_followed(office, person):
    text = read(office, person)
    return [word for word in ("99887766", EMAIL) if word in text]


@once
def guardian(in_class, clerk):
    nora = make.pupil("Nora", in_class=in_class)
    make.guardian("Amira", of=nora)
    return make.guardian("Egil", "Ekberg", of=nora)


def end_by_hand(person, clerk):
    actions.end_relation(person.pupil_relations.get(), by=clerk)


def end_by_date(person, _clerk):
    yesterday = timezone.localdate() - timedelta(days=1)
    make._set(person.pupil_relations.get(), by=the_portal(), valid_to=yesterday)


@pytest.mark.parametrize("end", [end_by_hand, end_by_date])
def test_a_guardian_whose_relation_is_over_is_not_followed_by_the_school(office, clerk, guardian, end):
    moves_on(guardian)
    assert is_followed(office, guardian)

    end(guardian, clerk)

    assert is_followed(office, guardian) == []
    assert office.get(page("person_detail", guardian.key)).status_code == 404


def test_an_end_by_mistake_is_undone_from_the_childs_page_by_name(office, clerk, guardian):
    relation = guardian.pupil_relations.get()
    end_by_hand(guardian, clerk)
    moves_on(guardian)

    child = office.get(page("person_detail", relation.pupil.key)).content.decode()
    undone = office.post(page("relation_take_up", relation.pk))

    assert "Egil Ekberg" in child
    assert EMAIL not in child
    assert undone.url == page("relation_confirm", relation.pk)
    assert office.get(page("person_detail", guardian.key)).status_code == 200


def test_a_guardian_of_another_child_here_is_followed_as_before(office, clerk, guardian, in_class):
    make.confirmed(guardian, make.pupil("Ola", in_class=in_class))
    moves_on(guardian)

    actions.end_relation(guardian.pupil_relations.get(pupil__given_name="Nora"), by=clerk)

    assert is_followed(office, guardian)


def test_a_relation_that_waits_or_begins_later_is_followed(office, clerk, guardian):
    tomorrow = timezone.localdate() + timedelta(days=1)
    make._set(guardian.pupil_relations.get(), by=the_portal(), state="proposed", valid_from=tomorrow)
    moves_on(guardian)

    assert is_followed(office, guardian)


@pytest.mark.parametrize("kind", ["contact_teacher", "subject_teacher", "office", "board_member"])
def test_who_worked_here_until_somebody_ended_it_is_known_by_name_alone(office, in_class, lia, kind):
    scope = in_class if kind.endswith("teacher") else lia
    tom = make.holder(kind, scope, "Tom", "Tangen")
    moves_on(tom)
    assert is_followed(office, tom)

    actions.end_role(tom.roles.get(), by=make.holder("principal", lia))

    assert is_followed(office, tom) == []
    assert "Tom Tangen" in office.get(page("role_list")).content.decode()
    shown = office.get(page("person_detail", tom.key)).content.decode()
    assert "Tom Tangen" in shown
    assert "since the role has ended" in shown
    for name in ("contact", "home", "protect"):
        assert office.get(page(f"person_{name}", tom.key)).status_code == 404


def test_the_end_of_a_role_is_undone_and_the_school_follows_again(office, clerk, in_class):
    tom = make.holder("contact_teacher", in_class, "Tom", "Tangen")
    role = tom.roles.get()
    actions.end_role(role, by=clerk)
    moves_on(tom)
    assert page("role_take_up", role.pk) in office.get(page("person_detail", tom.key)).content.decode()

    office.post(page("role_take_up", role.pk))

    assert is_followed(office, tom)


def test_nothing_is_done_to_who_has_left(clerk, in_class):
    tom = make.holder("contact_teacher", in_class)
    actions.end_role(tom.roles.get(), by=clerk)

    with pytest.raises(PermissionDenied):
        actions.correct_contact(tom, by=clerk, email="thief@example.net", phone="")
    with pytest.raises(PermissionDenied):
        actions.protect_address(tom, by=clerk, grade="name")


def test_a_principal_whose_role_ended_is_not_followed_by_the_municipality(client, lia):
    mia, pia = make.holder("municipality_officer", lia.municipality), make.holder("principal", lia, "Pia", "Piene")
    moves_on(pia)
    client.force_login(mia)
    assert is_followed(client, pia)

    actions.end_role(pia.roles.get(), by=mia)

    assert is_followed(client, pia) == []
    assert "Pia Piene" in client.get(page("person_detail", pia.key)).content.decode()
    assert Role.objects.visible_to(mia).filter(person=pia).exists()


def test_the_list_of_ended_roles_is_a_few_queries(office, clerk, in_class, django_assert_max_num_queries):
    for number in range(12):
        actions.end_role(make.holder("subject_teacher", in_class, f"T{number}").roles.get(), by=clerk)

    with django_assert_max_num_queries(20):
        office.get(page("role_list"))
