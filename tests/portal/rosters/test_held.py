"""Whoever stands in a row that is not understood keeps what they have; nobody else does."""

import pytest
from django.utils import translation

from portal.people import actions as people
from portal.people.models import Enrolment, GuardianRelation, Person, Role, SchoolClass, the_portal
from portal.people.models.rosters import TooManyRemoved
from portal.rosters import actions
from portal.rosters.reading import read_roster
from portal.rosters.records import Problem
from tests.portal.rosters import odd
from tests.portal.rosters.conftest import FILES

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(folder, load):
    load(folder())
    for relation in GuardianRelation.objects.all():
        people.confirm_relation(relation, by=the_portal())


def here():
    today = Enrolment.objects.open().values_list("pupil__source_id", "school_class__name")
    relations = GuardianRelation.objects.exclude(state="ended").values_list("guardian__source_id", "pupil__source_id")
    roles = Role.objects.exclude(state="ended").values_list("person__source_id", "kind")
    active = Person.objects.filter(source="oneroster visma", is_active=True).values_list("source_id", flat=True)
    open_classes = SchoolClass.objects.filter(closed_on=None).values_list("name", flat=True)
    return {
        "places": set(today),
        "relations": set(relations),
        "roles": set(roles),
        "persons": set(active),
        "classes": set(open_classes),
    }


ODD = [
    [("roles.csv", "p1,primary,student", "p1,primary,Studnet"), ("enrollments.csv", "p1,student", "p1,Studnet")],
    [("roles.csv", "g1,primary,parent", "g1,primary,forelder")],
    [("roles.csv", "t1,primary,teacher", "t1,primary,lærer"), ("enrollments.csv", "t1,teacher", "t1,lærer")],
    [("roles.csv", "r1,primary,principal", "r1,primary,rektor")],
    [("roles.csv", "principal,,,", "principal,en gang,,")],
    [("users.csv", "Nora,Vik", f"{'A' * 140},Vik")],
    [("users.csv", "\np1,", "\n,")],
    [("users.csv", "\ng1,,,true", "\ng1,,,kanskje")],
    [("users.csv", "\ng1,,,true", "\ng1,sluttet,,true")],
    [("classes.csv", "1A,01,,,homeroom", "1A,01,,,klasse"), ("classes.csv", "Scheduled", "homeroom")],
    [("classes.csv", "c1,,,1A", "c1,borte,,1A")],
    [("orgs.csv", "skole,school", "skole,nedlagt"), ("orgs.csv", "s1,,,Lia", "s1,ukjent,,Lia")],
    [("academicSessions.csv", "2026-08-17,2027-06-18,,2027", "snart,,,")],
    [("enrollments.csv", "p1,student,,,", "p1,student,,2030-01-01,")],
    [("enrollments.csv", "p1,student,,,", "p1,student,,32.13.2026,")],
]


@pytest.mark.parametrize("changes", ODD)
def test_nobody_of_a_row_that_is_not_understood_has_left(changes, known, folder, load):
    before, files = here(), FILES
    for name, old, new in changes:
        files = odd.with_change(files, name, (old, new))

    load(folder(files), removals_meant=True)

    after = here()
    assert {kind: before[kind] - after[kind] for kind in before} == {kind: set() for kind in before}


def test_whoever_is_not_in_the_file_leaves_even_beside_an_odd_row(known, folder, load):
    files = odd.with_change(FILES, "roles.csv", ("p2,primary,student", "p2,primary,Studnet"))
    files = odd.with_change(files, "users.csv", (FILES["users.csv"].splitlines()[4] + "\n", ""), ('"g1,g2"', "g1"))
    files = odd.with_change(files, "roles.csv", ("4,,,g2,primary,guardian,,,s1,\n", ""))

    load(folder(files), removals_meant=True)

    assert ("g2", "p1") not in here()["relations"]
    assert ("g1", "p1") in here()["relations"]


def test_whoever_the_source_removes_leaves_although_another_row_is_odd(known, folder, load):
    files = odd.with_change(FILES, "users.csv", ("\np1,,,true", "\np1,tobedeleted,,true"))
    files = odd.with_change(files, "enrollments.csv", ("p1,student", "p1,Studnet"))

    load(folder(files), removals_meant=True)

    assert "p1" not in here()["persons"]


@pytest.mark.parametrize("ends", ["2026-06-20", "2025-01-01"])
def test_a_row_that_ends_before_it_begins_ends_the_place(ends, known, folder, load):
    dated = odd.with_change(FILES, "enrollments.csv", ("p1,student,,,", f"p1,student,,2026-08-17,{ends}"))

    load(folder(dated), removals_meant=True)

    assert {pupil for pupil, _name in here()["places"]} == {"p2"}


def test_a_place_until_9999_ends_with_its_school_year(folder, load):
    load(folder(odd.with_change(FILES, "enrollments.csv", ("p1,student,,,", "p1,student,,2026-08-01,9999-12-31"))))

    assert {str(place.valid_to) for place in Enrolment.objects.all()} == {"2027-07-31"}


def test_a_contact_who_is_called_something_else_now_is_no_guardian_any_more(folder, load):
    load(folder({**dict.fromkeys(FILES), **odd.SDS}))

    other = odd.with_change(odd.SDS, "relationships.csv", ("g1,parent", "g1,emergencyContact"))
    load(folder({**dict.fromkeys(FILES), **other}), removals_meant=True)

    live = GuardianRelation.objects.exclude(state="ended").values_list("guardian__source_id", flat=True)
    assert list(live) == ["g2"]


def test_a_file_without_classes_is_imported_only_when_it_is_meant(folder, load, in_english):
    path = folder({"classes.csv": None, "academicSessions.csv": None})

    with pytest.raises(TooManyRemoved, match="No class"):
        load(path)
    assert load(path, removals_meant=True).counts["done"]["persons"]["created"] == 7


def test_a_school_number_is_compared_whole(folder, load):
    load(folder(odd.with_change(FILES, "orgs.csv", ("U90000001", "NO-SKOLE-2026-001"))))
    other = odd.with_change(FILES, "orgs.csv", ("Lia skole,school,U90000001", "Dal skole,school,NO-SKOLE-2026-002"))
    other = odd.with_change(other, "manifest.csv", ("visma", "other"))

    load(folder(other), removals_meant=True)

    assert sorted(SchoolClass.objects.values_list("year__school__name", "name")) == [
        ("Dal skole", "1A"),
        ("Lia skole", "1A"),
    ]


def test_a_dry_run_of_a_file_without_classes_says_that_it_will_be_asked_about(folder):
    roster = read_roster(folder({"classes.csv": None, "academicSessions.csv": None}))

    actions.dry_run(roster, by=the_portal())

    assert roster.without_classes


def test_a_row_whose_file_is_not_known_is_named_by_its_number_alone():
    with translation.override("en"):
        assert str(Problem("", 36, "Look at it.")) == "Row 36: Look at it."
        assert str(Problem("users.csv", 36, "Look at it.")) == "users.csv, row 36: Look at it."
