"""Who may ask for a call. The docstring is the reason, as the school would put it."""

from portal.clauses import clauses_at
from portal.people.models import Person, School
from portal.people.rules import is_guardian_of, is_portal, runs_office


def can_ask_to_be_called(person: Person, child: Person) -> bool:
    """A guardian speaks for their own child, to the homes of the other children in the class."""
    return is_guardian_of(person, child)


def can_choose_first_contact(person: Person, school: School, point: int | None = None) -> bool:
    """The office and the leaders say which of the points that apply at their school it is."""
    return (is_portal(person) or runs_office(person, school)) and (
        point is None or any(one.lineage == point for one in clauses_at(school))
    )
