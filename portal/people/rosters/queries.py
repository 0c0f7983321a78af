"""What the pages about rosters show."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.people.models import AccessRestriction, Doubt, GuardianRelation, Person, RosterImport, SchoolClass
from portal.people.rosters.actions import progress_of
from portal.people.rosters.records import Problem
from portal.people.rosters.rules import judgeable
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
    doubts: bool
    at_work: bool


def report_of(entry, reader):
    """One import as this reader may read it: without the lines that name a pupil about whom the reader must know nothing,
    that pupil's guardians, or then the reader's own link."""
    brake, unsaid = entry.difference.get("brake", []), _unsaid_to(reader)
    done, warnings = entry.counts.get("done", {}), _lines(entry.warnings)
    at_work = entry.state in (RosterImport.State.READ, RosterImport.State.RUNNING)
    return Report(
        entry=entry,
        status=STATUSES[entry.state],
        rows=[Row(KIND_WORDS[kind], **numbers) for kind, numbers in done.items() if any(numbers.values())],
        examples=[
            (KIND_WORDS[kind], VERB_WORDS[verb], shown)
            for kind, verbs in entry.difference.get("examples", {}).items()
            for verb, names in verbs.items()
            if (shown := _sayable(names, unsaid))
        ],
        brake=_sayable(said(brake), unsaid) if isinstance(brake, list) else [],
        changes=entry.difference.get("changes", 0),
        warnings=_sayable(warnings, unsaid),
        more_warnings=max(0, entry.counts.get("warnings", 0) - len(warnings)),
        errors=_sayable(_lines(entry.errors), unsaid),
        progress=progress_of(entry) if at_work else 0,
        doubts=entry.doubts.open().exists(),
        at_work=at_work,
    )


def _unsaid_to(reader):
    kept = set(AccessRestriction.objects.keeps(reader).values_list("pupil", flat=True))
    if not kept:
        return []
    near = GuardianRelation.objects.filter(pupil__in=kept).values("guardian")
    return [person.full_name for person in Person.objects.filter(Q(pk__in=[*kept, reader.pk]) | Q(pk__in=near))]


def _sayable(lines, unsaid):
    return [line for line in lines if not any(name in line for name in unsaid)]


def _lines(problems):
    return [str(Problem(**problem)) for problem in problems]


def imports_of(person):
    """The newest imports that the person may see, each with its status word."""
    entries = RosterImport.objects.visible_to(person).select_related("school", "municipality", "uploaded_by")[:50]
    return [(entry, STATUSES[entry.state]) for entry in entries]


SIGN_WORDS = {
    "name": _("the same name"),
    "close": _("nearly the same name"),
    "given": _("the same first name"),
    "born": _("the same date of birth"),
    "email": _("the same e-mail"),
    "phone": _("the same phone"),
    "number": _("the same national number"),
    "kin": _("the same family"),
    "class": _("the same class"),
    "key": _("the file says that one key has replaced the other"),
}


@dataclass(frozen=True)
class DoubtRow:
    """Two records that may be one person, with what agrees. Of whoever is here no more than name and birth date."""

    doubt: Doubt
    name: str
    born_on: date | None
    email: str
    phone: str
    classes: list[str]
    signs: list
    may_judge: bool


def doubts_of(person):
    """How many pairs wait for the person to judge."""
    return Doubt.objects.open().visible_to(person).count()


def doubts_page(person):
    """The pairs that wait, as the person may see them. A few queries for any number."""
    doubts = list(Doubt.objects.open().visible_to(person).select_related("person", "other", "school", "roster")[:100])
    wanted = {told["school_class"] for doubt in doubts for told in doubt.row.get("places", ())}
    names = dict(SchoolClass.objects.filter(pk__in=wanted).values_list("pk", "name"))
    may = judgeable(person, doubts)
    return [_doubt_row(doubt, names, doubt.pk in may) for doubt in doubts]


def _doubt_row(doubt, names, may_judge):
    row, other = doubt.row, doubt.other
    born = row.get("born_on")
    return DoubtRow(
        doubt=doubt,
        name=other.full_name if other else f"{row['given_name']} {row['family_name']}".strip(),
        born_on=other.born_on if other else born and date.fromisoformat(born),
        email=other.email if other else row["email"],
        phone=other.phone if other else row["phone"],
        classes=[names[told["school_class"]] for told in row.get("places", ()) if told["school_class"] in names],
        signs=[SIGN_WORDS[sign] for sign in doubt.signs if sign in SIGN_WORDS],
        may_judge=may_judge,
    )
