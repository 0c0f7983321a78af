"""What people do to people: each records, each refuses, each denies."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from portal.actions import Unguarded
from portal.ledger.models import Event
from portal.people import actions
from portal.people.models import Enrolment, GuardianRelation, Role, SchoolClass
from portal.people.queries import year_to_move
from tests import make
from tests.ground import once


@once
def lia(db):
    return make.school()


@once
def in_class(lia):
    return make.school_class("1A", at=lia)


@once
def clerk(lia):
    return make.holder("office", lia, given_name="Odd")


@once
def principal(lia):
    return make.holder("principal", lia, given_name="Pia")


def last_verb():
    return Event.objects.last().verb


def test_rights_are_written_by_actions_only(in_class):
    nora = make.pupil(in_class=in_class)

    with pytest.raises(Unguarded):
        GuardianRelation.objects.create(guardian=make.person(), pupil=nora, valid_from=date.today())
    with pytest.raises(Unguarded):
        Role.objects.update(state="confirmed")


def test_confirm_relation_records_and_refuses_a_second_time(in_class, clerk):
    relation = make.proposed(make.person(), make.pupil(in_class=in_class))

    actions.confirm_relation(relation, by=clerk)

    assert last_verb() == "people.relation_confirmed"
    with pytest.raises(actions.NotConfirmable):
        actions.confirm_relation(relation, by=clerk)


def test_confirm_relation_denies_another_school_a_teacher_and_the_guardian(in_class):
    nora = make.pupil(in_class=in_class)
    relation = make.proposed(make.person(), nora)
    other = make.holder("office", make.school("Elsewhere"))

    for person in (other, make.holder("contact_teacher", in_class), relation.guardian):
        with pytest.raises(PermissionDenied):
            actions.confirm_relation(relation, by=person)


def test_confirm_relation_denies_a_home_that_is_not_the_childs(in_class, clerk):
    relation = make.proposed(make.person(), make.pupil(in_class=in_class))
    _liv, stranger = make.family(in_class)

    with pytest.raises(PermissionDenied):
        actions.confirm_relation(relation, by=clerk, lives_with=stranger)


def test_propose_relation_refuses_a_second(in_class, clerk):
    nora, amira = make.family(in_class)

    with pytest.raises(actions.NotProposable):
        actions.propose_relation(amira, by=clerk, pupil=nora)


def test_end_relation_records_and_refuses_a_second_time(in_class, clerk):
    nora, _amira = make.family(in_class)
    relation = nora.guardian_relations.get()

    actions.end_relation(relation, by=clerk)

    assert last_verb() == "people.relation_ended"
    with pytest.raises(actions.NotOpen):
        actions.end_relation(relation, by=clerk)


def test_join_and_leave_household_record(in_class, clerk):
    nora, amira = make.family(in_class)
    bo = make.guardian("Bo", of=nora)

    actions.join_households(bo, by=clerk, other=amira)
    assert last_verb() == "people.households_joined"
    assert bo.household == amira.household

    actions.leave_household(bo, by=clerk)
    assert last_verb() == "people.household_left"
    assert bo.household != amira.household


def test_join_households_denies_strangers(in_class, clerk):
    _nora, amira = make.family(in_class)
    _liv, ben = make.family(in_class)

    with pytest.raises(PermissionDenied):
        actions.join_households(ben, by=clerk, other=amira)


def test_appoint_denies_oneself_and_what_one_may_not_fill(lia, in_class, clerk, principal):
    teacher = make.holder("contact_teacher", in_class)

    for by, holder, kind in [
        (clerk, clerk, "principal"),
        (clerk, teacher, "principal"),
        (clerk, teacher, "deputy"),
        (principal, principal, "board_member"),
        (principal, teacher, "principal"),
        (teacher, clerk, "office"),
    ]:
        with pytest.raises(PermissionDenied):
            actions.appoint(holder, by=by, kind=kind, scope=lia, valid_to=date.today())


def test_appoint_a_deputy_by_dated_delegation(lia, in_class, principal):
    teacher = make.holder("contact_teacher", in_class)
    with pytest.raises(actions.HasRole):
        actions.appoint(teacher, by=principal, kind="deputy", scope=lia)

    actions.appoint(teacher, by=principal, kind="deputy", scope=lia, valid_to=date.today())

    assert Role.objects.live().filter(kind="deputy").exists()
    with time_machine.travel(date.today() + timedelta(days=1, hours=12)):
        assert not Role.objects.live().filter(kind="deputy").exists()


def test_a_deputy_does_not_prolong_the_own_delegation(lia, in_class, principal):
    deputy = make.holder("contact_teacher", in_class)
    actions.appoint(deputy, by=principal, kind="deputy", scope=lia, valid_to=date.today())
    other = make.holder("subject_teacher", in_class)

    for holder in (deputy, other):
        with pytest.raises(PermissionDenied):
            actions.appoint(holder, by=deputy, kind="deputy", scope=lia, valid_to=date(2099, 1, 1))


def test_appoint_refuses_the_same_role_twice(lia, in_class, clerk):
    teacher = make.holder("contact_teacher", in_class)

    with pytest.raises(actions.HasRole):
        actions.appoint(teacher, by=clerk, kind="contact_teacher", scope=in_class)


def test_appoint_a_principal_by_the_municipality(lia):
    officer = make.holder("municipality_officer", lia.municipality)
    deputy = make.holder("office", lia)

    role = actions.appoint(deputy, by=officer, kind="principal", scope=lia)

    assert role in Role.objects.live()
    assert last_verb() == "people.role_given"


def test_welcome_denies_the_office_a_principal(lia, clerk):
    with pytest.raises(PermissionDenied):
        actions.welcome(lia, by=clerk, kind="principal", given_name="A", family_name="B")


def test_confirm_roles_leaves_the_own_for_somebody_else(in_class, clerk):
    make.propose_role(clerk, "contact_teacher", in_class)

    with pytest.raises(actions.NotOpen):
        actions.confirm_roles(in_class, by=clerk)


def test_end_role_lets_everybody_lay_down_an_own(in_class):
    _nora, amira = make.family(in_class)
    role = make.role(amira, "class_contact", in_class)

    actions.end_role(role, by=amira)

    assert last_verb() == "people.role_ended"


def test_set_restriction_refuses_a_second_and_one_person_alone(in_class, clerk):
    nora, amira = make.family(in_class)
    restriction = actions.set_restriction(nora, by=clerk, guardian=amira, reason="order")

    with pytest.raises(actions.NotRestrictable):
        actions.set_restriction(nora, by=clerk, guardian=amira, reason="order")
    with pytest.raises(actions.NotRestrictable):
        actions.confirm_restriction(restriction, by=clerk)


def test_lift_needs_two_persons(in_class, clerk, principal):
    nora, amira = make.family(in_class)
    restriction = make.restricted(amira, nora)

    with pytest.raises(actions.NotRestrictable):
        actions.confirm_lift(restriction, by=clerk)
    actions.propose_lift(restriction, by=clerk)
    with pytest.raises(actions.NotRestrictable):
        actions.confirm_lift(restriction, by=clerk)
    assert not GuardianRelation.objects.live().filter(guardian=amira).exists()
    actions.confirm_lift(restriction, by=principal)

    assert GuardianRelation.objects.live().filter(guardian=amira).exists()
    assert last_verb() == "people.restriction_lifted"


def test_reason_lies_encrypted(in_class, clerk, django_assert_num_queries):
    nora, amira = make.family(in_class)
    restriction = actions.set_restriction(nora, by=clerk, guardian=amira, reason="a secret order")

    assert "secret" not in make.raw("people_accessrestriction", "reason", restriction.pk)


def test_mark_email_refuses_twice(in_class, clerk):
    _nora, amira = make.family(in_class)
    actions.mark_email_failed(amira, by=clerk)

    with pytest.raises(actions.NotFailed):
        actions.mark_email_failed(amira, by=clerk)


def test_save_profile_denies_everybody_else(in_class, clerk):
    _nora, amira = make.family(in_class)

    with pytest.raises(PermissionDenied):
        actions.save_profile(amira, by=clerk, language="nb", scheme="auto", email="", phone="")


@pytest.fixture
def july(lia):
    with time_machine.travel(lia.years.first().ends_on - timedelta(days=20)):
        yield


def test_roll_over_moves_classes_with_their_cohort(lia, in_class, clerk, july):
    tenth = make.school_class("10A", at=lia, grades=(10,))
    teacher = make.holder("contact_teacher", in_class)
    nora, oldest = make.pupil(in_class=in_class), make.pupil(in_class=tenth)
    year = in_class.year

    following = actions.roll_over(year, by=clerk, last_grade=10)

    (second,) = SchoolClass.objects.filter(year=following)
    assert (second.name, second.grades, second.cohort) == ("2A", [2], in_class.cohort)
    assert [place.valid_to for place in oldest.enrolments.all()] == [year.ends_on]
    assert nora.enrolments.on(following.starts_on).get().school_class == second
    assert nora.enrolments.on(year.ends_on).get().school_class == in_class
    assert second.roles.get().person == teacher
    assert second.roles.get().state == Role.State.PROPOSED
    assert following.terms.count() == 2
    assert last_verb() == "people.year_rolled_over"


def test_roll_over_twice_changes_nothing(lia, in_class, clerk, july):
    make.pupil(in_class=in_class)
    actions.roll_over(in_class.year, by=clerk, last_grade=10)
    places = Enrolment.objects.count()

    with pytest.raises(actions.NotRollable):
        actions.roll_over(in_class.year, by=clerk, last_grade=10)

    assert Enrolment.objects.count() == places
    assert SchoolClass.objects.count() == 2


def test_roll_over_refuses_too_early(lia, in_class, clerk):
    make.pupil(in_class=in_class)

    with time_machine.travel(in_class.year.starts_on + timedelta(days=60)), pytest.raises(actions.NotRollable):
        actions.roll_over(in_class.year, by=clerk, last_grade=10)


def test_year_to_move_shows_what_would_happen(lia, in_class):
    for name, grades in [("10A", (10,)), ("1-2", (1, 2)), ("Bjørka", (3,))]:
        make.pupil(in_class=make.school_class(name, at=lia, grades=grades))
    make.pupil(in_class=in_class)

    move = year_to_move(lia)

    assert {row.name: row.to for row in move.moves} == {"10A": "", "1-2": "1-2", "1A": "2A", "Bjørka": "Bjørka"}
    assert (move.staying, move.leaving) == (3, 1)
