"""Words of a file that nobody knows give nothing, are named, and end nothing."""

import pytest

from portal.rosters.records import RosterError
from tests.portal.rosters import odd
from tests.portal.rosters.conftest import FILES, named, roles

HERE = {"p1", "p2"}


@pytest.fixture
def read(read_files):
    return read_files


ONE = odd.ONE_ROSTER_11
UNKNOWN = [
    # files, file, what stands there, what stands there instead, row, who is held
    (ONE, "users.csv", "s1,student,,,Nora", "s1,Studnet,,,Nora", 2, "p1"),
    (ONE, "users.csv", "s1,student,,,Nora", "s1,,,,Nora", 2, "p1"),
    (ONE, "users.csv", "s1,guardian", "s1,foresatt", 4, "g1"),
    (ONE, "users.csv", "s1,guardian", "s1,ext:carer", 4, "g1"),
    (ONE, "users.csv", "s1,teacher", "s1,lærer", 7, "t1"),
    (ONE, "users.csv", "p1,,,true", "p1,slettet,,true", 2, "p1"),
    (ONE, "users.csv", "p1,,,true", "p1,,,kanskje", 2, "p1"),
    (ONE, "enrollments.csv", "c1,s1,p1,student", "c1,s1,p1,elev", 2, "p1"),
    (ONE, "enrollments.csv", "c1,s1,p1,student", "c1,s1,p1,", 2, "p1"),
    (ONE, "enrollments.csv", "e1,,,c1,s1,p1", "e1,avsluttet,,c1,s1,p1", 2, "p1"),
    (ONE, "enrollments.csv", "t1,teacher,true", "t1,teacher,kontakt", 4, "t1"),
    (ONE, "enrollments.csv", "t1,teacher,true", "t1,kontaktlærer,true", 4, "t1"),
    (FILES, "roles.csv", "p1,primary,student", "p1,primary,elev", 2, "p1"),
    (FILES, "roles.csv", "p1,primary,student", "p1,hoved,student", 2, "p1"),
    (FILES, "roles.csv", "1,,,p1", "1,borte,,p1", 2, "p1"),
    (FILES, "roles.csv", "r1,primary,principal", "r1,primary,rektor", 8, "r1"),
    (odd.SDS, "enrollments.csv", "c1,p1,student", "c1,p1,elev", 2, "p1"),
    (odd.SDS, "enrollments.csv", "c1,t1,teacher", "c1,t1,", 4, "t1"),
    (odd.SDS, "roles.csv", "p1,s1,student", "p1,s1,pupil", 2, "p1"),
    (odd.SDS, "relationships.csv", "p1,g1,parent", "p1,g1,mor", 2, "g1"),
    (odd.SDS, "relationships.csv", "p1,g1,parent", "p1,g1,", 2, "p1"),
    (odd.SDS_2, "users.csv", "Vik,student", "Vik,elev", 2, "p1"),
]


@pytest.mark.parametrize(("files", "name", "old", "new", "row", "person"), UNKNOWN)
def test_an_unknown_word_is_named_by_file_and_row_and_its_persons_are_held(files, name, old, new, row, person, read):
    roster = read(odd.with_change(files, name, (old, new)))

    assert (name, row) in named(roster)
    assert person in roster.held
    before = read(files)
    assert len(roster.duties) + len(roster.places) + len(roster.relations) <= (
        len(before.duties) + len(before.places) + len(before.relations)
    )


UNKNOWN_XML = [
    ('roletype="01"', 'roletype="elev"', "p1"),
    ('roletype="01"', 'roletype="11"', "p1"),
    ('roletype="01"', "", "p1"),
    ('roletype="06"', 'roletype="kontaktlærer"', "t1"),
    ("<subrole>rektor", "<subrole>rekktor", "h1"),
    ('roletype="01"><status>1', 'roletype="01"><status>sluttet', "p1"),
    ('type="guardian"', 'type="mor"', "g1"),
    ('type="activeInactive">aktiv', 'type="activeInactive">permisjon', "p1"),
    ('"1">basisgruppe', '"1">klasse', "p1"),
    ('"2">skole', '"2">grunnskole', "p1"),
    ('"2">skole', '"2">grunnskole', "h1"),
    ("<timeframe><begin>2026-08-17</begin><adminperiod>2026/2027", "<timeframe><adminperiod>i år", "p1"),
]


@pytest.mark.parametrize(("old", "new", "person"), UNKNOWN_XML)
def test_an_unknown_word_of_pifu_is_named_and_held_too(old, new, person, read):
    assert old in odd.PIFU
    roster = read(odd.PIFU.replace(old, new))

    assert named(roster)
    assert person in roster.held
    assert not [pair for pair in roster.relations if person in pair and new.startswith("type=")]


def test_a_contact_teacher_is_one_in_words_and_numbers(read):
    for said in ("06", "6", "Mentor"):
        assert ("t1", "contact_teacher") in roles(read(odd.PIFU.replace('roletype="06"', f'roletype="{said}"')))
    for said in ("02", "Instructor"):
        assert ("t1", "subject_teacher") in roles(read(odd.PIFU.replace('roletype="06"', f'roletype="{said}"')))
    for said in ("1", "Learner"):
        assert ("p1", "c1") in read(odd.PIFU.replace('roletype="01"', f'roletype="{said}"')).places
    for said in ("03", "Member", "07", "TeachingAssistant"):
        assert ("p1", "c1") not in read(odd.PIFU.replace('roletype="01"', f'roletype="{said}"')).places


@pytest.mark.parametrize("flag", ["true", "TRUE", "1", "SANN", "sand", "ja"])
def test_a_flag_is_read_as_spreadsheets_write_it(flag, read):
    roster = read(odd.with_change(ONE, "enrollments.csv", ("t1,teacher,true", f"t1,teacher,{flag}")))

    assert roles(roster) == [("t1", "contact_teacher")]


@pytest.mark.parametrize("flag", ["false", "USANN", "0", "nei", ""])
def test_a_flag_that_says_no_gives_a_subject_teacher(flag, read):
    roster = read(odd.with_change(ONE, "enrollments.csv", ("t1,teacher,true", f"t1,teacher,{flag}")))

    assert roles(roster) == [("t1", "subject_teacher")]


@pytest.mark.parametrize(
    "word", ["emergencyContact", "Emergency Contact", "doctor", "aide", "other", "child", "nextOfKin"]
)
def test_contacts_who_are_not_guardians_are_counted_and_left_out(word, read):
    roster = read(odd.with_change(odd.SDS, "relationships.csv", ("p1,g1,parent", f"p1,g1,{word}")))

    assert ("g1", "p1") not in roster.relations
    assert "g1" not in roster.guardians
    assert any(word in str(warning) and "1" in str(warning) for warning in roster.notes.warnings)


def test_the_next_of_kin_of_pifu_is_no_guardian(read):
    assert ("g1", "p1") in read(odd.PIFU).relations
    assert not read(odd.PIFU.replace('type="guardian"', 'type="nextOfKin"')).relations
    assert read(odd.PIFU.replace('type="guardian"', 'type="closeRelative"')).relations["g1", "p1"].kind == "relative"
    assert read(odd.PIFU.replace('type="guardian"', 'type="fosterParent"')).relations["g1", "p1"].kind == "foster"


def test_somebody_whom_the_source_removed_is_neither_here_nor_held(read):
    for old, new in (("<person><sourcedid><id>g1", '<person recstatus="3"><sourcedid><id>g1'),):
        roster = read(odd.PIFU.replace(old, new))
        assert "g1" not in roster.persons
        assert "g1" in roster.gone
        assert "g1" not in roster.held
    assert ("p1", "c1") not in read(odd.PIFU.replace('<role roletype="01"', '<role recstatus="3" roletype="01"')).places


def test_a_row_that_contradicts_the_roles_gives_nothing(read):
    roster = read(odd.with_change(ONE, "enrollments.csv", ("p1,student", "p1,teacher"), ("t1,teacher", "t1,student")))

    assert roles(roster) == []
    assert ("t1", "c1") not in roster.places
    assert {"p1", "t1"} <= roster.held


@pytest.mark.parametrize("word", ["Skole", "grunnskole", "department", ""])
@pytest.mark.parametrize("files", [ONE, odd.SDS], ids=["oneroster", "sds"])
def test_the_only_organisation_that_classes_point_at_is_a_school_and_named(word, files, read):
    roster = read(odd.with_change(files, "orgs.csv", ("Lia skole,school", f"Lia skole,{word}")))

    assert [school.name for school in roster.schools.values()] == ["Lia skole"]
    assert len(roster.places) == len(HERE)
    assert ("orgs.csv", 3) in named(roster)


@pytest.mark.parametrize("files", [ONE, odd.SDS], ids=["oneroster", "sds"])
def test_an_unknown_kind_of_organisation_beside_a_school_is_held_with_its_classes(files, read):
    second = "s2,,,Dal skole,grunnskole,," if files is ONE else "s2,Dal skole,grunnskole,"
    files = {**files, "orgs.csv": files["orgs.csv"] + second + "\n"}

    roster = read(odd.with_change(files, "classes.csv", (",s1,", ",s2,")))

    assert set(roster.schools) == {"s1"}
    assert roster.aside_classes >= {"c1"}
    assert roster.held >= HERE
    assert ("orgs.csv", 4) in named(roster)


def test_an_unknown_kind_of_class_is_held_and_a_teaching_group_is_counted(read):
    roster = read(
        odd.with_change(ONE, "classes.csv", ("1A,01,,,homeroom", "1A,01,,,klasse"), ("Scheduled", "homeroom"))
    )

    assert "c1" in roster.aside_classes
    assert "c1" not in roster.classes
    assert roster.held >= HERE
    assert ("classes.csv", 2) in named(roster)


@pytest.mark.parametrize("kind", ["", "homerom", "klasse"])
def test_a_teaching_group_is_no_class_because_the_word_of_the_class_is_odd(kind, read):
    roster = read(odd.with_change(ONE, "classes.csv", ("1A,01,,,homeroom", f"1A,01,,,{kind}")))

    assert not roster.classes
    assert roster.aside_classes == {"c1", "m1"}
    assert roster.held >= HERE


@pytest.mark.parametrize("kind", ["", "scheduled", "homeroom"])
def test_classes_of_one_kind_are_classes(kind, read):
    files = odd.with_change(ONE, "classes.csv", ("homeroom", kind), ("Scheduled", kind))

    assert set(read(files).classes) == {"c1", "m1"}


def test_a_class_of_a_year_that_is_not_in_the_file_is_held(read):
    roster = read(odd.with_change(ONE, "classes.csv", ("s1,y1,,,\nm1", "s1,y0,,,\nm1")))

    assert "c1" not in roster.classes
    assert "c1" in roster.aside_classes


def test_a_class_of_two_school_years_is_held(read):
    files = {
        **ONE,
        "academicSessions.csv": ONE["academicSessions.csv"] + "y0,,,2025/26,schoolYear,2025-08-18,2026-06-19,,2026\n",
    }

    assert "c1" in read(odd.with_change(files, "classes.csv", ("s1,y1,,,\nm1", 's1,"y0,y1",,,\nm1'))).aside_classes


@pytest.mark.parametrize("name", ["03.feb", "2. mar", "1-okt", "02.03.2026", "2026-03-02", "1. mai 2026", "#NAVN?"])
def test_a_class_that_a_spreadsheet_made_a_day_of_is_named(name, read):
    assert ("classes.csv", 2) in named(read(odd.with_change(ONE, "classes.csv", ("1A,01", f"{name},01"))))


@pytest.mark.parametrize("name", ["1A", "10 C", "3-2", "1. trinn", "Mars", "5.1", "1 mai-gruppa", "2B/3B"])
def test_a_class_with_a_name_of_its_own_is_not(name, read):
    assert not named(read(odd.with_change(ONE, "classes.csv", ("1A,01", f"{name},01"))))


def test_a_principal_of_a_school_that_was_not_read_is_named(read):
    assert ("roles.csv", 8) in named(read(odd.with_change(FILES, "roles.csv", ("principal,,,s1", "principal,,,s9"))))


@pytest.mark.parametrize("word", ["Bulk ", "absent"])
def test_a_manifest_of_known_words_is_of_a_whole_file(word, read):
    assert read({**ONE, "manifest.csv": ONE["manifest.csv"] + f"file.users,{word}\n"}).full


@pytest.mark.parametrize("word", ["delta", "Delta", "full", "endringer"])
def test_a_manifest_that_does_not_say_whole_takes_nobody_away(word, read):
    assert not read({**ONE, "manifest.csv": ONE["manifest.csv"] + f"file.users,{word}\n"}).full
    assert not read(odd.PIFU.replace("<type>full", "<type>endring")).full


def test_both_versions_of_sds_are_read_and_the_oldest_is_refused_by_name(read, in_english):
    assert read(odd.SDS).format == "Microsoft SDS 2.1"
    newer = read(odd.SDS_2)
    assert newer.format == "Microsoft SDS 2"
    assert (newer.pupils, newer.guardians, newer.staff) == (HERE, {"g1", "g2"}, {"t1"})
    with pytest.raises(RosterError, match="SDS 1"):
        read({"School.csv": "SIS ID,Name\n", "Section.csv": "SIS ID\n", "Student.csv": "SIS ID\n"})
    with pytest.raises(RosterError, match="CSV UTF-8"):
        read({"[Content_Types].xml": "<a/>", "workbook.xml": "<a/>", "sheet1.xml": "<a/>"})
