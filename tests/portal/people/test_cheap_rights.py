"""What is asked in a shorter way finds what the longer one does."""

import pytest
from django.urls import reverse

from portal.people.models import GuardianRelation, Person, Role
from portal.people.models.persons import either
from portal.people.queries import office
from tests import make
from tests.ground import once


@once
def school_class(db):
    return make.school_class("1A", at=make.school())


@pytest.mark.parametrize("kinds", [(), ["principal"], ["class_contact"], ["class_contact", "office"], Role.Kind.values])
def test_roles_of_some_kinds_are_those_of_all_that_are_of_these_kinds(school_class, kinds):
    for kind in ("class_contact", "contact_teacher", "principal", "office"):
        make.holder(kind, school_class if kind in ("class_contact", "contact_teacher") else school_class.school)
    left = make.holder("class_contact", school_class)
    left.pupil_relations.get().pupil.enrolments.all().delete()

    live = Role.objects.live(kinds=kinds)

    assert set(live) == set(Role.objects.live().filter(kind__in=kinds))
    assert not live.filter(person=left).exists()


def test_a_union_of_keys_and_a_question_for_a_few_find_what_they_say(school_class):
    nora, amira = make.family(school_class)
    _other, ben = make.family(school_class, adult_name="Ben")
    people, own = Person.objects, amira.pupil_relations.live().values("pupil")

    both = people.filter(pk__in=either(people.filter(pk=ben.pk).values("pk"), own, own))
    assert set(both) == {ben, nora}
    assert [one.guardian for one in GuardianRelation.objects.filter(pupil__among=own)] == [amira]
    assert not GuardianRelation.objects.filter(pupil__among=own.filter(pupil=ben.pk)).exists()


def test_roles_come_in_pages_and_those_that_wait_first(client, school_class, monkeypatch):
    monkeypatch.setattr(office, "ROLES_A_PAGE", 3)
    school = school_class.school
    principal = make.holder("principal", school)
    later = make.school_class("2A", at=school)
    for number in range(3):
        make.holder("contact_teacher", school_class, f"Teacher {number}")
    make.propose_role(make.person("Waiting"), "contact_teacher", later)
    client.force_login(principal)

    first, second = (client.get(reverse("people:role_list"), {"page": page}).context["shown"] for page in (1, 2))

    assert [group.school_class for group in first] == [later, None, school_class]
    assert [group.waiting for group in first] == [1, 0, 0]
    assert [row.role.person.given_name for group in first for row in group.roles][::2] == ["Waiting", "Teacher 0"]
    assert [row.role.person.given_name for group in second for row in group.roles] == ["Teacher 1", "Teacher 2"]


def test_a_list_of_people_asks_as_much_at_any_size(client, school_class, django_assert_max_num_queries):
    client.force_login(make.holder("principal", school_class.school))
    asked = []
    for _size in range(2):
        for _family in range(4):
            make.family(school_class)
        client.get(reverse("people:person_list"))
        with django_assert_max_num_queries(11) as counted:
            client.get(reverse("people:person_list"), {"q": "Vik"})
        asked.append(len(counted))

    assert asked[0] == asked[1]
