"""Law: every row of the association's principles for the talks is proved by a test whose docstring names it."""

import ast
import re
from functools import cache

import pytest

from tests.laws.code import ROOT

ROWS = [
    "B2",
    "B3a",
    "B3b",
    "B4",
    "B5",
    "B6",
    "B7",
    "B8a",
    "B8b",
    "B9",
    "B10",
    "B11",
    "B12",
    "B13",
    "B14",
    "B15",
    "C9",
    "C10",
    "C14a",
    "C14b",
    "C18",
]
NAMED = re.compile(r"([ABC]\d+[ab]?(?:, [ABC]\d+[ab]?)*): \S+ \S+")


@cache
def named():
    """The rows that the docstrings of tests begin with, each before one plain sentence: B12: how to help at home."""
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said = NAMED.match(ast.get_docstring(node) or "")
                found |= set(said[1].split(", ")) if said else set()
    return found


@pytest.mark.parametrize("row", ROWS)
def test_a_test_names_the_row(row):
    assert row in named(), f'no test\'s docstring begins with "{row}: " and a sentence'


def test_a_code_without_a_sentence_names_nothing():
    assert not NAMED.match("B5, C18.")
    assert NAMED.match("B5, B6: goals are set together")[1] == "B5, B6"
