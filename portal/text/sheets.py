"""Lists that leave the portal for a spreadsheet: what people have written is text there, never a formula."""

import io
import unicodedata

from openpyxl import Workbook
from openpyxl.styles import Font

from portal.text import one_line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read æ, ø and å wrongly
DIVIDING = set(';,|"')
FORMULA_MARKS = ("=", "+", "-", "@", "\u2212")  # and their compatibility forms, wide and small


def cell(value):
    """A number unchanged; anything else as one line of text that no spreadsheet executes."""
    if isinstance(value, int | float):
        return value
    text = one_line(str(value)).strip()
    return f"'{text}" if unicodedata.normalize("NFKC", text[:1]).startswith(FORMULA_MARKS) else text


def as_csv(head, rows):
    """Separated by semicolons. A cell with any dialect's separator is quoted, so that it stays one cell."""
    lines = [";".join(_quoted(str(cell(one))) for one in row) for row in [head, *rows]]
    return BYTE_ORDER_MARK + "".join(f"{line}\r\n" for line in lines)


def _quoted(text):
    return '"{}"'.format(text.replace('"', '""')) if DIVIDING & set(text) else text


def as_xlsx(title, head, rows, *, widths):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in [head, *rows]:
        sheet.append([cell(one) for one in row])
    for one in sheet[1]:
        one.font = Font(bold=True)
    for place, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
