"""Partial files point at what is here and remove what they name; a whole one asks before it takes much away."""

import pytest

from portal.people.models import Enrolment, GuardianRelation, Person, Role, RosterChange, School, SchoolClass
from portal.people.models.rosters import TooManyRemoved
from portal.rosters.records import RosterError
from tests.portal.rosters.town import (
    ASK,
    DAL,
    FJELL,
    ROLF,
    SIV,
    called,
    confirm_all,
    delta,
    enrolment,
    family,
    said,
    sees,
    shut_out,
    town,
    user,
)

SCHOOLS = [(f"s{n}", f"Skole {n}", f"9745000{n:02}") for n in range(1, 13)]


def classes_of(name):
    return sorted(place.school_class.name for place in called(name).enrolments.open().select_related("school_class"))


def crowd(count=24, **more):
    pupils = [(f"p{n}", f"Elev{n} Moe", "", f"g{n}", "c31") for n in range(1, count + 1)]
    return town(pupils, [(f"g{n}", f"Mor{n} Moe", f"m{n}@example.org") for n in range(1, count + 1)], **more)


def twelve(without=""):
    pupils, grown = [], []
    for n in range(1, 13):
        for m in range(1, 6):
            agents = "" if str(n) == without else f"g{n}_{m}"
            pupils.append((f"p{n}_{m}", f"Elev{m} Skole{n}", "", agents, f"c3{n}"))
            grown.append((f"g{n}_{m}", f"Mor{m} Skole{n}", f"m{n}_{m}@example.org"))
    return town(pupils, grown, schools=SCHOOLS)


def test_a_partial_file_points_at_classes_and_guardians_that_are_here(read):
    read(family())
    confirm_all()

    read(delta(users=user("E2", "Eli Moe", "student", agents="F1"), enrollments=enrolment("E2", "c61")))

    assert classes_of("Eli Moe") == ["6A"]
    assert GuardianRelation.objects.get(pupil=called("Eli Moe")).guardian == called("Siv Moe")
    assert sees("Moe", "Ask")


def test_a_partial_file_of_places_alone_is_read(read):
    read(family())

    entry, _warnings = read(delta(enrollments=enrolment("E1", "c61")))
    assert classes_of("Ask Moe") == ["3A", "6A"]
    assert entry.counts["done"]["places"]["created"] == 1

    again, _warnings = read(delta(enrollments=enrolment("E1", "c61")))
    assert RosterChange.objects.filter(roster=again).count() == 0


def test_a_place_that_a_partial_file_removes_ends(read):
    read(family())

    read(delta(enrollments=enrolment("E1", "c31", status="tobedeleted") + enrolment("E1", "c61")))

    assert classes_of("Ask Moe") == ["6A"]


def test_one_who_leaves_in_a_partial_file_goes_unasked_and_many_do_not(read):
    read(crowd())
    confirm_all()

    read(delta(users=user("p1", "Elev1 Moe", "student", status="tobedeleted")))

    assert not called("Elev1 Moe").is_active
    assert not Enrolment.objects.open().filter(pupil=called("Elev1 Moe")).exists()
    assert Person.objects.filter(is_active=False).count() == 1

    many = "".join(user(f"p{n}", f"Elev{n} Moe", "student", status="tobedeleted") for n in range(2, 9))
    with pytest.raises(TooManyRemoved, match="Fjell skole: 7 of 23 places would go"):
        read(delta(users=many))


def test_a_class_that_a_partial_file_removes_is_closed(read):
    read(family())

    read(delta(classes="c61,tobedeleted,,6A,06,,,homeroom,,s1,y1,,,\n"))

    assert SchoolClass.objects.get(name="6A").closed_on
    assert not SchoolClass.objects.get(name="3A").closed_on


def test_what_a_partial_file_points_at_and_is_nowhere_is_told(read):
    read(family())

    _entry, warnings = read(delta(enrollments=enrolment("E1", "c99") + enrolment("E1", "c61")))

    assert said(warnings, "1 row is about a school or class")
    assert classes_of("Ask Moe") == ["3A", "6A"]


def test_a_partial_file_that_makes_a_blocked_relation_again_does_not(read):
    read(family())
    confirm_all()
    shut_out()
    GuardianRelation.objects.filter(guardian=called("Rolf Berg"))

    _entry, warnings = read(delta(users=user("E1", "Ask Moe", "student", agents="F1,F2")))

    assert GuardianRelation.objects.proposed().count() == 0
    assert said(warnings, "1 blocked link kept")


def test_a_pupil_whose_key_a_partial_file_replaces_stays_who_they_are(read):
    read(family())
    confirm_all()
    shut_out()
    ask = called("Ask Moe")

    read(
        delta(
            users=user("E1", "Ask Moe", "student", status="tobedeleted")
            + user("E77", "Ask Moe", "student", agents="F1,F2"),
            enrollments=enrolment("E1", "c31", status="tobedeleted") + enrolment("E77", "c31"),
        )
    )

    assert (called("Ask Moe").pk, called("Ask Moe").source_id) == (ask.pk, "E77")
    assert called("Ask Moe").is_active
    assert not sees("Berg", "Ask")
    assert GuardianRelation.objects.proposed().count() == 0


def test_one_school_of_twelve_that_loses_its_guardians_is_asked_about(read):
    read(twelve())
    confirm_all()

    with pytest.raises(TooManyRemoved, match="Skole 7: 5 of 5 guardians would go"):
        read(twelve(without="7"))

    assert GuardianRelation.objects.live().count() == 60

    read(twelve(without="7"), removals_meant=True)

    assert GuardianRelation.objects.live().count() == 55


def test_all_teachers_gone_is_asked_about(read):
    teachers = [("T1", "Tuva Lie", "tuva@example.org", "c31")]
    read(crowd(teachers=teachers))
    confirm_all()
    after = crowd()
    after["users.csv"] += user("T1", "Tuva Lie", "teacher", email="tuva@example.org")

    with pytest.raises(TooManyRemoved, match="1 of 1 roles would go"):
        read(after)

    assert Role.objects.get().state == "confirmed"


def test_one_class_that_loses_its_guardians_is_asked_about(read):
    def school(agents):
        pupils = [(f"p{n}", f"Elev{n} Moe", "", f"g{n}", "c31") for n in range(1, 61)]
        pupils += [(f"q{n}", f"Barn{n} Moe", "", agents and f"h{n}", "c61") for n in range(1, 6)]
        grown = [(f"g{n}", f"Mor{n} Moe", "") for n in range(1, 61)] + [
            (f"h{n}", f"Far{n} Moe", "") for n in range(1, 6)
        ]
        return town(pupils, grown)

    read(school("yes"))

    with pytest.raises(TooManyRemoved, match="6A, Fjell skole: 5 of 5 guardians would go"):
        read(school(""))


def test_school_numbers_are_compared_whole(read):
    one, other = ("s1", "Fjell skole", "NO-SKOLE-2026-001"), ("s2", "Dal skole", "NO-SKOLE-2026-002")
    read(town([(*ASK, "F1,F2", "c31")], [SIV, ROLF], schools=[one]))

    read(
        town([("K1", *ASK[1:], "K2", "c32")], [("K2", *SIV[1:])], schools=[other], system="annet"), removals_meant=True
    )

    assert sorted(School.objects.values_list("name", "number")) == [
        ("Dal skole", "NO-SKOLE-2026-002"),
        ("Fjell skole", "NO-SKOLE-2026-001"),
    ]


def test_a_school_key_that_now_names_another_school_is_refused(read):
    read(town([(*ASK, "F1", "c31")], [SIV], schools=[FJELL]))

    with pytest.raises(RosterError, match="Fjell skole"):
        read(town([(*ASK, "F1", "c31")], [SIV], schools=[("s1", *DAL[1:])]))


def test_a_class_under_a_new_key_is_the_same_class(read):
    read(family())
    renamed = {name: text and text.replace("c31", "k31") for name, text in family().items()}

    entry, _warnings = read(renamed)

    assert SchoolClass.objects.filter(name__startswith="3A").count() == 1
    assert entry.counts["done"]["places"] == {"created": 0, "updated": 0, "unchanged": 1, "deactivated": 0}
