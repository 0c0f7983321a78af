"""Bad input: a clear refusal that says where, and nothing read half."""

import io
import stat
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.people.models import Person
from portal.rosters import opening
from portal.rosters.reading import read_roster
from portal.rosters.records import RosterError
from portal.rosters.values import Ambiguous, Dates, national_number
from tests.portal.rosters.conftest import FILES


def refused(path):
    with pytest.raises(RosterError) as caught:
        read_roster(path)
    return [(problem.file, problem.row) for problem in caught.value.problems], str(caught.value)


def test_a_zip_reads_like_its_folder(folder, tmp_path, zipped):
    (tmp_path / "roster.zip").write_bytes(zipped({f"export/{name}": text for name, text in FILES.items()}))

    assert read_roster(tmp_path / "roster.zip").persons == read_roster(folder()).persons


def test_a_broken_zip_is_refused(tmp_path, zipped):
    whole = zipped()
    for number, piece in enumerate((whole[: len(whole) // 2], whole[:200] + b"\0" * 300 + whole[500:], b"PK\x03\x04")):
        (tmp_path / f"{number}.zip").write_bytes(piece)
        refused(tmp_path / f"{number}.zip")


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.csv", b"0" * 40_000_000)

    assert "40 MB" in refused(tmp_path / "bomb.zip")[1] or "38 MB" in refused(tmp_path / "bomb.zip")[1]


@pytest.mark.parametrize("name", ["../users.csv", "/etc/users.csv", "..\\users.csv", "C:\\users.csv"])
def test_a_zip_that_points_outside_is_refused(name, tmp_path, zipped):
    (tmp_path / "out.zip").write_bytes(zipped({**FILES, name: "x"}))

    refused(tmp_path / "out.zip")


def test_a_link_in_a_zip_is_refused(tmp_path):
    link = zipfile.ZipInfo("users.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")

    refused(tmp_path / "link.zip")


def test_two_gigabytes_are_refused_by_size_alone(tmp_path):
    with (tmp_path / "large.zip").open("wb") as file:
        file.truncate(2 * 1024**3)

    assert "2048 MB" in refused(tmp_path / "large.zip")[1]


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "empty.zip").touch()

    refused(tmp_path / "empty.zip")


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "letter.docx").write_bytes(b"Dear school")

    refused(tmp_path / "letter.docx")


BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<enterprise><properties><datasource>&b;</datasource></properties></enterprise>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><enterprise>&a;</enterprise>"""


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, "<enterprise><person>", "<other/>", "<enterprise/>"])
def test_a_bad_xml_file_is_refused(text, tmp_path):
    (tmp_path / "pifu.xml").write_text(text)

    refused(tmp_path / "pifu.xml")


@pytest.mark.parametrize(
    ("encoding", "says"), [("cp1252", "Windows-1252"), ("utf-16", "UTF-16"), ("mac-roman", "Mac Roman")]
)
def test_a_wrong_encoding_is_named(encoding, says, folder, changed):
    users = changed("users.csv", ("Nora", "Åse"), ("Ali", "Bjørn"))["users.csv"].encode(encoding)

    where, words = refused(folder({"users.csv": users}))

    assert where == [("users.csv", 0)]
    assert says in words


def test_misspelt_headers_are_read_with_a_warning(folder, changed):
    roster = read_roster(
        folder(changed("users.csv", ("givenName", "givneName"), ("dateLastModified", "dataLastModified")))
    )

    assert roster.persons["p1"].given_name == "Nora"
    assert (roster.notes.warnings[0].file, roster.notes.warnings[0].row) == ("users.csv", 1)


def test_a_missing_column_is_an_error(folder, changed):
    assert refused(folder(changed("users.csv", ("familyName", "shoeSize"))))[0] == [("users.csv", 1)]


def test_empty_columns_and_short_rows_are_nothing(folder, changed):
    roster = read_roster(
        folder(
            {
                **changed("users.csv", (",grades,password\n", ",grades,password,,,\n")),
                **changed("demographics.csv", ("p2,,,2020-05-31,male,\n", "p2,,,2020-05-31")),
            }
        )
    )

    assert str(roster.persons["p2"].born_on) == "2020-05-31"


def test_semicolons_are_read_like_commas(folder):
    roster = read_roster(folder({"demographics.csv": "sourcedId;birthDate\np1;2020-03-04\n"}))

    assert str(roster.persons["p1"].born_on) == "2020-03-04"


def test_a_date_of_two_meanings_is_an_error_by_file_and_row(folder, changed):
    where, words = refused(folder(changed("demographics.csv", ("2020-03-04", "1/05/2020"))))

    assert where == [("demographics.csv", 2)]
    assert "1/05/2020" in words


def test_the_other_dates_of_the_column_say_which_is_the_day(folder, changed):
    roster = read_roster(folder(changed("demographics.csv", ("2020-03-04", "1/05/2020"), ("2020-05-31", "31/05/2020"))))

    assert str(roster.persons["p1"].born_on) == "2020-05-01"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-05-31", "2020-05-31"),
        ("31.05.2020", "2020-05-31"),
        ("1.5.2020", "2020-05-01"),
        ("5/31/2020", "2020-05-31"),
        ("5/5/2020", "2020-05-05"),
        ("20200531", "2020-05-31"),
    ],
)
def test_dates_of_one_meaning_are_read(text, day):
    assert str(Dates().read(text)) == day


@pytest.mark.parametrize("text", ["2020-02-30", "soon", "99/99/2020", "1/5/20", "-1/2/2020"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 the class is the answer
        Dates().read(text)


def test_an_ambiguous_date_is_refused():
    with pytest.raises(Ambiguous):
        Dates().read("1/05/2023")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("04832090013", True), ("048320 90013", True), ("04832090014", False), ("12345", False), ("A1", False)],
)
def test_only_a_national_number_is_kept(text, kept):
    assert bool(national_number(text)) is kept


def test_rows_that_refer_to_nothing_are_warnings(folder, changed):
    roster = read_roster(
        folder(
            {
                **changed("enrollments.csv", ("e2,,,c1,s1,p2", "e2,,,c9,s1,p9"), ("e3,,,c1,s1,t1", "e3,,,c9,s1,t1")),
                **changed("users.csv", ('"g1,g2"', '"g1,g9"')),
                **changed("demographics.csv", ("p2,,,", "p9,,,")),
            }
        )
    )

    # enrolment of nobody, teaching of no class, agent who is not there, birth date of nobody, groups left out
    assert sorted({(warning.file, warning.row) for warning in roster.notes.warnings}) == [
        ("classes.csv", 0),
        ("demographics.csv", 3),
        ("enrollments.csv", 3),
        ("enrollments.csv", 4),
        ("users.csv", 2),
    ]


def test_agents_count_in_both_directions_and_only_for_a_pupil_and_a_grown_person(folder, changed):
    users = changed(
        "users.csv",
        ('"g1,g2"', "t1"),
        ("+4790000001,,,", "+4790000001,,p1,"),
        ("carol@example.org,,,,", "carol@example.org,,,g1,"),
    )

    roster = read_roster(folder(users))

    assert ("g1", "p1") in roster.relations
    assert ("t1", "p1") in roster.relations
    assert not any("p2" in pair and "t1" in pair for pair in roster.relations)
    assert any("Carol Dahl" in warning.text for warning in roster.notes.warnings)
    assert len([warning for warning in roster.notes.warnings if warning.file == "users.csv"]) == 2


def test_two_persons_with_one_key_are_an_error(folder, changed):
    assert refused(folder(changed("users.csv", ("p2,,,", "p1,,,"))))[0] == [("users.csv", 3)]


def test_a_partial_file_removes_only_whom_it_names(folder, changed, load):
    load(folder())
    load(
        folder(
            {
                "manifest.csv": FILES["manifest.csv"] + "file.users,delta\n",
                "users.csv": FILES["users.csv"].splitlines()[0] + "\ng3,tobedeleted,,true,g3,,Fadumo,Warsame\n",
                **dict.fromkeys(("enrollments.csv", "roles.csv", "demographics.csv")),
            }
        ),
        removals_meant=True,
    )

    there = Person.objects.filter(source="oneroster visma")
    assert sorted(there.filter(is_active=False).values_list("source_id", flat=True)) == ["g3"]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_csv_crashes_the_reader(data, tmp_path):
    name = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[name].encode()
    place = data.draw(st.integers(0, len(text)))
    known = st.sampled_from([b'"', b"\n", b",,,", b"\0", b'"\n"', b"1/05/2023", b"\xff"])
    junk = data.draw(st.one_of(st.binary(max_size=40), st.text(max_size=40).map(str.encode), known))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for other, content in FILES.items():
            archive.writestr(other, text[:place] + junk + text[place + len(junk) // 2 :] if other == name else content)
    (tmp_path / "fuzz.zip").write_bytes(packed.getvalue())

    with suppress(RosterError):
        read_roster(tmp_path / "fuzz.zip")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_no_bytes_crash_the_opening(content, tmp_path):
    (tmp_path / "fuzz").write_bytes(content)

    with pytest.raises(RosterError):
        read_roster(tmp_path / "fuzz")


def test_limits_are_what_the_pages_say():
    assert opening.LARGEST_FILE == 500 * 1024 * 1024
