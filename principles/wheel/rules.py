"""Who follows the year of a school. Each docstring is the reason, as the school would put it."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Person, Role, School
from portal.people.rules import LEADERS, has_role, is_portal, runs_office


@for_whom(_("the school board, the principal, the deputy and the office"))
def planners(person):
    """The board, the leaders and the office plan the year."""
    return has_role(person, *KINDS_OF[planners])


KINDS_OF[planners] = (Role.Kind.BOARD_MEMBER, Role.Kind.OFFICE, *LEADERS)


def can_plan(person: Person, school: School) -> bool:
    """Those who follow the year of a school also say what is done in it."""
    on_board = has_role(person, Role.Kind.BOARD_MEMBER, school=school)
    return is_portal(person) or on_board or runs_office(person, school)


def can_take_away(person: Person, item) -> bool:
    """The same who put it in."""
    return can_plan(person, item.school)
