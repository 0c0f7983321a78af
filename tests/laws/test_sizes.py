"""Law: a file is read in one sitting and a function at one glance; within a room a public name means one thing. Tests and
benches are free: a file of theirs is a list."""

import ast
from collections import defaultdict

import pytest

from tests.laws.code import ROOMS, ROOT, modules, python_files
from tests.laws.verdict import allow_none

FILE, FUNCTION = 400, 45  # lines
APART = {"planner", "demo"}  # a library that knows no models, and made-up people: each speaks for itself


def functions():
    return [
        (name, node)
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_too_long():
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in python_files("*.py")}

    allow_none(
        [(name, size) for name, size in sizes.items() if size > FILE and "/migrations/" not in name],
        f"{{}} has {{}} lines, at most {FILE}: make it a folder split by noun (docs/architecture.md)",
    )


def test_no_function_is_too_long():
    sizes = {f"{name}.{node.name}": node.end_lineno - node.lineno + 1 for name, node in functions()}

    allow_none(
        [(name, size) for name, size in sizes.items() if size > FUNCTION],
        f"{{}} has {{}} lines, at most {FUNCTION}: give a part of it a name",
    )


@pytest.mark.parametrize("room", ROOMS)
def test_a_public_name_means_one_thing_in_a_room(room):
    made = defaultdict(list)
    for name, tree in modules().items():
        parts = set(name.split("."))
        if name.split(".")[0] == room and not APART & parts:
            for node in tree.body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                    made[node.name].append(name)

    twice = [(name, ", ".join(where)) for name, where in made.items() if len(where) > 1]

    allow_none(twice, "{} is defined in {}: a name of its own for each, or _ before one that is used there alone")
