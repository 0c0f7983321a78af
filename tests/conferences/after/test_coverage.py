import re

import pytest
from django.utils import timezone

from conferences import actions
from portal.people.models import Role
from tests import make
from tests.ground import once

ADDRESS = "/conferences/coverage/"
NOW = timezone.now


@once
def english(principal):
    type(principal).objects.filter(pk=principal.pk).update(language="en")
    principal.refresh_from_db()
    return principal


def test_the_principal_reads_who_lacks_a_talk_and_why(client, english, conference, school_class):
    make.pupil("Iver", "Nordlie", in_class=school_class)
    client.force_login(english)
    page = client.get(ADDRESS).content.decode()
    assert "2 children have had fewer talks" in page
    assert "Called, and has no time yet" in page
    assert "Not called yet" in page


def test_the_board_reads_totals_and_no_name(client, school, conference):
    member = make.holder(Role.Kind.BOARD_MEMBER, school, "Siri", "Styre", language="en")
    client.force_login(member)
    page = client.get(ADDRESS).content.decode()
    assert "Called in good time" in page
    assert "Nora" not in page
    assert "fewer talks than are due" not in page


def test_the_principals_own_child_is_not_on_the_list(client, english, nora, conference):
    make.confirmed(english, nora)
    client.force_login(english)
    assert "Nora" not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("kind", [Role.Kind.OFFICE, Role.Kind.MUNICIPALITY_OFFICER])
def test_nobody_else_reads_it(client, school, kind, teacher, amina):
    scope = school.municipality if kind == Role.Kind.MUNICIPALITY_OFFICER else school
    for person in (make.holder(kind, scope), teacher, amina):
        client.force_login(person)
        assert client.get(ADDRESS).status_code == 403


def test_queries_do_not_grow_with_the_children(client, english, school_class, django_assert_max_num_queries):
    client.force_login(english)
    for number in range(30):
        make.pupil(f"Barn{number}", in_class=school_class)
    with django_assert_max_num_queries(60):
        client.get(ADDRESS)


def felt_of(page):
    table = page.split('id="felt"')[1].split("</tbody>")[0].split("<tbody>")[1]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in table.split("<tr>")[1:]]


@pytest.mark.parametrize("kind", [Role.Kind.PRINCIPAL, Role.Kind.BOARD_MEMBER])
def test_both_questions_are_shown_from_five_answers_a_side(client, school, round, school_class, teacher, kind):
    reader = make.holder(kind, school, language="en")
    client.force_login(reader)
    for number in range(5):
        pupil = make.pupil(f"Barn{number}", in_class=school_class)
        guardian, talk = make.guardian(of=pupil), make.conference(round, pupil, teacher, state="held", ended_at=NOW())
        if number == 4:
            assert felt_of(client.get(ADDRESS).content.decode())[0] == "Home – – Not shown: fewer than five"
        actions.give_feedback(talk, by=guardian, heard=5, useful=4 if number else 1)
    home, staff = felt_of(client.get(ADDRESS).content.decode())
    assert home == "Home 5.0 of 5 3.4 of 5 5"
    assert staff == "School – – Not shown: fewer than five"


def test_another_schools_answers_are_not_counted(client, english):
    elsewhere = make.school("Elsewhere")
    there = make.school_class("1A", at=elsewhere)
    talks, holder = make.round(there), make.holder(Role.Kind.CONTACT_TEACHER, there)
    for number in range(5):
        pupil = make.pupil(f"Barn{number}", in_class=there)
        talk = make.conference(talks, pupil, holder, state="held", ended_at=NOW())
        actions.give_feedback(talk, by=holder, heard=5, useful=5)
    client.force_login(english)
    assert felt_of(client.get(ADDRESS).content.decode())[1] == "School – – Not shown: fewer than five"
