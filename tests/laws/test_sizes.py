"""Law: a file is read in one sitting and a function at one glance. Tests and benches are free: a file of theirs is a list."""

import ast

from tests.laws.code import ROOT, modules, python_files
from tests.laws.verdict import allow_none

FILE, FUNCTION = 400, 45  # lines


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
