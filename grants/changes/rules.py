"""Who may use an award for another gathering, or give it back."""

from grants.models import GrantApplication
from grants.rules import can_take_up, can_write
from networks.models import Gathering
from portal.people.models import Person
from portal.people.rules import is_portal


def can_replace(person: Person, application: GrantApplication, gathering: Gathering | None = None) -> bool:
    """The class chooses among its own gatherings."""
    own = gathering is None or gathering.school_class_id == application.school_class_id
    return own and can_write(person, application)


def can_lapse(person: Person, application: GrantApplication) -> bool:
    """The class gives back what it does not need. When the gathering is cancelled those who answer for the case see that
    the money is free for others, and the clock does when the period is over."""
    if is_portal(person) or can_write(person, application):
        return True
    return application.gathering.is_cancelled and can_take_up(person, application)
