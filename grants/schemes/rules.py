"""Who runs a scheme. Each docstring is the reason."""

from grants.models import GrantScheme
from grants.rules import can_run_scheme
from portal.people.models import Person, School


def can_change_scheme(person: Person, scheme: GrantScheme) -> bool:
    """The municipality decides what it offers, until classes rely on it."""
    return can_run_scheme(person, scheme.municipality)


def can_share_out(person: Person, scheme: GrantScheme, amounts: dict[School, int | None] | None = None) -> bool:
    """The municipality shares out its own money among the schools that the scheme is for."""
    own = all(
        (school.municipality_id, school.country) == (scheme.municipality_id, scheme.country) for school in amounts or ()
    )
    return own and can_change_scheme(person, scheme)
