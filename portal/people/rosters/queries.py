"""What the pages about rosters show."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.people.models import RosterImport
from portal.people.rosters.actions import progress_of
from portal.people.rosters.records import Problem
from portal.people.rosters.saying import said

KIND_WORDS = {
    "schools": _("Schools"),
    "classes": _("Classes"),
    "persons": _("People"),
    "places": _("Places in classes"),
    "relations": _("Guardians to confirm"),
    "roles": _("Roles to confirm"),
}
VERB_WORDS = {"created": _("New"), "updated": _("Changed"), "deactivated": _("No longer here")}
STATUSES = {
    "read": "under_way",
    "shown": "waiting",
    "running": "under_way",
    "applied": "done",
    "undone": "closed",
    "failed": "not_reached",
    "discarded": "closed",
}


@dataclass(frozen=True)
class Row:
    """One kind in the table of what changes."""

    word: str
    created: int
    updated: int
    deactivated: int
    unchanged: int


@dataclass(frozen=True)
class Report:
    """One import as its page shows it."""

    entry: RosterImport
    status: str
    rows: list[Row]
    examples: list
    brake: list
    changes: int
    warnings: list[str]
    more_warnings: int
    errors: list[str]
    progress: int
    at_work: bool


def report_of(entry):
    brake = entry.difference.get("brake", [])
    done, warnings = entry.counts.get("done", {}), _lines(entry.warnings)
    at_work = entry.state in (RosterImport.State.READ, RosterImport.State.RUNNING)
    return Report(
        entry=entry,
        status=STATUSES[entry.state],
        rows=[Row(KIND_WORDS[kind], **numbers) for kind, numbers in done.items() if any(numbers.values())],
        examples=[
            (KIND_WORDS[kind], VERB_WORDS[verb], names)
            for kind, verbs in entry.difference.get("examples", {}).items()
            for verb, names in verbs.items()
        ],
        brake=said(brake) if isinstance(brake, list) else [],
        changes=entry.difference.get("changes", 0),
        warnings=warnings,
        more_warnings=max(0, entry.counts.get("warnings", 0) - len(warnings)),
        errors=_lines(entry.errors),
        progress=progress_of(entry) if at_work else 0,
        at_work=at_work,
    )


def _lines(problems):
    return [str(Problem(**problem)) for problem in problems]


def imports_of(person):
    """The newest imports that the person may see, each with its status word."""
    entries = RosterImport.objects.visible_to(person).select_related("school", "municipality", "uploaded_by")[:50]
    return [(entry, STATUSES[entry.state]) for entry in entries]
