"""Letters, addresses and phones of a file, as somebody wrote them."""

import pytest

from portal.rosters import values
from portal.rosters.reading import read_roster
from tests.portal.rosters import odd
from tests.portal.rosters.conftest import named, refused

ONE = odd.ONE_ROSTER_11


@pytest.fixture
def read(read_files):
    return read_files


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("A\u030ase", "Åse"),
        ("Siv\u200b", "Siv"),
        ("\u202eSiv\u2066", "Siv"),
        ("\ufeffSiv\ue000", "Siv"),
        ("Siv\U000e0041", "Siv"),
        ("Siv\u2028Anne\u00a0Kari", "Siv Anne Kari"),
        ("Siv\u00adAnne", "SivAnne"),
        ("\u200dSiv\u200c", "Siv"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Siv\x07", "Siv"),
        ("\u3164\u2800", ""),
        ("Siv\x85Anne", "Siv Anne"),
    ],
)
def test_names_are_composed_and_without_what_nobody_sees(written, kept, read):
    assert values.cell(written) == kept
    if kept:
        roster = read(odd.with_change(ONE, "users.csv", ("Nora,Vik", f"{written},Vik")))
        assert roster.persons["p1"].given_name == kept
        assert not named(roster)


@pytest.mark.parametrize(
    "name",
    ["BjÃ¸rn", "Ã†rÃ¸", "J\ufffdrn", "m¿te", "Œret", "Bj?rn", "Bj|rn", "Bj&oslash;rn", "Bj&#248;rn", "Bj%C3%B8rn",
     "BjÃƒÂ¸rn", "B\x9bjrn", "Bj›rn", "K†re", "JosÃ©", "Åse\ufffd", "#NAVN?", "=?utf-8?b?w6U=?=", "Bj°rn", "Zaïµa",
     "GÃ¼l", "Å\x81ukasz", "Ä†wik", "Ñ‹"],
)  # fmt: skip
def test_damaged_letters_are_named_by_row(name, read):
    files = odd.with_change(ONE, "users.csv", ("Nora,Vik", f"{name},Vik"))

    assert ("users.csv", 2) in named(read(files))


@pytest.mark.parametrize(
    "name",
    ["Åse", "Bjørn", "Ærø", "Ödön", "Łukasz", "Zoë", "O’Brien", "D'Angelo", "Anne-Marie", "ليلى", "Олена", "Nguyễn",
     "Mac Ádhaimh", "Jr.", "Þór", "Ñandú", "Ægir", "Ítalo", "Müller", "Ayşe", "Đặng", "Ø", "Å", "D´Arc"],
)  # fmt: skip
def test_names_of_many_languages_are_not_damaged(name, read):
    assert not values.damaged_name(name)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("99\u00a090\u00a001\u00a011", "99 90 01 11"),
        ("99\u202f90\u202f01\u202f11", "99 90 01 11"),
        ("\u200e+47 99900111\u200e", "+47 99900111"),
        ("0047 99900111", "0047 99900111"),
        ("(+47) 99 90 01 11", "(+47) 99 90 01 11"),
        ("(47)99900111", "(47)99900111"),
        ("999-00-111", "999-00-111"),
        ("99.90.01.11", "99.90.01.11"),
        ("999\u201100\u2011111", "999-00-111"),
        ("'99900111", "99900111"),
        ("4.799900111E+9", ""),
        ("4,7999E+09", ""),
        ("4.7E9", ""),
        ("4.799900111", ""),
        ("4799900111.0", ""),
        ("99900111/99900112", ""),
        ("99900111; 99900112", ""),
        ("99900111 99900112", ""),
        ("tlf 99900111", ""),
        ("########", ""),
        ("00000000", ""),
        ("-4799900111", ""),
        ("９９９００１１１", ""),
        ("1234", ""),
    ],
)
def test_phones_are_read_with_any_space_and_never_from_what_a_spreadsheet_left(written, kept, read):
    roster = read(odd.with_change(odd.SDS, "users.csv", ("g2,,Jonas,Lie,,,,,", f'g2,,Jonas,Lie,,,,"{written}",')))

    assert roster.persons["g2"].phone == kept
    assert (("users.csv", 5) in named(roster)) is (kept == "")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Kari.Dahl@Example.org", "kari.dahl@example.org"),
        ("\u00a0kari@example.org\u200b ", "kari@example.org"),
        ("Kari Dahl <kari@example.org>", "kari@example.org"),
        ("mailto:kari@example.org", "kari@example.org"),
        ("kari@example.org;", "kari@example.org"),
        ('"kari@example.org, ole@example.org"', ""),
        ("kari@example.org ole@example.org", ""),
        ("kari@example.org/ole@example.org", ""),
        ("Kari <kari@example.org> <ole@example.org>", ""),
        ("kari @example.org", ""),
        ("kari(at)example.org", ""),
        ("ingen", ""),
    ],
)
def test_one_address_is_read_and_two_are_none(written, kept, read):
    roster = read(odd.with_change(odd.SDS, "users.csv", ("amira@example.org", written)))

    assert roster.persons["g1"].email == kept
    assert (("users.csv", 4) in named(roster)) is (kept == "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1", "cp1252", "mac-roman", "cp865"])
@pytest.mark.parametrize("files", [ONE, odd.SDS], ids=["oneroster", "sds"])
def test_a_table_in_other_letters_is_refused_by_name(encoding, files, read):
    text = files["users.csv"].replace("Nora", "Åse").replace("Ali", "Bjørn")

    assert refused(read, {**files, "users.csv": text.encode(encoding)}) == [("users.csv", 0)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_xml_in_the_letters_that_it_names_is_read(encoding, tmp_path):
    text = odd.PIFU.replace("UTF-8", encoding).replace("Nora", "Åse")
    (tmp_path / "pifu.xml").write_bytes(text.encode(encoding))

    assert read_roster(tmp_path / "pifu.xml").persons["p1"].given_name == "Åse"
