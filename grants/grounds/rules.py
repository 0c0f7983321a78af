"""Who keeps the list of reasons."""

from grants.models import KeptReason
from grants.rules import can_run_scheme
from portal.people.models import Municipality, Person


def can_manage_reasons(person: Person, municipality: Municipality) -> bool:
    """The municipality words the reasons for all its schools, so that like cases read alike."""
    return can_run_scheme(person, municipality)


def can_change_reason(person: Person, reason: KeptReason) -> bool:
    """Those who keep the list change it."""
    return can_manage_reasons(person, reason.municipality)
