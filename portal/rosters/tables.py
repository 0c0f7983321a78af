"""One CSV file as rows of just the columns that were asked for; other columns are never looked at."""

import csv
import re
from difflib import get_close_matches
from itertools import chain
from operator import itemgetter

from django.utils.translation import gettext as _

from portal.rosters import values
from portal.rosters.records import Problem, RosterError

MOST_COLUMNS = 1000  # the formats have some dozens, and schools add a few of their own
NOT_LETTERS = re.compile(r"[^a-z0-9]")
SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?[,;|\t]*\s*$', re.IGNORECASE)
DELIMITERS = ",;\t|"
EMPTY = DELIMITERS + '" \r\n'


def headers(package, name):
    """The columns of a file as plain words, or an empty list when the file is not there."""
    if name not in package:
        return []
    with package.text(name) as text:
        return [_plain(cell) for cell in Table(package.written(name), text).header]


def read(package, name, needed, wanted=(), *, notes, known=()):
    """Yield (row number, value, value ...) for the columns `needed` and `wanted`, trimmed, "" where there is none.

    A misspelt header is read with a warning; a missing needed column is an error, and so is a row with more cells
    than the header, or with a quote that swallows the next rows. `known` are further columns of the format: a header
    that is one of them is never taken for a misspelling of another.
    """
    if name not in package:
        return
    written = package.written(name)
    with package.text(name) as text:
        table = Table(written, text)
        if len(table.header) > MOST_COLUMNS:
            raise RosterError(Problem(written, 1, _unreadable()))
        where = _columns(written, table.header, (*needed, *wanted), known, notes)
        missing = [column for column in needed if column not in where]
        if missing:
            notes.error(written, 1, _("The column %(columns)s is missing.") % {"columns": ", ".join(missing)})
            return
        places = [where.get(column, -1) for column in (*needed, *wanted)]
        yield from table.rows(places, notes)


class Table:
    """A CSV file being read: its header, and then row by row. Rows count from 1, which is the header as a rule."""

    def __init__(self, written, text):
        self.written, self.number, self.header = written, 0, []
        self.lines = self._lines(text)
        self.last = next(self.lines, "")
        told = SEPARATOR_LINE.match(self.last)
        if told:
            self.last = next(self.lines, "")
        while self.last and not self.last.strip(EMPTY):
            self.number, self.last = self.number + 1, next(self.lines, "")
        self.delimiter = told[1] if told and told[1] in self.last else _delimiter(self.last)
        self.reader = csv.reader(chain([self.last], self.lines), delimiter=self.delimiter, strict=True)
        self.header = next(self._cells(), [])

    def rows(self, places, notes):
        width, get = len(self.header), itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
        short = False
        for row in self._cells():
            short = bool(row) and len(row) < width
            if len(row) != width and not self._fits(row, width, notes):
                continue
            row.append("")
            found = values.cells(get(row))
            if not any(found) and not any(map(values.cell, row)):
                continue  # a spreadsheet's empty row
            yield (self.number, *found)
        if short and not self.last.endswith(("\n", "\r")):
            notes.warn(self.written, self.number, _("The file ends in the middle of this row. Is it the whole file?"))

    def _fits(self, row, width, notes):
        """A row that is short is filled up; one that is too long has its cells in the wrong columns."""
        if not any(map(values.cell, row)):
            return False
        if len(row) > width:
            text = _("The row has %(cells)s cells, and the header has %(columns)s. Is a comma without quotes in it?")
            notes.error(self.written, self.number, text % {"cells": len(row), "columns": width})
            return False
        row += [""] * (width - len(row))
        return True

    def _cells(self):
        """Each row as a list. A cell with a line break in it that looks like the next row is refused."""
        try:
            while True:
                line = self.reader.line_num
                self.number += 1
                row = next(self.reader, None)
                if row is None:
                    self.number -= 1
                    return
                if self.reader.line_num > line + 1 and self._swallows(row):
                    raise RosterError(Problem(self.written, self.number, _not_closed()))
                yield row
        except csv.Error as wrong:
            open_quote = "expected after" in str(wrong) or "end of data" in str(wrong)
            text = _not_closed() if open_quote else _unreadable()
            raise RosterError(Problem(self.written, self.number, text)) from wrong

    def _swallows(self, row):
        many = max(1, (len(self.header or row) - 1) // 2)
        return any(line.count(self.delimiter) >= many for cell in row for line in cell.splitlines()[1:])

    def _lines(self, text):
        for line in text:
            if "\0" in line:
                raise RosterError(Problem(self.written, 0, _unreadable()))
            self.last = line
            yield line


def _delimiter(line):
    return max(DELIMITERS, key=line.count)


def _unreadable():
    return _("The file is not a CSV file that can be read from here on.")


def _not_closed():
    return _("A quotation mark in this row is not closed, so the row runs into the next ones.")


def _columns(written, header, asked, known, notes):
    """Where each asked column stands. Exact names first, then the closest misspelling of what is left."""
    names = [_plain(cell) for cell in header]
    plain = {name: place for place, name in reversed(list(enumerate(names))) if name}
    for column in asked:
        if names.count(column.lower()) > 1:
            notes.error(written, 1, _("The column %(column)s is there twice.") % {"column": column})
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
                % {"written": values.cell(header[plain[close[0]]]), "column": column},
            )
    return where


def _plain(cell):
    return NOT_LETTERS.sub("", cell.lower())
