"""The letters about a moved address say which office it comes from and how to reach it, and never where a child is hidden."""

import pytest
from django.test import Client

from portal.people import actions, tasks
from portal.people.models import AddressProtection, Role, School
from tests import make
from tests.ground import once
from tests.portal.people.test_moves import link_in

pytestmark = pytest.mark.django_db

OFFICES = {
    "en": "This comes from the office of Lia skole. You reach it on +4722000000 or at lia@example.org.",
    "nb": "Dette kommer fra kontoret på Lia skole. Du når det på +4722000000 eller lia@example.org.",
    "nn": "Dette kjem frå kontoret på Lia skole. Du når det på +4722000000 eller lia@example.org.",
    "da": "Dette kommer fra kontoret på Lia skole. Du kan nå det på +4722000000 eller lia@example.org.",
}


@once
def lia():
    school = make.school("Lia skole")
    School.objects.filter(pk=school.pk).update(phone="+4722000000", email="lia@example.org")
    return school


@once
def clerk(lia):
    return make.holder(Role.Kind.OFFICE, lia, given_name="Odd")


@once
def ada(lia):
    return make.pupil("Ada", in_class=make.school_class("1A", at=lia))


def corrected(ada, clerk, mailoutbox, **how):
    return letters(ada, clerk, mailoutbox, **how)[0]


def letters(ada, clerk, mailoutbox, *, before=lambda amira: None, language="en"):
    amira = make.guardian("Amira", of=ada, email="amira@example.org", language=language)
    before(amira)
    actions.correct_contact(amira, by=clerk, email="new@example.org", phone="")
    tasks.tell_of_moves()
    return mailoutbox


@pytest.mark.parametrize("language", OFFICES)
def test_the_office_is_named_in_the_readers_language(ada, clerk, mailoutbox, language):
    old, new = letters(ada, clerk, mailoutbox, language=language)

    assert OFFICES[language] in old.body
    assert OFFICES[language] in new.body


def test_an_office_that_only_asks_is_named_too_and_on_the_page(ada, clerk, mailoutbox):
    elsewhere = make.school_class("2A", at=make.school("Haugen"))
    mail = corrected(
        ada, clerk, mailoutbox, before=lambda amira: make.role(amira, Role.Kind.SUBJECT_TEACHER, elsewhere)
    )

    page = Client().get(link_in(mail), headers={"accept-language": "en"}).content.decode()

    assert OFFICES["en"] in mail.body
    assert "Lia skole" in page
    assert "Haugen" not in mail.body + page


def test_a_school_without_a_phone_is_named_alone(ada, lia, clerk, mailoutbox):
    School.objects.filter(pk=lia.pk).update(phone="", email="", name="Lia & Åsen")

    body = corrected(ada, clerk, mailoutbox).body

    assert "This comes from the office of Lia & Åsen.\n" in body
    assert "You reach it" not in body


def protected(person):
    AddressProtection.objects.create(person=person, grade="strict", valid_from=make.LONG_AGO)


def the_child_is_protected(ada, amira):
    protected(ada)


def the_guardian_is_protected(ada, amira):
    protected(amira)


def the_other_home_is_protected(ada, amira):
    protected(make.guardian("Bo", of=ada))


def the_other_guardian_is_kept_away(ada, amira):
    make.restricted(make.guardian("Bo", of=ada), ada)


def the_guardian_is_kept_away(ada, amira):
    make.restricted(amira, ada)


@pytest.mark.parametrize(
    "hide",
    [
        the_child_is_protected,
        the_guardian_is_protected,
        the_other_home_is_protected,
        the_other_guardian_is_kept_away,
        the_guardian_is_kept_away,
    ],
    ids=lambda hide: hide.__name__,
)
def test_no_school_is_named_where_that_tells_where_a_child_is(ada, clerk, mailoutbox, hide):
    mails = letters(ada, clerk, mailoutbox, before=lambda amira: hide(ada, amira))

    assert [mail.to for mail in mails] == [["amira@example.org"], ["new@example.org"]]
    for mail in mails:
        assert "Lia" not in mail.body + mail.subject
        assert "lia@" not in mail.body
