"""Who ties principles together and keeps what they build on. Each docstring is the reason."""

from portal.people.models import Person
from principles.rules import can_draft


def can_tie(person: Person, principle, other=None) -> bool:
    """Those who write a principle say what it builds on, among those of the school and those that all schools share."""
    near = other is None or other.school_id is None or other.school_id == principle.school_id
    return near and can_draft(person, principle.place)


def can_untie(person: Person, relation) -> bool:
    """The same who tied it."""
    return can_draft(person, relation.principle.place)


def can_refer(person: Person, principle) -> bool:
    """Those who write a principle say what law and municipality say of it."""
    return can_draft(person, principle.place)


def can_manage_reference(person: Person, reference) -> bool:
    """The same who put it there."""
    return can_draft(person, reference.principle.place)
