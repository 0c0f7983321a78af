"""Law: what the plan asks of gatherings and of support for them stands in docs/features.md, code by code, with the tests
that show it; what is named there is there and runs."""

import ast
import re
from collections import Counter
from functools import cache

from tests.laws.code import ROOT

FEATURES = ROOT / "docs" / "features.md"
TABLE = "## Gatherings, wish by wish"
PARTS = {15: "ab", 16: "ab", 19: "abcde", 32: "ab", 38: "abcd"}
CODES = [
    *(f"A{number}{part}" for number in range(1, 42) for part in PARTS.get(number, [""])),
    *(f"N{number}" for number in range(1, 30)),
]
MOST = 3


def rows():
    """(codes, what, the cell that holds it) of each row of the table."""
    text = FEATURES.read_text().partition(f"\n{TABLE}\n")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return cells[2:]


def named():
    """(code, file::test) for each test that a row names."""
    return [(code, test) for code, _what, tests in rows() for test in re.findall(r"`(\S+)`", tests)]


@cache
def run_by(path):
    """The tests of a file that run wherever the suite does; a class, a helper and what is always skipped are none."""
    tree = ast.parse((ROOT / path).read_text())
    if any(is_skipped(node.value) for node in tree.body if isinstance(node, ast.Assign) and marks(node)):
        return set()
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if not any(map(is_skipped, node.decorator_list))}


def marks(assignment):
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in assignment.targets)


def is_skipped(node):
    return bool(re.search(r"\bmark\.(skip|xfail)\b", ast.unparse(node)))


def test_every_code_of_the_plan_has_one_row_in_its_order():
    assert [code for code, *_rest in rows()] == CODES, f"docs/features.md, “{TABLE}”: one row for each code, by number"


def test_every_row_says_what_holds_and_names_a_test():
    silent = [code for code, what, tests in rows() if not what or not re.search(r"`\S+::test_\w+`", tests)]

    assert not silent, f"say what holds, and name `tests/….py::test_…` that fails when it does not: {silent}"


def test_every_test_that_is_named_is_there_and_runs():
    gone = []
    for code, test in named():
        path, _colons, name = test.partition("::")
        if not path.startswith("tests/") or not (ROOT / path).is_file() or name not in run_by(path):
            gone.append(f"{code}: {test}")

    assert not gone, (
        f"docs/features.md names tests that are not there, or are always skipped; name those that are: {gone}"
    )


def test_no_test_stands_for_more_than_three_codes():
    often = {test: n for test, n in Counter(test for _code, test in named()).items() if n > MOST}

    assert not often, f"a test for each thing: write one for what it shows beside others: {often}"


def test_every_file_that_is_named_is_there():
    """Other tables name whole files; after the first of a row, those beside it by the end of their path."""
    tests = {f"/{path.relative_to(ROOT)}" for path in (ROOT / "tests").rglob("*.py")}
    files = set(re.findall(r"[\w/]+\.py\b", FEATURES.read_text()))
    gone = {name for name in files if not (ROOT / name).is_file() and not any(at.endswith(f"/{name}") for at in tests)}

    assert not gone, f"docs/features.md names files that are not there: {gone}"
