"""The table of rights, row by row, in Norway and in Denmark.

Each row is checked where it shows: the queries that lists and messages are made from, the hats, and the pages. Rows about
conferences, decisions and consents check the rule of people that those rooms will stand on, and say so.
"""

import re
from datetime import date, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied

from portal.ledger.models import Event
from portal.people import actions
from portal.people.ages import ADULT_FROM, ATTENDS_FROM
from portal.people.hats import hats_of
from portal.people.models import Enrolment, GuardianRelation, Person, Role, SchoolClass
from portal.people.queries import children_of, families_of
from tests import make

Kind = GuardianRelation.Kind


@pytest.fixture(params=["NO", "DK"])
def school(request, db):
    return make.school(country=request.param, language_form="da" if request.param == "DK" else "nb")


@pytest.fixture
def in_class(school):
    return make.school_class("1A", at=school)


@pytest.fixture
def nora(in_class):
    return make.pupil(in_class=in_class)


def sees(person, pupil):
    return Person.objects.visible_to(person).filter(pk=pupil.pk).exists()


def adults_of(school_class):
    return {adult for family in families_of(school_class) for adult in family.adults}


def has_nothing(person, pupil, in_class):
    return (
        not sees(person, pupil)
        and not SchoolClass.objects.visible_to(person).exists()
        and person not in adults_of(in_class)
        and hats_of(person) == []
    )


def test_row_1_a_guardian_with_authority_at_home_has_everything(client, nora, in_class):
    amira = make.guardian(of=nora)
    client.force_login(amira)

    assert sees(amira, nora)
    assert adults_of(in_class) == {amira}
    assert [hat.kind for hat in hats_of(amira)] == ["parent"]
    assert nora.given_name in client.get("/").content.decode()
    assert EmailAddress.objects.get(user=amira).verified


def test_row_2_the_other_home_is_identical(client, nora, in_class):
    amira, bo = make.guardian(of=nora), make.guardian("Bo", of=nora)
    client.force_login(bo)

    assert sees(bo, nora)
    assert len(families_of(in_class)) == 2
    assert EmailAddress.objects.filter(user=bo).exists()
    assert nora.given_name in client.get("/").content.decode()
    assert amira.full_name not in client.get("/me/children/").content.decode()
    assert not sees(bo, amira)


def test_row_3_a_parent_without_authority_has_no_account(nora, in_class):
    cato = make.person("Cato")
    make.confirmed(cato, nora, kind=Kind.NON_CUSTODIAL, legal_authority=False)

    assert has_nothing(cato, nora, in_class)
    assert not EmailAddress.objects.filter(user=cato).exists()


def test_row_4_a_right_that_is_removed_opens_nothing(nora, in_class):
    cato = make.person("Cato")
    make.confirmed(cato, nora, information_right=False)

    assert has_nothing(cato, nora, in_class)


def test_row_5_a_foster_parent_has_the_daily_matters_and_no_authority(nora, in_class):
    """Consents are given by the authority of the relation, which a foster parent's does not have."""
    greta = make.person("Greta")
    relation = make.confirmed(greta, nora, kind=Kind.FOSTER, legal_authority=False)

    assert sees(greta, nora)
    assert greta in adults_of(in_class)
    assert not relation.legal_authority


@pytest.mark.parametrize("kind", [Kind.STEP, Kind.RELATIVE])
def test_row_6_a_step_parent_or_relative_only_by_dated_authorisation(nora, in_class, kind):
    stine = make.person("Stine")
    relation = make.proposed(stine, nora)

    with pytest.raises(actions.NotConfirmable):
        actions.confirm_relation(relation, by=make.the_portal(), kind=kind, legal_authority=False)
    today = date.today()
    actions.confirm_relation(relation, by=make.the_portal(), kind=kind, legal_authority=False, valid_to=today)

    assert sees(stine, nora)
    with time_machine.travel(today + timedelta(days=1, hours=12)):
        assert has_nothing(stine, nora, in_class)


def test_row_7_a_representative_only_by_dated_authorisation(nora, in_class):
    """The case itself is the room's: people know only that the authorisation ends."""
    ruth = make.person("Ruth")
    relation = make.proposed(ruth, nora)

    with pytest.raises(actions.NotConfirmable):
        actions.confirm_relation(relation, by=make.the_portal(), kind=Kind.REPRESENTATIVE, legal_authority=False)

    assert has_nothing(ruth, nora, in_class)


def test_row_8_a_pupil_under_twelve_needs_no_login(nora):
    assert not EmailAddress.objects.filter(user=nora).exists()
    assert hats_of(nora) == []


def test_row_9_a_pupil_attends_from_twelve(in_class):
    """Invitations to conferences ask for the age on the day."""
    pupil = make.pupil(in_class=in_class, born_on=date(2014, 3, 1))

    assert pupil.age_on(date(2026, 2, 28)) < ATTENDS_FROM
    assert pupil.age_on(date(2026, 3, 1)) == ATTENDS_FROM


def test_a_child_of_a_leap_day_grows_older_on_the_first_of_march(in_class):
    pupil = make.pupil(in_class=in_class, born_on=date(2012, 2, 29))

    assert pupil.age_on(date(2027, 2, 28)) == 14
    assert pupil.age_on(date(2027, 3, 1)) == 15


@pytest.mark.parametrize(
    ("row", "age", "hats"),
    [
        ("8", 0, []),
        ("8", ATTENDS_FROM - 1, []),
        ("9", ATTENDS_FROM, ["pupil"]),
        ("10", 15, ["pupil"]),
        ("11", ADULT_FROM, ["pupil"]),
    ],
)
def test_rows_8_to_11_a_pupil_has_a_page_from_twelve(client, in_class, row, age, hats):
    today = in_class.school.today()
    nora = make.pupil(in_class=in_class, born_on=date(today.year - age, 1, 1))
    client.force_login(nora)

    assert [hat.kind for hat in hats_of(nora)] == hats
    assert (client.get("/").context["overview"] is not None) == bool(hats)
    assert not SchoolClass.objects.visible_to(nora).exists()


def test_row_9_a_pupil_who_has_left_has_no_page(in_class):
    today = in_class.school.today()
    nora = make.pupil(in_class=in_class, born_on=date(today.year - 13, 1, 1))
    Enrolment.objects.update(valid_to=today - timedelta(days=1))

    assert hats_of(nora) == []


def test_row_10_a_pupil_of_fifteen_who_is_no_longer_active_has_no_page(in_class):
    nora = make.pupil(in_class=in_class, born_on=date(in_class.school.today().year - 15, 1, 1))
    nora.is_active = False

    assert hats_of(nora) == []


def test_row_11_guardians_are_cut_off_at_midnight_when_the_pupil_is_eighteen(school, in_class):
    birthday = date.today() + timedelta(days=3)
    pupil = make.pupil(in_class=in_class, born_on=birthday.replace(year=birthday.year - ADULT_FROM))
    amira = make.guardian(of=pupil)
    midnight = make.at(birthday, school)

    with time_machine.travel(midnight - timedelta(minutes=1)):
        assert sees(amira, pupil)
    with time_machine.travel(midnight):
        assert has_nothing(amira, pupil, in_class)
        make.consented(amira.pupil_relations.get(), birthday)
        assert sees(amira, pupil)


def test_row_12_a_protected_household_sees_its_own_and_is_seen_by_alias(client, nora, in_class):
    amira = make.guardian(of=nora, phone="41000000")
    actions.choose_directory(amira, by=amira, fields=["phone"])
    actions.protect_address(nora, by=make.the_portal(), grade="strict", alias="Fam. Blå")

    (family,) = families_of(in_class)
    client.force_login(amira)

    assert family.protected
    assert family.alias == "Fam. Blå"
    assert family.shared == {amira.pk: set()}
    assert nora.given_name in client.get("/").content.decode()


@pytest.mark.parametrize(("alias", "place"), [("Alm", 0), ("Moen", 1), ("Ås", 2)])
def test_row_12_a_protected_household_stands_where_its_alias_does_whatever_its_name_is(nora, in_class, alias, place):
    make.guardian(of=nora)
    make.family(in_class, family_name="Berg")
    make.family(in_class, family_name="Zetterlund")
    actions.protect_address(nora, by=make.the_portal(), grade="strict", alias=alias)

    shown = [family.protected for family in families_of(in_class)]

    assert shown.index(True) == place
    assert shown.count(True) == 1


def test_row_13_a_restricted_guardian_has_nothing_and_gets_no_hint(client, nora, in_class):
    amira = make.guardian(of=nora)
    make.role(amira, "class_contact", in_class)
    client.force_login(amira)
    restriction = make.restricted(amira, nora)

    assert has_nothing(amira, nora, in_class)
    assert not UserSession.objects.filter(user=amira).exists()
    assert client.get("/me/").url.startswith("/account/login/")
    client.force_login(amira)
    page = re.sub(r'value="\w{64}"', "", client.get("/").content.decode())  # a form's key may hold any two signs
    assert nora.given_name not in page
    assert in_class.name not in page
    assert in_class.school.name not in page
    assert client.get("/me/children/").status_code == 403
    assert restriction.guardian_id not in {adult.pk for adult in adults_of(in_class)}


def test_row_13_a_restriction_ends_by_its_date_or_by_two_persons(nora):
    amira = make.guardian(of=nora)
    make.restricted(amira, nora, valid_to=date.today())

    assert not sees(amira, nora)
    with time_machine.travel(date.today() + timedelta(days=1, hours=12)):
        assert sees(amira, nora)


def test_row_14_a_guardian_who_is_not_digital_counts_and_is_called(nora, in_class):
    make.guardian(of=nora, email="", phone="")

    (family,) = families_of(in_class)

    assert len(family.adults) == 1
    assert not family.reachable


def test_row_15_both_guardians_hold_the_authority_that_a_consent_needs(nora):
    """A consent asks every relation with authority; any "no" wins."""
    make.guardian(of=nora)
    make.guardian("Bo", of=nora)

    assert GuardianRelation.objects.live().filter(pupil=nora, legal_authority=True).count() == 2


def test_row_16_a_guardian_who_works_at_the_school_never_rules_over_the_own_child(client, school, nora):
    clerk = make.guardian(of=nora)
    make.role(clerk, "office", school)
    relation = nora.guardian_relations.get()
    proposed = make.proposed(make.person(), nora)

    assert [hat.kind for hat in hats_of(clerk)] == ["parent", "office"]
    with pytest.raises(PermissionDenied):
        actions.end_relation(relation, by=clerk)
    with pytest.raises(PermissionDenied):
        actions.set_restriction(nora, by=clerk, guardian=proposed.guardian, reason="mine")
    client.force_login(clerk)
    assert client.get(f"/office/relations/{relation.pk}/").status_code == 404


def test_row_17_the_principals_spouse_may_be_class_contact_and_it_can_be_seen(school, nora, in_class):
    """Who decides a grant is the room's; people know that the two share a home."""
    principal = make.holder("principal", school)
    spouse = make.guardian(of=nora)
    make.role(spouse, "class_contact", in_class)
    Person.objects.filter(pk=principal.pk).update(household=spouse.household)
    principal.refresh_from_db()

    assert principal.household == spouse.household
    assert Role.objects.live().filter(person=spouse, kind="class_contact").exists()


def test_row_18_the_principals_own_child_in_the_class_can_be_seen(school, nora, in_class):
    """The check of impartiality asks whether the decider is a guardian in the class."""
    principal = make.guardian(of=nora)
    make.role(principal, "principal", school)

    assert principal in adults_of(in_class)


def test_row_19_a_class_contact_whose_child_changes_class_is_class_contact_no_more(school, nora, in_class):
    amira = make.guardian(of=nora)
    make.role(amira, "class_contact", in_class)
    other = make.school_class("1B", at=school)

    Enrolment.objects.filter(pupil=nora).update(valid_to=date.today() - timedelta(days=1))
    Enrolment.objects.create(pupil=nora, school_class=other, valid_from=date.today())

    assert [hat.kind for hat in hats_of(amira)] == ["parent"]
    assert list(SchoolClass.objects.visible_to(amira)) == [other]


def test_row_20_a_child_in_two_schools_is_seen_in_both_and_is_one_family(nora, in_class):
    amira = make.guardian(of=nora)
    choir = make.school_class("Choir", at=make.school("Second school"))
    Enrolment.objects.create(pupil=nora, school_class=choir, valid_from=choir.year.starts_on)

    (child,) = children_of(amira)

    assert {school_class.pk for school_class in child.classes} == {in_class.pk, choir.pk}
    assert set(SchoolClass.objects.visible_to(amira)) == {in_class, choir}
    assert len(families_of(in_class)) == len(families_of(choir)) == 1


def test_nothing_is_shown_to_a_proposed_relation(client, nora, in_class):
    stranger = make.proposed(make.person(), nora).guardian

    assert has_nothing(stranger, nora, in_class)
    assert not EmailAddress.objects.filter(user=stranger).exists()
    assert Event.objects.filter(verb="people.relation_proposed").count() == 1
