"""The roster cases that lie beside the project: the first file for good, everything confirmed, then the second."""

from pathlib import Path

import pytest
from allauth.account.models import EmailAddress

from portal.people import actions as people
from portal.people.models import GuardianRelation, Person, Role, School, the_portal
from portal.people.models.rosters import TooManyRemoved
from portal.rosters import actions
from portal.rosters.reading import read_roster
from tests import make
from tests.portal.rosters.town import called, confirm_all, said, sees

ROOT = Path(__file__).resolve().parents[3]
CASES = next(
    (found for found in (place / "shared/data/cases" for place in ROOT.parents) if found.exists()), ROOT / "cases"
)

pytestmark = [
    pytest.mark.usefixtures("in_english", "db"),
    pytest.mark.skipif(not CASES.exists(), reason="the cases lie in ../shared, which is not here"),
]


def load(case, part="", **options):
    folder = next(CASES.glob(f"{case}_*")) / part
    roster = read_roster(folder)
    actions.import_roster(None, by=the_portal(), roster=roster, file_name=case, **options)
    return [warning.text for warning in roster.notes.warnings]


def before(case):
    load(case, "1-before")
    confirm_all()


def after(case, **options):
    return load(case, "2-after", **options)


def classes_of(name):
    places = called(name).enrolments.open().select_related("school_class")
    return sorted(place.school_class.name for place in places)


@pytest.mark.parametrize(
    ("case", "question"),
    [
        ("r05", "Fjell skole: 1 of 1 roles would go"),
        ("r06", "Skole 7: 5 of 5 guardians would go"),
        ("r07", "49 people in the file are here already, 49 of them under other keys"),
    ],
)
def test_what_takes_much_away_or_knows_nobody_asks(case, question):
    before(case)
    counts = [model.objects.count() for model in (Person, GuardianRelation, Role)]

    with pytest.raises(TooManyRemoved, match=question):
        after(case)

    assert [model.objects.count() for model in (Person, GuardianRelation, Role)] == counts
    after(case, removals_meant=True)
    assert [model.objects.count() for model in (Person, GuardianRelation, Role)] == counts


def test_r09_a_new_key_keeps_role_and_sign_in():
    before("r09")
    tuva = called("Tuva Lie")

    after("r09")

    assert (called("Tuva Lie").pk, called("Tuva Lie").source_id) == (tuva.pk, "L-9")
    assert Role.objects.get(person=tuva, school_class__isnull=False).state == "confirmed"
    assert called("Tuva Lie").is_active


def test_r13_to_r16_partial_files():
    before("r13")
    after("r13")
    assert classes_of("Eli Moe") == ["6A"]
    assert GuardianRelation.objects.get(pupil=called("Eli Moe")).guardian == called("Siv Moe")


def test_r14_a_removed_place_ends():
    before("r14")
    after("r14")
    assert classes_of("Ask Moe") == ["6A"]


def test_r15_places_alone():
    before("r15")
    after("r15")
    assert "6A" in classes_of("Ask Moe")


def test_r16_one_leaver():
    before("r16")
    after("r16")
    assert list(Person.objects.filter(is_active=False).values_list("source_id", flat=True)) == ["p1"]


def test_r20_numbers_are_compared_whole():
    before("r20")
    after("r20", removals_meant=True)
    assert sorted(School.objects.values_list("name", flat=True)) == ["Dal skole", "Fjell skole"]
    assert {one.school.name for one in School.objects.get(name="Dal skole").classes.all()} == {"Dal skole"}


def test_r22_one_mailbox():
    warnings = load("r22")
    confirm_all()
    assert said(warnings, "(g1)", "(g2)", "(g3)", "(t1)", "share the e-mail address")

    for doubt in list(actions.Doubt.objects.open()):
        actions.judge_doubt(doubt, by=the_portal(), same=True)

    kari = EmailAddress.objects.get(email="kari.dahl@example.org").user
    seen = GuardianRelation.objects.live().filter(guardian=kari).values_list("pupil__given_name", flat=True)
    assert sorted(seen) == ["Ida", "Jon"]
    assert Role.objects.live().filter(person=kari).exists()


def test_r36_staff_who_are_parents():
    warnings = load("r36")
    assert GuardianRelation.objects.filter(guardian__source_id="t1", pupil__source_id="p1").exists()
    assert said(warnings, "Kari Dahl", "works at the school")


def test_r39_turned_down_stays_so():
    load("r39", "1-before")
    people.end_relation(GuardianRelation.objects.get(guardian=called("Rolf Berg")), by=the_portal())
    assert said(after("r39"), "turned down", "Rolf Berg for Ask Moe")
    assert not GuardianRelation.objects.proposed().filter(guardian=called("Rolf Berg")).exists()


@pytest.mark.parametrize(("case", "guardian", "key"), [("r40", "Siv Moe", "E-99"), ("r42", "Rolf Berg", "E77")])
def test_a_restriction_holds_under_the_pupils_new_key(case, guardian, key):
    before(case)
    make.restricted(called(guardian), called("Ask Moe"))

    warnings = after(case)

    assert called("Ask Moe").source_id == key
    assert not GuardianRelation.objects.live().filter(guardian=called(guardian)).exists()
    assert not GuardianRelation.objects.proposed().exists()
    assert said(warnings, "1 blocked link kept", guardian)
    assert sees("Moe", "Ask") == (case == "r42")
