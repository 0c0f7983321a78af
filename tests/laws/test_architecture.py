"""Law: imports and foreign keys point down, never sideways, never up; imports stand at the top of the file."""

import ast

from django.apps import apps

from tests.laws.code import PACKAGES, ROOMS, files, imports, modules
from tests.laws.verdict import allow_none

FLOORS = [
    {
        "portal.access",
        "portal.actions",
        "portal.calendars",
        "portal.children",
        "portal.clauses",
        "portal.class_page",
        "portal.clock",
        "portal.demo",
        "portal.figures",
        "portal.forms",
        "portal.help",
        "portal.menu",
        "portal.packages",
        "portal.readings",
        "portal.speech",
        "portal.todos",
        "portal.uploads",
        "portal.addresses",
        "portal.numbers",
        "portal.paths",
        "portal.standing",
        "portal.doorbell",
        "portal.text",
    },
    {"portal.doors", "portal.reader", "portal.reading", "portal.templatetags"},
    {"portal.ledger"},
    {"portal.people"},
    {"portal.rosters"},
    {"portal.messaging", "portal.surveys"},
    {"portal.schoolyear"},
    set(ROOMS),
    {"portal"},
]
ARROWS = {
    "grants": {"networks"},  # docs/decisions says why
    "portal.reading": {"portal.reader"},  # the program that it starts
}

MAY_BE_ABSENT = {"portal.checkout.embedded"}  # it names packages that only a checkout without servers of its own has


def place(name):
    """(floor, part) of a module: the longest name in the table that it begins with."""
    parts = [(len(part), floor, part) for floor, found in enumerate(FLOORS) for part in found if _within(name, part)]
    _length, floor, part = max(parts)
    return floor, part


def _within(name, part):
    return name == part or name.startswith(f"{part}.")


def points_down(source, target):
    (floor, part), (other_floor, other) = place(source), place(target)
    return part == other or other_floor < floor or other in ARROWS.get(part, ())


def test_imports_point_down():
    wrong = [
        f"{name} imports {target}" for name in files() for target in imports(name) if not points_down(name, target)
    ]

    allow_none(wrong, "{}: up or sideways; send an event, or use a register (docs/architecture.md)")


def test_what_templates_load_is_imported_by_nobody_else():
    wrong = [
        f"{name} imports {target}"
        for name in files()
        for target in imports(name)
        if _within(target, "portal.templatetags")
    ]

    allow_none(wrong, "{}: take the words from portal.speech")


def test_foreign_keys_point_down():
    wrong = [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in PACKAGES
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model.__module__.split(".")[0] in PACKAGES
        if not points_down(model.__module__, field.related_model.__module__)
    ]

    allow_none(wrong, "{}: up or sideways; send an event, or use a register (docs/architecture.md)")


def test_no_import_in_a_function():
    wrong = [
        f"{name}:{inner.lineno}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name != "ready"
        and name not in MAY_BE_ABSENT
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    allow_none(wrong, "{}: import it at the top of the file")
