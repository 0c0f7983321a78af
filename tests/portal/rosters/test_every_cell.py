"""Every cell of every small roster, with what may stand in it by mistake: never more than before, never less unsaid."""

import csv
import io
import re
from contextlib import suppress

import pytest

from portal.rosters.reading import read_roster
from portal.rosters.records import RosterError
from tests.portal.rosters import odd
from tests.portal.rosters.conftest import FILES

ODD = ["", "ukjent", "\u200b", "9999-12-31", "1999-01-01", "1,5E+9", "true", "s1", "#VERDI!"]
ROSTERS = {"1.1": odd.ONE_ROSTER_11, "1.2": FILES, "sds": odd.SDS, "sds2": odd.SDS_2}
MAY_BE_EMPTY = {"agentsourcedids", "primary"}  # there an empty cell says something


def cells(files):
    """(file, row, column, the file with an odd value in that cell) for each cell and value."""
    for name, text in files.items():
        if name == "manifest.csv":
            continue
        table = list(csv.reader(io.StringIO(text)))
        for number, row in enumerate(table[1:], 2):
            for place, column in enumerate(table[0]):
                for value in ODD:
                    blank = not value.strip("\u200b")
                    if value == row[place] or (blank and column.lower() in MAY_BE_EMPTY):
                        continue
                    changed = [list(each) for each in table]
                    changed[number - 1][place] = value
                    written = io.StringIO()
                    csv.writer(written, lineterminator="\n").writerows(changed)
                    yield name, number, column.lower(), value, written.getvalue()


def facts(roster):
    """What the file gives: places, duties and relations, with their dates."""
    places = {("place", *row[:2]) for row in roster.places.values()}
    duties = {("duty", row.person, row.kind, row.school, row.school_class) for row in roster.duties.values()}
    return places | duties | {("relation", row.guardian, row.pupil) for row in roster.relations.values()}


@pytest.mark.parametrize("kind", ROSTERS)
def test_no_cell_gives_more_and_none_takes_in_silence(kind, tmp_path):
    files = ROSTERS[kind]
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    plain = read_roster(tmp_path)
    before, unsaid = facts(plain), plain.notes.warning_count
    wrong = []
    for name, row, column, value, text in cells(files):
        (tmp_path / name).write_text(text)
        with suppress(RosterError):
            roster = read_roster(tmp_path)
            after = facts(roster)
            more = {fact for fact in after - before if value not in fact}  # a key of somebody else says what it says
            lost = before - after
            if more or (lost and roster.notes.warning_count <= unsaid):
                wrong.append((name, row, column, value, more, lost))
        (tmp_path / name).write_text(files[name])

    assert wrong == []


def test_no_word_of_an_xml_file_gives_more_and_none_takes_in_silence(tmp_path):
    path = tmp_path / "pifu.xml"
    path.write_text(odd.PIFU)
    plain = read_roster(path)
    before, unsaid, wrong = facts(plain), plain.notes.warning_count, []
    spots = [found.span(1) for found in re.finditer(r'(?:>|[a-z]=")([^<>"\n]+)(?=["<])', odd.PIFU[130:])]
    for start, end in spots:
        for value in ODD:
            if value == "s1" or (odd.PIFU[130 + start : 130 + end] == "rektor" and not value.strip("\u200b")):
                continue  # a member of the school, and nobody's head: both are said plainly
            text = odd.PIFU[: 130 + start] + value + odd.PIFU[130 + end :]
            path.write_text(text)
            with suppress(RosterError):
                roster = read_roster(path)
                after = facts(roster)
                more = {fact for fact in after - before if value not in fact}
                lost = before - after
                if more or (lost and roster.notes.warning_count <= unsaid):
                    wrong.append((odd.PIFU[110 + start : 130 + end], value, more, lost))

    assert wrong == []
