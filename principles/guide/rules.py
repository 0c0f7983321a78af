"""Who may ask for a call. The docstring is the reason, as the school would put it."""

from portal.people.models import Person
from portal.people.rules import is_guardian_of


def can_ask_to_be_called(person: Person, child: Person) -> bool:
    """A guardian speaks for their own child, to the homes of the other children in the class."""
    return is_guardian_of(person, child)
