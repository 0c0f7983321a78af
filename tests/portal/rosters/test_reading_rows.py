"""An odd row or cell of a file holds itself back, or is refused by row."""

import pytest

from tests.portal.rosters import odd
from tests.portal.rosters.conftest import FILES, named, refused

ONE = odd.ONE_ROSTER_11


@pytest.fixture
def read(read_files):
    return read_files


TOO_LONG = "A" * 140
ODD_ROWS = [
    ("a long name", "users.csv", ("Nora,Vik", f"{TOO_LONG},Vik"), "p1"),
    ("no name", "users.csv", ("Nora,Vik", ","), "p1"),
    ("nothing that can be seen", "users.csv", ("Nora,Vik", "\u200b,\u3164"), "p1"),
]


@pytest.mark.parametrize(("what", "name", "pair", "person"), ODD_ROWS)
def test_one_odd_person_is_held_and_not_the_file(what, name, pair, person, read):
    roster = read(odd.with_change(ONE, name, pair))

    assert person not in roster.persons
    assert person in roster.held
    assert set(roster.persons) >= {"p2", "g3", "t1"}
    assert (name, 2) in named(roster), what


@pytest.mark.parametrize("key", ["", "x" * 101, "4.79E+10", '"1,00123E+11"'])
def test_a_person_without_a_key_is_held_by_name(key, read):
    roster = read(odd.with_change(ONE, "users.csv", ("\np1,", f"\n{key},")))

    assert "nora vik" in roster.aside_names
    assert "p2" in roster.persons


def test_a_row_with_a_cell_too_many_is_refused_by_row(read):
    assert refused(read, odd.with_change(ONE, "users.csv", ('"g1,g2"', "g1,g2"))) == [("users.csv", 2)]
    assert refused(read, odd.with_change(ONE, "users.csv", ("Lie,,,", "Lie, jr.,,,"))) == [("users.csv", 5)]
    assert refused(read, odd.with_change(odd.SDS, "enrollments.csv", ("p2,student", "p2,student,"))) == [
        ("enrollments.csv", 3)
    ]


MERGED = [
    # a cell that was merged with the one above it is empty in the file: who is held, or None for refused
    (ONE, "enrollments.csv", "c1,s1,p2", ",s1,p2", 3, "p2"),
    (ONE, "enrollments.csv", "c1,s1,p2", "c1,s1,", 3, None),
    (FILES, "roles.csv", "p2,primary", ",primary", 3, None),
    (odd.SDS, "enrollments.csv", "c1,p2,student", ",p2,student", 3, "p2"),
    (odd.SDS, "relationships.csv", "p2,g2,guardian", ",g2,guardian", 3, "g2"),
    (odd.SDS, "relationships.csv", "p2,g2,guardian", "p2,g2,", 3, "p2"),
]


@pytest.mark.parametrize(("files", "name", "old", "new", "row", "held"), MERGED)
def test_what_a_merged_cell_leaves_is_held_or_refused_by_row(files, name, old, new, row, held, read):
    changed = odd.with_change(files, name, (old, new))

    if held is None:
        assert refused(read, changed) == [(name, row)]
    else:
        roster = read(changed)
        assert (name, row) in named(roster)
        assert held in roster.held


def test_a_row_about_a_class_that_is_not_in_the_file_holds_its_person(read):
    roster = read(odd.with_change(ONE, "enrollments.csv", ("c1,s1,p2", "c9,s1,p2")))

    assert "p2" in roster.held
    assert ("enrollments.csv", 3) in named(roster)


OPEN_QUOTES = [
    (ONE, "users.csv", [('"g1,g2"', '"g1,g2')], 2),  # the next quote is that of the next list
    (ONE, "users.csv", [('"g1,g2"', '"g1,g2'), (",,,,g3,", ',,,,"g3",')], 2),  # which holds one word
    (ONE, "users.csv", [("Amira,Vik", 'Amira,"Vik')], 4),  # to the end of the file
    (ONE, "users.csv", [("Amira,Vik", 'Amira,"Vik'), ("Dahl,,", 'Dahl",,')], 4),  # to a cell three rows on
    (ONE, "enrollments.csv", [("c1,s1,p1", 'c1,"s1,p1'), ("c1,s1,p2", 'c1,s1",p2')], 2),
    (odd.SDS, "enrollments.csv", [("c1,p1", 'c1,"p1'), ("c1,p2", 'c1,p2"')], 2),
    (odd.SDS, "relationships.csv", [("p1,g1", '"p1,g1'), ("p2,g2", '"p2",g2')], 2),
]


@pytest.mark.parametrize(("files", "name", "pairs", "row"), OPEN_QUOTES)
def test_a_cell_that_swallows_the_next_rows_is_refused_by_row(files, name, pairs, row, read):
    assert refused(read, odd.with_change(files, name, *pairs)) == [(name, row)]


def test_a_line_break_in_a_cell_is_a_space(read):
    roster = read(odd.with_change(ONE, "users.csv", ("Nora,Vik", '"Nora\r\nSofie",Vik')))

    assert roster.persons["p1"].given_name == "Nora Sofie"
    assert roster.persons.keys() == read(ONE).persons.keys()


def everybody(text):
    return {**ONE, "users.csv": text}


SHAPES = {
    "rows of commas": odd.USERS_11 + ",,,,,,,,,,,,,,,,,\n,,,,,,,,,,,,,,,,,,,,\n",
    "rows of spaces": odd.USERS_11 + "\u00a0, ,,,,,,,,,,,,,,,,\n\n\n",
    "empty rows first": "\n,,,,,,,,,,,,,,,,,\n" + odd.USERS_11,
    "a byte order mark": "\ufeff" + odd.USERS_11,
    "two byte order marks": "\ufeff\ufeff" + odd.USERS_11,
    "tabs": odd.USERS_11.replace('"g1,g2"', "g1|g2").replace(",", "\t"),
    "bars": odd.USERS_11.replace('"g1,g2"', "g1;g2").replace(",", "|"),
    "a line that names the separator": "sep=;\n" + odd.USERS_11.replace('"g1,g2"', "g1|g2").replace(",", ";"),
    "the same in quotes, of a comma": '"sep=,"\r\n' + odd.USERS_11,
    "the same, saved again": "SEP=;;;;\n" + odd.USERS_11.replace('"g1,g2"', "g1|g2").replace(",", ";"),
    "the same, and wrong": "sep=;\n" + odd.USERS_11,
    "old line ends": odd.USERS_11.replace("\n", "\r"),
    "header in capitals": odd.USERS_11.replace(odd.USERS_11.split("\n")[0], odd.USERS_11.split("\n")[0].upper()),
    "spaces in the header": odd.USERS_11.replace("givenName", "\u200b given\u00a0Name ").replace("role,", " Role ,"),
    "columns of the school's own": odd.USERS_11.replace("password\n", "password,skostørrelse\n"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shape_of_a_table_changes_nothing(shape, read):
    roster, plain = read(everybody(SHAPES[shape])), read(ONE)

    assert {key: row[:5] for key, row in roster.persons.items()} == {key: row[:5] for key, row in plain.persons.items()}
    assert roster.relations == plain.relations
    assert roster.places == plain.places


def test_a_column_that_is_there_twice_is_refused(read):
    assert refused(read, everybody(odd.USERS_11.replace("username,", "role,"))) == [("users.csv", 1)]


def test_a_column_that_says_who_is_what_must_be_there(read):
    assert refused(read, everybody(odd.USERS_11.replace(",role,", ",rolle_i_skolen,"))) == [("users.csv", 1)]
    assert refused(read, odd.with_change(ONE, "enrollments.csv", (",role,", ",rolle_her,"))) == [("enrollments.csv", 1)]
    assert refused(read, odd.with_change(odd.SDS, "relationships.csv", ("relationshipRole", "hvem"))) == [
        ("relationships.csv", 1)
    ]


def test_a_file_that_was_cut_off_is_named(read):
    cut = odd.USERS_11[: odd.USERS_11.index("carol@")]

    assert ("users.csv", 7) in named(read(everybody(cut)))


def test_two_rows_of_one_place_give_the_one_that_lasts(read):
    more = "e9,,,c1,s1,p1,student,,2026-08-17,2026-09-10\n"
    first = odd.with_change(ONE, "enrollments.csv", ("e1,,,c1", more + "e1,,,c1"))
    last = {**ONE, "enrollments.csv": ONE["enrollments.csv"] + more}

    assert read(first).places["p1", "c1"].valid_to is None
    assert read(last).places["p1", "c1"].valid_to is None


def test_a_person_who_is_there_and_removed_in_one_file_is_held(read):
    for rows in ("p1,tobedeleted,,true,s1,student,,,Nora,Vik\n", "p1,slettet,,true,s1,student,,,Nora,Vik\n"):
        roster = read(everybody(odd.USERS_11 + rows))
        assert "p1" in roster.held
        assert "p1" not in roster.gone
    roster = read(everybody(odd.USERS_11.replace("\np1,", "\np1,tobedeleted,,,,,,,Nora,Vik\np1,")))
    assert "p1" in roster.held
    assert "p1" not in roster.persons | dict.fromkeys(roster.gone)


def test_staff_named_as_contacts_are_proposed_and_both_are_named(read):
    roster = read(odd.with_change(ONE, "users.csv", ('"g1,g2"', '"g1,t1"')))

    assert ("t1", "p1") in roster.relations
    named_here = [str(warning) for warning in roster.notes.warnings if warning.row == 2]
    assert any("Carol Dahl" in line and "Nora Vik" in line for line in named_here)


def test_a_class_or_school_with_a_long_name_is_shortened_and_named(read):
    roster = read(odd.with_change(ONE, "classes.csv", ("1A,01", "1A " + "b" * 200 + ",01")))

    assert len(roster.classes["c1"].name) == 80
    assert ("classes.csv", 2) in named(roster)


def test_a_file_without_classes_says_so_first(read, in_english):
    roster = read({**ONE, "classes.csv": None, "academicSessions.csv": None})

    assert roster.without_classes
    assert "No class was read" in str(roster.notes.warnings[0])
    assert not read(
        {**ONE, "classes.csv": None, "manifest.csv": ONE["manifest.csv"] + "file.users,delta\n"}
    ).without_classes
