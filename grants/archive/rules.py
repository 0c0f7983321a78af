"""Who takes a case to the archive. Each docstring is the reason."""

from grants.models import GrantApplication
from grants.rules import can_take_up
from portal.people.models import Person
from portal.people.rules import is_portal


def can_export(person: Person, application: GrantApplication) -> bool:
    """Those who answer for the case hand it over to the archive, and the portal in the extract of a year."""
    return is_portal(person) or can_take_up(person, application)
