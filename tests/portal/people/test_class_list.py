"""Going down the list of a class: many confirmed at once, none by accident."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.people import actions
from portal.people.models import GuardianRelation, Role
from portal.people.models.relations import NotConfirmable
from tests import make
from tests.ground import once

pytestmark = pytest.mark.django_db


@once
def first():
    return make.school_class("1A", at=make.school())


@once
def clerk(first):
    return make.holder(Role.Kind.OFFICE, first.school, "Kari", "Moen")


@once
def nora(first):
    nora = make.pupil("Nora", in_class=first)
    make.proposed(make.person("Amina"), nora)
    make.proposed(make.person("Ola"), nora)
    return nora


def keys(pupil):
    return list(pupil.guardian_relations.values_list("pk", flat=True))


def homes(pupil):
    return {relation.guardian.household_id for relation in pupil.guardian_relations.select_related("guardian")}


def test_confirm_relations_gives_full_rights_and_a_home_each(first, clerk, nora):
    actions.confirm_relations(first, by=clerk, relations=keys(nora))

    live = GuardianRelation.objects.live().filter(pupil=nora, legal_authority=True, confirmed_by=clerk)
    assert live.count() == 2
    assert len(homes(nora)) == 2
    assert None not in homes(nora)


def test_confirm_relations_lets_those_who_live_together_share_a_home(first, clerk, nora):
    together = [list(nora.guardian_relations.values_list("guardian", flat=True))]

    actions.confirm_relations(first, by=clerk, relations=keys(nora), homes=together)

    assert len(homes(nora)) == 1


def test_confirm_relations_refuses_as_a_whole_when_one_is_dealt_with(first, clerk, nora):
    relations = keys(nora)
    actions.end_relation(GuardianRelation.objects.get(pk=relations[0]), by=clerk)

    with pytest.raises(NotConfirmable):
        actions.confirm_relations(first, by=clerk, relations=relations)

    assert not GuardianRelation.objects.live().filter(pupil=nora).exists()


def test_confirm_relations_refuses_a_child_of_another_class_and_other_kinds(first, clerk, nora):
    elsewhere = make.pupil("Liv", in_class=make.school_class("2A", at=make.school("Moen skole")))
    foreign = make.proposed(make.person("Per"), elsewhere)

    with pytest.raises(NotConfirmable):
        actions.confirm_relations(first, by=clerk, relations=[*keys(nora), foreign.pk])


def test_confirm_relations_refuses_an_own_relation(first, clerk, nora):
    own = make.proposed(clerk, nora)

    with pytest.raises(NotConfirmable):
        actions.confirm_relations(first, by=clerk, relations=[own.pk])


def test_confirm_relations_denies_a_teacher_and_another_office(first, nora):
    for person in (
        make.holder(Role.Kind.CONTACT_TEACHER, first),
        make.holder(Role.Kind.OFFICE, make.school("Moen skole")),
    ):
        with pytest.raises(PermissionDenied):
            actions.confirm_relations(first, by=person, relations=keys(nora))


def test_two_with_one_address_get_one_account(first, clerk):
    nora = make.pupil("Nora", in_class=first)
    for name in ("Amina", "Ola"):
        make.proposed(make.person(name, email="shared@example.org"), nora)

    actions.confirm_relations(first, by=clerk, relations=keys(nora))

    accounts = nora.guardian_relations.filter(guardian__emailaddress__email="shared@example.org")
    assert accounts.count() == 1
