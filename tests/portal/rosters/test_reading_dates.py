"""Dates of a file are never guessed, and never make anything longer."""

import pytest

from portal.rosters import values
from tests.portal.rosters import odd
from tests.portal.rosters.conftest import FILES, named, roles

ONE = odd.ONE_ROSTER_11


@pytest.fixture
def read(read_files):
    return read_files


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-03-01+01:00", "2015-03-01"),
        ("2015-03-01Z", "2015-03-01"),
        ("2015-03-01T00:00:00", "2015-03-01"),
        ("2015-03-01 00:00:00", "2015-03-01"),
        ("2015-02-28T23:00:00Z", "2015-03-01"),  # midnight here
        ("2015-02-28T23:00:00.000+00:00", "2015-03-01"),
        ("2015-03-01T00:00:00+01:00", "2015-03-01"),
        ("31.12.2026 00:00:00", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("2026/12/31", "2026-12-31"),
        ("2026‑12‑31", "2026-12-31"),
        ("2026-1-5", "2026-01-05"),
        ("31-12-2026", "2026-12-31"),
        ("9999-12-31T00:00:00Z", "9999-12-31"),
    ],
)
def test_dates_with_zones_and_times_are_read(text, day):
    assert str(values.Dates().read(text)) == day


@pytest.mark.parametrize(
    "text",
    ["31.12.26", "1/5/20", "46022", "43831.0", "########", "2026-13-01", "0000-00-00", "2026", "2026-08", "i dag",
     "NULL", "-", "2026-12-31x", "2026-12-31T99:99", "31.12-2026", "１.１.２０２０", "2015-03-01+99:00 x"],
)  # fmt: skip
def test_what_is_no_date_is_never_guessed(text):
    with pytest.raises(values.NotADate):
        values.Dates().read(text)


@pytest.mark.parametrize("text", ["46022", "31.12.26", "i fjor", "########"])
def test_an_unreadable_date_holds_its_row_and_not_the_file(text, read):
    roster = read(odd.with_change(ONE, "enrollments.csv", ("p1,student,,,", f"p1,student,,,{text}")))

    assert ("p1", "c1") not in roster.places
    assert ("p2", "c1") in roster.places
    assert "p1" in roster.held
    assert ("enrollments.csv", 2) in named(roster)


@pytest.mark.parametrize("text", ["46022", "31.12.20", "1899-12-30", "2099-01-01"])
def test_an_unreadable_birth_date_is_left_out_and_named(text, read):
    roster = read(odd.with_change(ONE, "demographics.csv", ("2020-03-04", text)))

    assert roster.persons["p1"].born_on is None
    assert str(roster.persons["p2"].born_on) == "2020-05-31"
    assert ("demographics.csv", 2) in named(roster)


SPANS = [
    # begin, end, what the place is: (from, to), nothing, or held
    ("2026-08-01", "9999-12-31", (None, None)),
    ("2026-08-01", "2031-06-20", (None, None)),
    ("2019-08-01", "", (None, None)),
    ("2026-10-01", "2027-03-01", ("2026-10-01", "2027-03-01")),
    ("2026-08-17", "2026-06-20", "ended"),
    ("2026-12-24", "2026-09-01", "ended"),
    ("", "2025-06-20", "ended"),
    ("", "0001-01-01", "ended"),
    ("2027-08-17", "2027-06-20", "held"),
    ("2030-01-01", "", "held"),
    ("9999-12-31", "", "held"),
]


@pytest.mark.parametrize(("begins", "ends", "span"), SPANS)
def test_dates_that_do_not_fit_never_make_a_place_longer(begins, ends, span, read):
    roster = read(odd.with_change(ONE, "enrollments.csv", ("p1,student,,,", f"p1,student,,{begins},{ends}")))

    place = roster.places.get(("p1", "c1"))
    if isinstance(span, str):
        assert place is None
        assert ("p1" in roster.held) == (span == "held")
        assert ("enrollments.csv", 2) in named(roster)
    else:
        assert tuple(day and str(day) for day in place[2:]) == span


def test_dates_of_pifu_and_of_teachers_never_make_anything_longer_either(read):
    ended = "<timeframe><begin>2026-08-17</begin><end>2026-06-20</end></timeframe>"
    assert not read(odd.PIFU.replace("<timeframe/>", ended)).places
    assert not roles(
        read(odd.with_change(ONE, "enrollments.csv", ("t1,teacher,true,,", "t1,teacher,true,,2026-10-01")))
    )
    zoned = odd.PIFU.replace("2020-03-04", "2020-03-04+01:00")
    assert str(read(zoned).persons["p1"].born_on) == "2020-03-04"
    forever = "<timeframe><end>9999-12-31</end></timeframe>"
    assert read(odd.PIFU.replace("<timeframe/>", forever)).places["p1", "c1"].valid_to is None


@pytest.mark.parametrize(
    ("begins", "ends", "proposed"),
    [
        ("2020-08-01", "2025-06-01", False),
        ("", "2025-06-01", False),
        ("2027-01-01", "2026-11-01", False),
        ("2027-08-01", "2027-06-01", False),
        ("2020-08-01", "", True),
        ("", "9999-12-31", True),
    ],
)
def test_a_past_role_is_not_proposed(begins, ends, proposed, read):
    roster = read(odd.with_change(FILES, "roles.csv", ("principal,,,", f"principal,{begins},{ends},")))
    dates = f"<timeframe><begin>{begins}</begin><end>{ends}</end></timeframe>"
    of_pifu = read(
        odd.PIFU.replace(
            "<subrole>rektor</subrole><status>1</status>", f"<subrole>rektor</subrole><status>1</status>{dates}"
        )
    )

    assert (("r1", "principal") in roles(roster)) is proposed
    assert (("h1", "principal") in roles(of_pifu)) is proposed
    assert [duty.valid_to for duty in roster.duties.values() if duty.kind == "principal"] in ([], [None])


def test_a_past_guardian_and_a_past_pupil_are_nobody(read):
    roster = read(odd.with_change(FILES, "roles.csv", ("g1,primary,parent,,", "g1,primary,parent,,2025-06-01")))

    assert ("g1", "p1") not in roster.relations
