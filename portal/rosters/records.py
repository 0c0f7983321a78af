"""The neutral form that every reader fills: what the file says, never what it lets anybody do."""

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from portal.actions import Refusal

MOST = 1000  # problems written down; the rest are counted


class Problem(NamedTuple):
    """Something about one row. `row` counts from 1, the header being row 1; 0 is the whole file."""

    file: str
    row: int
    text: str

    def __str__(self):
        if not self.row:
            return f"{self.file}: {self.text}" if self.file else self.text
        if not self.file:
            return _("Row %(row)s: %(text)s") % {"row": self.row, "text": self.text}
        return _("%(file)s, row %(row)s: %(text)s") % {"file": self.file, "row": self.row, "text": self.text}

    def as_json(self):
        return {"file": self.file, "row": self.row, "text": self.text}


class RosterError(Refusal):
    """The roster cannot be imported as it is. Nothing was changed; `problems` says what to mend, and where."""

    def __init__(self, *problems):
        self.problems = [
            problem if isinstance(problem, Problem) else Problem("", 0, str(problem)) for problem in problems
        ]
        super().__init__(" ".join(str(problem) for problem in self.problems[:3]))


class Notes:
    """Errors and warnings gathered while a file is read."""

    def __init__(self):
        self.errors, self.warnings = [], []
        self.error_count = self.warning_count = 0

    def error(self, file, row, text):
        self.error_count += 1
        if len(self.errors) < MOST:
            self.errors.append(Problem(file, row, text))

    def warn(self, file, row, text):
        self.warning_count += 1
        if len(self.warnings) < MOST:
            self.warnings.append(Problem(file, row, text))

    def first(self, text):
        """A warning about the whole file, that stands before all others."""
        self.warning_count += 1
        self.warnings.insert(0, Problem("", 0, text))

    def raise_errors(self):
        if self.errors:
            raise RosterError(*self.errors)


class SchoolRow(NamedTuple):
    key: str
    name: str
    number: str = ""


class ClassRow(NamedTuple):
    key: str
    school: str
    name: str
    starts_on: date  # the first day of its school year
    grades: tuple = ()


class PersonRow(NamedTuple):
    key: str
    given_name: str
    family_name: str
    email: str = ""
    phone: str = ""
    born_on: date | None = None
    number: str = ""  # a national number, or nothing
    language: str = ""
    row: int = 0


class PlaceRow(NamedTuple):
    """A pupil's place in a class."""

    person: str
    school_class: str
    valid_from: date | None = None
    valid_to: date | None = None


class DutyRow(NamedTuple):
    """What somebody does at a school or in a class; `kind` is a kind of Role. Only ever proposed."""

    person: str
    kind: str
    school: str = ""
    school_class: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class RelationRow(NamedTuple):
    """A guardian and a pupil. Only ever proposed."""

    guardian: str
    pupil: str
    kind: str = "guardian"


@dataclass
class Roster:
    """All that a file says and the portal needs. What it does not need was never read."""

    format: str
    source: str
    full: bool = True  # a full file speaks also by what it leaves out
    owner_name: str = ""
    owner_number: str = ""
    schools: dict[str, SchoolRow] = field(default_factory=dict)
    classes: dict[str, ClassRow] = field(default_factory=dict)
    persons: dict[str, PersonRow] = field(default_factory=dict)
    places: dict[tuple, PlaceRow] = field(default_factory=dict)
    duties: dict[tuple, DutyRow] = field(default_factory=dict)
    relations: dict[tuple, RelationRow] = field(default_factory=dict)
    pupils: set[str] = field(default_factory=set)
    guardians: set[str] = field(default_factory=set)
    staff: set[str] = field(default_factory=set)
    care: dict[str, bool] = field(default_factory=dict)  # pupil -> whether they go to after-school care
    gone: set[str] = field(default_factory=set)  # persons named by a partial file as removed
    ended: set[tuple] = field(default_factory=set)  # (person, class) that a partial file removes
    closed: set[str] = field(default_factory=set)  # classes that a partial file removes
    old_keys: dict[str, set] = field(default_factory=dict)  # key -> the keys that the file says it had before
    aside: set[str] = field(default_factory=set)  # persons who keep what they have: a row about them was not understood
    aside_names: set[str] = field(
        default_factory=set
    )  # the same, where the row has no key, by full name in small letters
    aside_classes: set[str] = field(default_factory=set)
    notes: Notes = field(default_factory=Notes)

    @property
    def without_classes(self):
        """A whole file that yields no class would end every place, and nobody can tell whether that is meant."""
        return self.full and not self.classes

    def place(self, row):
        """One place for each pupil and class: of two rows the one that lasts longer, as the older one has ended."""
        there = self.places.get(row[:2])
        if there is None or (there.valid_to and (row.valid_to or date.max) > there.valid_to):
            self.places[row[:2]] = row
        self.pupils.add(row.person)

    def duty(self, row):
        self.duties.setdefault(row[:4], row)
        self.staff.add(row.person)

    def relate(self, row):
        self.relations.setdefault(row[:2], row)
        self.guardians.add(row.guardian)

    def counts(self):
        """How much of each kind the file holds; `enrolments` are places in a class, of pupils and of teachers."""
        in_class = sum(1 for duty in self.duties.values() if duty.school_class)
        return {
            "persons": len(self.persons),
            "pupils": len(self.pupils),
            "guardians": len(self.guardians),
            "staff": len(self.staff),
            "schools": len(self.schools),
            "classes": len(self.classes),
            "enrolments": len(self.places) + in_class,
            "proposed_relations": len(self.relations),
        }


@contextmanager
def rows_only():
    """A million tuples without cycles: looking for cycles among them takes a fifth of the time and finds none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
