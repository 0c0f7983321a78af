"""Nobody comes to another's rights by way of an address."""

from contextlib import suppress

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from portal.people import actions
from portal.people.models import Person, Role
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
def clerk(lia):
    return make.holder(Kind.OFFICE, lia, email="clerk@example.org")


def signs_in_with(person):
    return list(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))


def correct(person, by):
    person.refresh_from_db()
    actions.correct_contact(person, by=by, email="mine@example.org", phone="")


def test_an_office_does_not_sign_in_as_its_principal(lia, clerk):
    principal = make.holder(Kind.PRINCIPAL, lia, email="pia@example.org")

    correct(principal, clerk)

    assert signs_in_with(principal) == ["pia@example.org"]


def test_an_office_does_not_sign_in_as_a_municipality_whose_child_goes_there(lia, first, clerk):
    officer = make.holder(Kind.MUNICIPALITY_OFFICER, lia.municipality, email="mia@example.org")
    make.confirmed(officer, make.pupil(in_class=first))

    correct(officer, clerk)

    assert signs_in_with(officer) == ["mia@example.org"]


def test_an_office_does_not_sign_in_as_the_operator(first, clerk):
    _nora, amira = make.family(first, email="amira@example.org")
    Person.objects.filter(pk=amira.pk).update(is_staff=True)

    correct(amira, clerk)

    assert signs_in_with(amira) == ["amira@example.org"]


def test_an_office_does_not_sign_in_as_somebody_who_has_left_it(first, clerk):
    """A relation or role that is over, or that nobody has confirmed, vouches for nobody."""
    there = make.school_class("2A", at=make.school("Elsewhere"))
    nora = make.pupil(in_class=first)
    gone, proposed = (
        make.guardian("Gone", of=make.pupil(in_class=there), email="gone@example.org"),
        make.guardian("Proposed", of=make.pupil(in_class=there), email="proposed@example.org"),
    )
    actions.end_relation(make.confirmed(gone, nora), by=clerk)
    make.proposed(proposed, nora)

    for person in (gone, proposed):
        with suppress(PermissionDenied):
            correct(person, clerk)

    assert signs_in_with(gone) == ["gone@example.org"]
    assert signs_in_with(proposed) == ["proposed@example.org"]


def test_an_office_still_moves_the_sign_in_of_its_guardians_and_teachers(lia, first, clerk):
    _nora, amira = make.family(first, email="amira@example.org")

    correct(amira, clerk)

    assert signs_in_with(amira) == ["mine@example.org"]


def test_a_principal_moves_the_sign_in_of_the_office(lia, clerk):
    principal = make.holder(Kind.PRINCIPAL, lia, email="pia@example.org")

    correct(clerk, principal)

    assert signs_in_with(clerk) == ["mine@example.org"]


def test_an_address_that_somebody_merely_claims_keeps_nobody_out(first):
    """Whoever is signed in may ask to change to any address; until it is proved, it is still its owner's."""
    _nora, amira = make.family(first, email="amira@example.org")
    EmailAddress.objects.create(user=amira, email="ben@example.org", verified=False, primary=False)

    ben = make.guardian("Ben", of=make.pupil("Liv", in_class=first), email="ben@example.org")

    assert signs_in_with(ben) == ["ben@example.org"]


def test_a_claim_of_ones_own_does_not_stop_the_office(first, clerk):
    _nora, amira = make.family(first, email="amira@example.org")
    EmailAddress.objects.create(user=amira, email="mine@example.org", verified=False, primary=False)

    correct(amira, clerk)

    assert signs_in_with(amira) == ["mine@example.org"]


def test_the_operator_does_not_open_accounts_or_read_secrets(client, first):
    _nora, amira = make.family(first)
    Person.objects.filter(pk=amira.pk).update(is_staff=True)
    client.force_login(Person.objects.get(pk=amira.pk))
    tables = (
        "account/emailaddress",
        "account/emailconfirmation",
        "mfa/authenticator",
        "socialaccount/socialaccount",
        "socialaccount/socialtoken",
        "socialaccount/socialapp",
        "usersessions/usersession",
    )

    found = {table: client.get(f"/admin/{table}/add/").status_code for table in tables}
    listed = {table: client.get(f"/admin/{table}/").status_code for table in tables}

    assert set(found.values()) == {404}, found
    assert set(listed.values()) == {404}, listed
