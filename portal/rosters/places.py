"""Which of a file's organisations are schools, and which own them. What is not called either is never guessed, but for
the one that every class points at."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.people.models import School
from portal.rosters import values
from portal.rosters.records import SchoolRow
from portal.rosters.words import plain

LONGEST_NAME = 120
LONGEST_OWNER_NUMBER = 8


@dataclass(frozen=True)
class Org:
    row: int
    key: str
    name: str
    kind: str
    number: str = ""


@dataclass(frozen=True)
class Kinds:
    """The words that a format has for organisations."""

    schools: set[str]
    owners: set[str]
    others: set[str]


def sort_orgs(into, file, orgs, kinds, pointed_at):
    """Fill schools and owner of a roster. `pointed_at` are the organisations that classes belong to."""
    orgs = [org for org in orgs if _has_key(into, file, org)]
    without_schools = not any(plain(org.kind) in kinds.schools for org in orgs)
    for org in orgs:
        kind = plain(org.kind)
        alone = kind not in kinds.owners or pointed_at == {org.key}
        if kind in kinds.schools:
            add_school(into, file, org)
        elif without_schools and org.key in pointed_at and alone:
            text = _("%(name)s is not called a school, but was read as one.") % {"name": org.name}
            into.notes.warn(file, org.row, text)
            add_school(into, file, org)
        elif kind in kinds.owners:
            add_owner(into.roster, org.name, org.number)
        elif kind not in kinds.others:
            into.aside_orgs.add(org.key)
            into.unknown(file, org.row, "type", org.kind)


def add_school(into, file, org):
    name = into.shortened(file, org.row, org.name, LONGEST_NAME)
    into.roster.schools[org.key] = SchoolRow(org.key, name, school_number(org.number))


def add_owner(roster, name, number):
    if not roster.owner_name:
        roster.owner_name = name[:LONGEST_NAME]
        roster.owner_number = number if len(number) <= LONGEST_OWNER_NUMBER else ""


def school_number(text):
    """The number of a school, compared whole: one too long to keep is kept as a sum of all its signs."""
    number = text.replace(" ", "")
    longest = School._meta.get_field("number").max_length
    if len(number) <= longest:
        return number
    return "R" + hashlib.sha256(number.encode()).hexdigest()[:11]


def _has_key(into, file, org):
    if org.key and len(org.key) <= values.LONGEST_KEY and org.name:
        return True
    into.aside_orgs.add(org.key)
    into.notes.warn(file, org.row, _("The school has no key or no name, and was left out."))
    return False
