"""What the pages about rosters show."""

from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from portal.people.models import AccessRestriction, GuardianRelation, Person, RosterImport
from portal.rosters.records import Problem
from portal.rosters.saying import said

KIND_WORDS = {
    "schools": _("Schools"),
    "classes": _("Classes"),
    "persons": _("People"),
    "places": _("Places in classes"),
    "relations": _("Guardians to confirm"),
    "roles": _("Roles to confirm"),
    "care": _("After-school care"),
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
HEADINGS = {
    "applied": _("What the import changed"),
    "undone": _("What the import had changed before it was undone"),
    "discarded": _("What the file would have changed"),
}
WARNED = {"undone": _("What was said about the file"), "discarded": _("What was said about the file")}


@dataclass(frozen=True)
class Row:
    word: str
    created: int
    updated: int
    deactivated: int
    unchanged: int


@dataclass(frozen=True)
class Report:
    entry: RosterImport
    status: str
    rows: list[Row]
    heading: str
    examples: list
    brake: list
    changes: int
    warnings: list[str]
    more_warnings: int
    warned: str
    errors: list[str]
    more_errors: int
    progress: int
    doubts: int
    at_work: bool


def report_of(entry, reader):
    """Without the lines that name a pupil whom the reader must know nothing about, that pupil's guardians, or the
    reader's own link to them."""
    brake, unsaid = entry.difference.get("brake", []), _unsaid_to(reader)
    done, warnings = entry.counts.get("done", {}), _lines(entry.warnings)
    at_work = entry.state in (RosterImport.State.READ, RosterImport.State.RUNNING)
    return Report(
        entry=entry,
        status=STATUSES[entry.state],
        rows=[Row(KIND_WORDS[kind], **numbers) for kind, numbers in done.items() if any(numbers.values())],
        heading=HEADINGS.get(entry.state, _("What changes")),
        examples=[
            (KIND_WORDS[kind], VERB_WORDS[verb], shown, _more(done, kind, verb, names))
            for kind, verbs in entry.difference.get("examples", {}).items()
            for verb, names in verbs.items()
            if (shown := _sayable(names, unsaid))
        ],
        brake=_sayable(said(brake), unsaid) if isinstance(brake, list) else [],
        changes=entry.difference.get("changes", 0),
        warnings=_sayable(warnings, unsaid),
        more_warnings=max(0, entry.counts.get("warnings", 0) - len(warnings)),
        warned=WARNED.get(entry.state, _("Look at these")),
        errors=_sayable(_lines(entry.errors), unsaid),
        more_errors=max(0, entry.counts.get("errors", 0) - len(entry.errors)),
        progress=progress_of(entry) if at_work else 0,
        doubts=entry.doubts.open().visible_to(reader).count(),
        at_work=at_work,
    )


def _more(done, kind, verb, names):
    """How many there are beyond those stored by name; the same number for every reader."""
    return max(0, done.get(kind, {}).get(verb, 0) - len(names))


def _unsaid_to(reader):
    restricted = set(AccessRestriction.objects.against(reader).values_list("pupil", flat=True))
    if not restricted:
        return []
    near = GuardianRelation.objects.filter(pupil__in=restricted).values("guardian")
    return [person.full_name for person in Person.objects.filter(Q(pk__in=[*restricted, reader.pk]) | Q(pk__in=near))]


def _sayable(lines, unsaid):
    return [line for line in lines if not any(name in line for name in unsaid)]


def _lines(problems):
    return [str(Problem(**problem)) for problem in problems]


def imports_of(person):
    entries = RosterImport.objects.visible_to(person).select_related("school", "municipality", "uploaded_by")[:50]
    return [(entry, STATUSES[entry.state]) for entry in entries]


def undoing(entry):
    """(question, consequences, button)."""
    follows = [
        gettext("What the import made goes, and what it changed becomes what it was."),
        gettext(
            "What somebody has changed or confirmed since stays. A person who is referred to is deactivated, not deleted."
        ),
        gettext(
            "Pairs from the file that nobody has judged go. Those that somebody has judged stay as they were judged."
        ),
        gettext("It cannot be taken back, but you can upload the file once more."),
    ]
    return gettext("Undo the import of %(name)s?") % {"name": entry.file_name}, follows, gettext("Undo this import")


def progress_of(entry):
    """In percent; 0 when nothing has been reported, or Redis is away."""
    with suppress(RedisError):
        return cache.get(f"roster-{entry.pk}", 0)
    return 0
