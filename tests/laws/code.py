"""Our own code as the laws read it: files, syntax trees, what imports what."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("networks", "conferences", "principles", "grants")
PACKAGES = ("portal", *ROOMS)


@cache
def files():
    """{dotted name: path} of all first-party code except migrations."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found[name.removesuffix(".__init__")] = path
    return found


@cache
def tree_of(name):
    return ast.parse(files()[name].read_text())


@cache
def modules():
    """{dotted name: syntax tree} of the same. It takes seconds, so no file asks for it while tests are collected."""
    return {name: tree_of(name) for name in files()}


def imports(tree):
    """Every first-party name that a tree imports; `from a import b` gives both a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in PACKAGES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES:
            yield from (longest(f"{node.module}.{alias.name}") or node.module for alias in node.names)


def longest(name):
    return name if name in files() else None


def python_files(pattern):
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob(pattern))]


def templates(pattern="*.html"):
    return sorted((ROOT / "templates").rglob(pattern))
