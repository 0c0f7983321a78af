"""What leaves for a spreadsheet is text there."""

import csv
import io

import pytest
from openpyxl import load_workbook

from portal.text.sheets import as_csv, as_xlsx

FORMULAS = [
    "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "\n=1+1", "\r=1+1", "\r\n =1+1", "  =1+1", "\u00a0=1+1", "\u200b=1+1",
    "＝1+1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x", "−1+1", "\u2028=1+1", "\ue000=1+1", "\u202e=1+1", "\x00=1+1", "'\n=1",
]  # fmt: skip
MARKS = tuple("=+-@＝＋－＠﹦﹢﹣﹫−\t\n\r ")


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_begins_a_formula(words):
    [row] = csv.reader(io.StringIO(as_csv([words], []).removeprefix("\ufeff")), delimiter=";")
    book = load_workbook(io.BytesIO(as_xlsx("x", [words], [[words]], widths=(9,))))

    for found in (row[0], *(one.value for line in book.active for one in line)):
        assert not found.startswith(MARKS)
        assert "\n" not in found
    assert {one.data_type for line in book.active for one in line} == {"s"}


def test_a_cell_stays_one_cell_whatever_sign_divides_them():
    written = as_csv(["a", 5], [['x,=1+1;"y"\t=2', -5]])

    assert written == '\ufeffa;5\r\n"x,=1+1;""y"" =2";-5\r\n'


@pytest.mark.parametrize("words", ["Bålkveld 🔥", "3-5 barn", "a=b", "'", "100 %", ""])
def test_other_words_stay_as_they_are(words):
    assert words in as_csv([words], [])
