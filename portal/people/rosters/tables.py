"""One CSV file as rows of just the columns that were asked for; other columns are never looked at."""

import csv
import re
from difflib import get_close_matches
from operator import itemgetter

from django.utils.translation import gettext as _

from portal.people.rosters.records import Problem, RosterError
from portal.text import one_line

MOST_COLUMNS = 1000  # the formats have some dozens, and schools add a few of their own
NOT_LETTERS = re.compile(r"[^a-z0-9]")


def headers(package, name):
    """The columns of a file as plain words, or an empty list when the file is not there."""
    if name not in package:
        return []
    with package.text(name) as text:
        return [_plain(cell) for cell in next(_reader(package, name, text), [])]


def read(package, name, needed, wanted=(), *, notes, known=()):
    """Yield (row number, value, value ...) for the columns `needed` and `wanted`, trimmed, "" where there is none.

    A misspelt header is read with a warning; a missing needed column is an error. `known` are further columns of the
    format: a header that is one of them is never taken for a misspelling of another.
    """
    if name not in package:
        return
    written = package.written(name)
    with package.text(name) as text:
        reader = _reader(package, name, text)
        try:
            header = next(reader, [])
            if len(header) > MOST_COLUMNS:
                raise RosterError(Problem(written, 1, _unreadable()))
            where = _columns(written, header, (*needed, *wanted), known, notes)
            missing = [column for column in needed if column not in where]
            if missing:
                notes.error(written, 1, _("The column %(columns)s is missing.") % {"columns": ", ".join(missing)})
                return
            yield from _rows(reader, len(header), [where.get(column, -1) for column in (*needed, *wanted)])
        except csv.Error as wrong:
            raise RosterError(Problem(written, reader.line_num, _unreadable())) from wrong


def _rows(reader, width, places):
    get = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
    for number, row in enumerate(reader, 2):
        if not row:
            continue
        if len(row) < width:
            row += [""] * (width - len(row))
        row.append("")
        yield (number, *[one_line(value).strip() for value in get(row)])


def _reader(package, name, text):
    lines = _lines(package.written(name), text)
    first = next(lines, "")
    delimiter = ";" if first.count(";") > first.count(",") else "\t" if first.count("\t") > first.count(",") else ","
    return csv.reader(_chain(first, lines), delimiter=delimiter)


def _chain(first, rest):
    yield first
    yield from rest


def _lines(name, text):
    for line in text:
        if "\0" in line:
            raise RosterError(Problem(name, 0, _unreadable()))
        yield line


def _unreadable():
    return _("The file is not a CSV file that can be read from here on.")


def _columns(written, header, asked, known, notes):
    """Where each asked column stands. Exact names first, then the closest misspelling of what is left."""
    plain = {_plain(cell): place for place, cell in reversed(list(enumerate(header))) if _plain(cell)}
    where = {column: plain.pop(column.lower()) for column in asked if column.lower() in plain}
    spare = [
        word for word in plain if word not in {column.lower() for column in known} and not word.startswith("metadata")
    ]
    for column in asked:
        if column not in where and (close := get_close_matches(column.lower(), spare, 1, 0.85)):
            where[column] = plain[close[0]]
            spare.remove(close[0])
            notes.warn(
                written,
                1,
                _("The column %(written)s was read as %(column)s.")
                % {"written": one_line(header[plain[close[0]]]).strip(), "column": column},
            )
    return where


def _plain(cell):
    return NOT_LETTERS.sub("", cell.lower())
