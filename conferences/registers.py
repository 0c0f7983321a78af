"""Lists that leave the portal: the interpreters that an agency is asked for."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from conferences.queries.interpreters import InterpreterPage

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = (18, 12, 8, 8, 24, 24, 28, 16)


def interpreters_xlsx(page: InterpreterPage) -> bytes:
    """The interpreters by language and time, for the agency: no child and no family is named."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Interpreters")
    sheet.append(
        [
            _("Language"),
            _("Day"),
            _("From"),
            _("To"),
            _("School"),
            _("Where"),
            _("Teacher"),
            _("State"),
        ]
    )
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for order in page.orders:
        sheet.append([_harmless(cell) for cell in _row(order)])
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGH"[place]].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(order):
    starts_at = order.booking.starts_at.astimezone(order.school.zone)
    ends_at = order.booking.ends_at.astimezone(order.school.zone)
    return [
        order.language,
        starts_at.date().isoformat(),
        f"{starts_at:%H:%M}",
        f"{ends_at:%H:%M}",
        order.school.name,
        order.place,
        order.conference.teacher.full_name,
        order.request.get_state_display(),
    ]


def _harmless(cell):
    """A text that a spreadsheet would run as a formula is kept as a text, without the signs that no sheet can hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", str(cell))
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text
