"""Law: a wing of a room knows the room's core and no other wing; the core knows a wing only where all of it is shown
together; what a page reads is never what changes it. Whatever it is imported through, a name belongs to where it is
defined."""

import ast

import pytest

from tests.laws.code import PACKAGES, ROOMS, ROOT, files, imports, modules
from tests.laws.verdict import allow_none

WINGS = {
    "conferences": ("before", "after", "taking", "timetables"),
    "networks": (
        "after",
        "agreements",
        "birthdays",
        "bring",
        "bulletins",
        "children",
        "cohort",
        "fund",
        "groups",
        "letters",
        "lifts",
        "polls",
        "programme",
        "rota",
        "topics",
        "weekly",
    ),
    "grants": (
        "appeal",
        "archive",
        "attachments",
        "batch",
        "changes",
        "grounds",
        "money",
        "paper",
        "partners",
        "reports",
        "schemes",
        "waiting",
    ),
    "principles": (
        "adoption",
        "confided",
        "cooperation",
        "guide",
        "hearings",
        "inquiries",
        "library",
        "life",
        "matrix",
        "printed",
        "readership",
        "references",
        "supervision",
        "wheel",
    ),
}
CORE = {  # folders of a room that are no wing, besides files that have become folders
    "networks.digests": "the monthly letter has a line of each wing, and stands in the page and the duties of the class",
    "networks.names": "whatever a class reads is asked whether it names a child",
    "principles.descent": "each step of a text, and each page of one, says what became of its points",
    "principles.importing": "reads a file alone, in a process of its own, and knows neither rows nor pages",
    "principles.incoming": "one of the two ways to begin a draft, on the page where drafts begin",
}
LAYERS = {
    "actions",
    "demo",
    "forms",
    "help",
    "management",
    "migrations",
    "models",
    "notices",
    "queries",
    "todos",
    "views",
}
RELATIVE = "conferences.timetables.planner"  # its folder is a program of its own, which is not started from ours

JOINTS = {  # what gathers the wings, and the pages that show a talk whole
    *("conferences.actions", "conferences.urls", "conferences.tasks", "conferences.todos", "conferences.notices"),
    *("networks.actions", "networks.urls", "networks.tasks", "networks.todos", "networks.notices"),
    *("grants.tasks", "grants.todos", "grants.urls"),
    *("grants.management.commands.export_case", "grants.management.commands.export_archive"),  # Django looks there
    "networks.class_page",
    "conferences.class_page",
    "networks.handing",  # what is open in each, when the class contact changes
    *(f"principles.{name}" for name in ("urls", "todos", "tasks", "notices", "figures", "menu", "readings")),
    *(f"principles.{name}" for name in ("class_page", "child_page", "models")),  # Django looks for models there
    "principles.actions",  # what is published is printed by a worker, which it rings for by name
    "principles.clauses",  # which point stands where families look for an adult, and leads them there
    "grants.todos",
    "principles.views.principles",  # the page of a principle, with what it builds on
    "principles.views.drafts",  # the page of a draft: what it was begun from
    "networks.digests.lines",  # the monthly letter: a line of each of them
    "networks.views.answers",  # a home's page of one gathering: what it brings stands with its answer
    "networks.notices.invitations",  # the day before: the same; what it said of the time that was fixed
    "conferences.queries.rounds",  # a round at a glance: how many plans were sent in time
    "conferences.queries.own_talks",  # a family's page of one talk: what was prepared, and what came of it
    "conferences.views.day",  # a teacher's page of one talk: the same
}

CHANGES = {"actions", "forms", "views"}
GRAMMAR = ("portal.actions", "portal.text.")  # what actions and fields are made with


def wing(name):
    """The wing that a module stands in: "conferences.after", or nothing."""
    room, _dot, rest = name.partition(".")
    within = rest.split(".")[0]
    return f"{room}.{within}" if within in WINGS.get(room, ()) else ""


def arrows():
    return [(name, target) for name in files() for target in imports(name)]


def folders():
    return {
        f"{room}.{folder.name}"
        for room in ROOMS
        for folder in (ROOT / room).iterdir()
        if folder.name not in LAYERS and any(folder.rglob("*.py"))
    }


def test_each_folder_of_a_room_is_a_wing_or_says_why_it_is_core():
    wings = {f"{room}.{one}" for room, found in WINGS.items() for one in found}

    allow_none(folders() - wings - CORE.keys(), "{}: a wing (WINGS), or core by a reason (CORE)")
    allow_none((wings | CORE.keys()) - folders(), "{} is no folder: take it out of WINGS or CORE")
    allow_none(wings & CORE.keys(), "{}: a wing or core, not both")


def test_each_wing_stands_in_the_plan():
    plan = (ROOT / "docs/architecture.md").read_text()
    rows = {room: next(line for line in plan.splitlines() if line.startswith(f"| `{room}` | `")) for room in WINGS}

    allow_none(
        [(one, room) for room, wings in WINGS.items() for one in wings if f"`{one}/` " not in rows[room]],
        "`{}/` stands not among the wings of {} in docs/architecture.md: say there what it is",
    )


def test_imports_name_the_whole_way():
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if not name.startswith(RELATIVE)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    allow_none(wrong, "{}: name the module from its room on")


def test_names_are_imported_one_by_one():
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if name != "portal.settings"  # Django's own way to say it
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in PACKAGES
        and any(alias.name == "*" for alias in node.names)
    ]

    allow_none(wrong, "{} imports *: name what it takes")


def test_no_wing_knows_another():
    wrong = [
        f"{name} imports {target}" for name, target in arrows() if wing(name) and wing(target) not in ("", wing(name))
    ]

    allow_none(wrong, "{}: what two wings need stands in the core")


def test_the_core_knows_a_wing_only_where_they_meet():
    wrong = {
        f"{name} imports {target}"
        for name, target in arrows()
        if wing(target)
        and not wing(name)
        and name.split(".")[0] in ROOMS
        and ".demo" not in name
        and name not in JOINTS
    }

    allow_none(wrong, "{}: the core knows a wing only where they meet (JOINTS)")
    allow_none(JOINTS - {name for name, target in arrows() if wing(target)}, "{} needs no wing: take it out of JOINTS")


@pytest.mark.parametrize("layer", ["models", "queries"])
def test_what_is_read_never_imports_what_changes(layer):
    wrong = [
        f"{name} imports {target}"
        for name, target in arrows()
        if layer in name.split(".") and not target.startswith(GRAMMAR) and CHANGES & set(target.split("."))
    ]

    allow_none(wrong, "{}: what is read never asks what changes")
