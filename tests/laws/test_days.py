"""Law: a day is the one on the wall of the school. Moments come in UTC, where it is yesterday for another hour or two."""

import ast

from tests.laws.code import modules
from tests.laws.verdict import allow_none

ON_THE_WALL = ("localtime", "astimezone", "school.zone", "_local(")
LISTED = {
    "portal.speech._say_day": "gets what `_local` has put into the zone",
}


def test_no_day_is_read_from_a_moment_in_utc():
    found = {name for module, tree in modules().items() for name in days_of_moments(module, tree)}

    allow_none(
        found - LISTED.keys(), "{} reads a day from a moment in UTC: put it into a zone first (timezone.localdate)"
    )
    allow_none(LISTED.keys() - found, "{} reads none any more: take it out of LISTED")


def days_of_moments(module, tree):
    """Functions with `x.date()` that never put a moment into a zone."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or any(word in ast.unparse(function) for word in ON_THE_WALL):
            continue
        if any(is_a_day(node) for node in ast.walk(function)):
            yield f"{module}.{function.name}"


def is_a_day(node):
    return (
        isinstance(node, ast.Call)
        and not node.args
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
    )
