"""Who may do what, what refuses, what happens, who hears: read from the code, so it is always true."""

import inspect
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import module_has_submodule

from portal.actions import ACTIONS
from portal.ledger.publish import subscribers

VERBS = Path("docs/verbs.md")
HEAD = """# Who may do what

Printed by `manage.py describe`; a test keeps the two equal. One row for each thing that anybody can do.

"""
COLUMNS = ("does", "what", "who may", "refuses", "happens", "who hears")


class Command(BaseCommand):
    help = "Print who may do what, what refuses, what happens and who hears. --write keeps it in docs/verbs.md."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="write docs/verbs.md instead of printing")

    def handle(self, *, write, **options):
        if write:
            (settings.BASE_DIR / VERBS).write_text(described())
        else:
            self.stdout.write(described(), ending="")


def described():
    rooms = {}
    import_module(settings.ROOT_URLCONF)  # and with the pages every action that a page can do
    for config in apps.get_app_configs():
        if Path(config.path).is_relative_to(settings.BASE_DIR):
            for part in ("actions", "tasks"):  # and what the clock alone does
                if module_has_submodule(config.module, part):
                    import_module(f"{config.name}.{part}")
    for name, action in sorted(ACTIONS.items()):
        if not action.records.startswith("tests."):
            rooms.setdefault(action.records.split(".")[0], []).append(_row(name, action))
    return HEAD + "\n".join(f"## {room}\n\n{_table(rows)}" for room, rows in sorted(rooms.items()))


def _row(name, action):
    hears = sorted({_hearer(heard) for heard in subscribers(action.records)})
    return (
        f"`{name.rpartition('.')[2]}`",
        _sentence(action.__doc__),
        _sentence(action.rule.__doc__),
        ", ".join(refusal.__name__ for refusal in action.refuses) or "–",
        "nothing is recorded" if action.silent else f"`{action.records}`",
        ", ".join(hears) or "–",
    )


def _hearer(heard):
    kind = next(iter(getattr(heard, "args", ())), None)
    return f"`{kind.name if hasattr(kind, 'name') else heard.__name__}`"


def _sentence(text):
    return " ".join(inspect.cleandoc(text or "").split("\n\n")[0].split())


def _table(rows):
    lines = [COLUMNS, tuple("---" for _column in COLUMNS), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
