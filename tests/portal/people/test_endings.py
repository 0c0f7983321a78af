"""Ending what opens something: asked first, told what follows, kept, and undone by the rules of a confirmation."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.people import actions
from portal.people.models import AddressProtection, GuardianRelation, Role
from tests import make
from tests.ground import once
from tests.pages import markup


@once
def lia(db):
    return make.school()


@once
def clerk(lia):
    return make.holder("office", lia)


@pytest.fixture
def office(client, clerk):
    client.force_login(clerk)
    client.cookies["django_language"] = "en"
    return client


@once
def in_class(lia):
    return make.school_class("1A", at=lia)


@once
def amira(in_class):
    return make.family(in_class, adult_name="Amira")[1]


def page(name, *args):
    return reverse(f"people:{name}", args=args)


def test_a_relation_is_asked_about_first_and_nothing_happens_by_looking(office, amira, in_class):
    relation = amira.pupil_relations.get()
    make.role(amira, "class_contact", in_class)
    asked = markup(office.get(page("relation_end", relation.pk)))
    assert "no longer a guardian of" in asked
    assert "has no other guardian here" in asked
    assert "is class contact in 1A" in asked
    assert "Nobody gets a message about it" in asked
    assert GuardianRelation.objects.live().filter(pk=relation.pk).exists()


def test_pressed_twice_it_ends_once_and_nobody_is_told(office, amira):
    relation = amira.pupil_relations.get()
    for _press in range(2):
        answer = office.post(page("relation_end", relation.pk))
        assert answer.url == page("person_detail", relation.pupil.key)
    assert office.get(page("relation_end", relation.pk)).status_code == 302
    assert Event.objects.filter(verb="people.relation_ended").count() == 1
    assert not [kind for kind in KINDS.values() if "people.relation_ended" in kind.on]


def test_a_relation_ended_by_mistake_waits_to_be_confirmed_again(office, amira):
    relation = amira.pupil_relations.get()
    office.post(page("relation_end", relation.pk))
    child = page("person_detail", relation.pupil.key)
    assert page("relation_take_up", relation.pk) in markup(office.get(child))
    for _press in range(2):
        office.post(page("relation_take_up", relation.pk))
    relation.refresh_from_db()
    assert relation.state == "proposed"
    assert not GuardianRelation.objects.live().filter(pk=relation.pk).exists()
    office.post(page("relation_confirm", relation.pk), {"kind": "guardian", "information_right": "on"})
    assert GuardianRelation.objects.live().filter(pk=relation.pk).exists()
    verbs = ["people.relation_ended", "people.relation_taken_up", "people.relation_confirmed"]
    kept = Event.objects.filter(verb__in=verbs, subject_id=str(relation.pk)).order_by("pk")
    assert list(kept.values_list("verb", flat=True))[-3:] == verbs


def test_a_guardian_is_never_taken_up_by_themselves_or_by_strangers(lia, amira, in_class):
    relation = amira.pupil_relations.get()
    actions.end_relation(relation, by=make.holder("office", lia))
    make.role(amira, "office", lia)
    for person in (amira, make.holder("office", make.school("Haug skole"))):
        with pytest.raises(PermissionDenied):
            actions.take_up_relation(relation, by=person)


def test_a_restriction_still_keeps_whoever_is_taken_up(office, clerk, amira):
    relation = amira.pupil_relations.get()
    make.restricted(amira, relation.pupil)
    actions.end_relation(relation, by=clerk)
    actions.take_up_relation(relation, by=clerk)
    actions.confirm_relation(relation, by=clerk)
    assert not GuardianRelation.objects.live().filter(pk=relation.pk).exists()


def test_take_up_relation_refuses_what_is_open_or_has_a_successor(clerk, amira):
    relation = amira.pupil_relations.get()
    with pytest.raises(actions.NotOpen):
        actions.take_up_relation(relation, by=clerk)
    actions.end_relation(relation, by=clerk)
    actions.propose_relation(amira, by=clerk, pupil=relation.pupil)
    with pytest.raises(actions.NotProposable):
        actions.take_up_relation(relation, by=clerk)


def test_a_role_is_asked_about_first_ended_once_and_taken_up_with_a_word_to_its_holder(office, clerk, in_class):
    tom = make.holder("contact_teacher", in_class, given_name="Tom")
    role = tom.roles.get()
    asked = markup(office.get(page("role_end", role.pk)))
    assert "has to sign in anew" in asked
    assert "Nobody else has this role there" in asked
    for _press in range(2):
        office.post(page("role_end", role.pk))
    assert not Role.objects.live().filter(pk=role.pk).exists()
    assert Event.objects.filter(verb="people.role_ended").count() == 1
    assert page("role_take_up", role.pk) in markup(office.get(page("person_detail", tom.key)))
    for _press in range(2):
        office.post(page("role_take_up", role.pk))
    assert Role.objects.live().get(pk=role.pk).confirmed_by == clerk
    assert Event.objects.filter(verb="people.role_taken_up").count() == 1
    assert "people.role_taken_up" in KINDS["home.role_given"].on


def test_take_up_role_refuses_an_own_one_and_one_whose_time_is_over(clerk, in_class, lia):
    tom = make.holder("contact_teacher", in_class)
    role = tom.roles.get()
    actions.end_role(role, by=tom)
    with pytest.raises(PermissionDenied):
        actions.take_up_role(role, by=tom)
    past = make.role(make.person(), "subject_teacher", in_class, valid_to=timezone.localdate() - timedelta(days=1))
    actions.end_role(past, by=clerk)
    with pytest.raises(actions.NotOpen):
        actions.take_up_role(past, by=clerk)
    actions.appoint(tom, by=clerk, kind="contact_teacher", scope=in_class)
    with pytest.raises(actions.HasRole):
        actions.take_up_role(role, by=clerk)


def test_whoever_lays_down_an_own_role_is_told_that_another_has_to_give_it_back(client, in_class):
    tom = make.holder("contact_teacher", in_class)
    client.force_login(tom)
    client.cookies["django_language"] = "en"
    path = page("role_end", tom.roles.get().pk)
    assert "cannot take an own role up again" in markup(client.get(path))
    assert client.post(path).url == reverse("home")


def test_a_protection_is_asked_about_before_it_ends(office, clerk, amira):
    protection = actions.protect_address(amira, by=clerk, grade="name")
    assert "From tomorrow" in markup(office.get(page("protection_end", protection.pk)))
    assert AddressProtection.objects.get().valid_to is None
    office.post(page("protection_end", protection.pk))
    assert AddressProtection.objects.get().valid_to is not None
