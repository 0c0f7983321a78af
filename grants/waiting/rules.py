"""Who may say that it takes longer, and who keeps a case with somebody when a class or a principal is gone."""

from grants.models import GrantApplication
from grants.rules import can_take_up
from portal.people.models import Person, SchoolClass


def can_tell_when(person: Person, application: GrantApplication) -> bool:
    """Those who may decide the case tell the class when it has its answer."""
    return can_take_up(person, application)


def can_move(person: Person, application: GrantApplication, school_class: SchoolClass | None = None) -> bool:
    """Those who answer for the case give it to the class of the same school that took over the children."""
    is_fitting = school_class is None or school_class.school_id == application.school_id
    return is_fitting and can_take_up(person, application)
