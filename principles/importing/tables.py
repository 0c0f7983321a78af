"""A table read as what it means: columns side by side, a heading beside its text, or rows of figures."""

from principles.headings import kind_of
from principles.importing.lines import Line

LABEL = 6  # words that a heading in a cell has at most
OVER = 2  # words over a column that is no heading of a part: "Who", "What"
SHORT = 30  # words of a cell in a table of rows


def lines_of_table(rows, leave_out):
    """`rows` of cells of lines."""
    wide = max(map(len, rows), default=0)
    if wide == 1:
        return [line for row in rows for cell in row for line in cell]
    if _side_by_side(rows, wide):
        return [line for at in range(wide) for line in _column(rows, at)]
    if _labelled(rows):
        if (
            len(rows) > 2
            and not _known(rows[0][0])
            and all(len(cell) == 1 and _words(cell) <= OVER for cell in rows[0])
        ):
            leave_out(" – ".join(cell[0].text.strip() for cell in rows.pop(0)))
        return [line for row in rows for line in [*_headed(row[0]), *(line for cell in row[1:] for line in cell)]]
    if all(len(cell) <= 1 and _words(cell) <= SHORT for row in rows for cell in row):
        return [line for row in rows for line in _row(row)]
    return [line for row in rows for cell in row for line in cell]


def _side_by_side(rows, wide):
    """The first row names parties or parts, one over each column."""
    head = [cell for cell in rows[0] if cell]
    return (
        len(rows) > 1
        and len(rows[0]) == wide
        and len(head) > 1
        and all(len(cell) == 1 and _words(cell) <= LABEL for cell in head)
        and sum(bool(_known(cell)) for cell in head) * 2 > len(head) - 1
        and not _labelled(rows)
    )


def _labelled(rows):
    """The first cell of most rows is a heading of what stands beside it."""
    rows = [row for row in rows if len(row) == 2 and row[0]]
    known = [row for row in rows if len(row[0]) <= 2 and _words(row[0]) <= LABEL and _known(row[0])]
    below = [row for row in rows[1:] if row in known]
    return bool(rows) and len(known) * 2 > len(rows) and (bool(below) or len(rows) == 1)


def _column(rows, at):
    cells = [row[at] for row in rows if at < len(row)]
    return [*_headed(cells[0]), *(line for cell in cells[1:] for line in cell)]


def _headed(cell):
    text = " ".join(line.text.strip() for line in cell)
    return [Line(text, heading=2, starts=True)] if text else []


def _row(row):
    text = " – ".join(cell[0].text.strip() for cell in row if cell)
    return [Line(text, sign="•", starts=True)] if text else []


def _known(cell):
    return kind_of(" ".join(line.text for line in cell))


def _words(cell):
    return sum(len(line.text.split()) for line in cell)
