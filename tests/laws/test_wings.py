"""Law: a wing of a room knows the room's core and no other wing; the core knows a wing only where all of it is shown
together; what a page reads is never what changes it."""

import pytest

from tests.laws.code import ROOMS, imports, modules
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
JOINTS = {  # what gathers the wings, and the pages that show a talk whole
    *("conferences.actions", "conferences.urls", "conferences.tasks", "conferences.todos", "conferences.notices"),
    *("networks.actions", "networks.urls", "networks.tasks", "networks.todos", "networks.notices"),
    *("grants.models", "grants.tasks", "grants.todos", "grants.urls"),
    *("grants.management.commands.export_case", "grants.management.commands.export_archive"),  # Django looks there
    "networks.class_page",
    "conferences.class_page",
    "networks.handing",  # what is open in each, when the class contact changes
    *(f"principles.{name}" for name in ("urls", "todos", "tasks", "notices", "figures", "menu", "readings")),
    *(f"principles.{name}" for name in ("class_page", "child_page", "models")),  # Django looks for models there
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
    return [(name, target) for name, tree in modules().items() for target in imports(tree)]


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
