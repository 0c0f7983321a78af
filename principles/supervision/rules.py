"""Who follows whether a principle is kept. Each docstring is the reason, as the school would put it."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Person, Role
from portal.people.rules import LEADERS, has_role, is_portal, leads


@for_whom(_("the school board, the principal and the deputy"))
def overseers(person):
    """The board supervises, and the head makes a statement."""
    return has_role(person, *KINDS_OF[overseers])


KINDS_OF[overseers] = (Role.Kind.BOARD_MEMBER, *LEADERS)


def _is_on_board(person, school):
    return has_role(person, Role.Kind.BOARD_MEMBER, school=school)


def can_supervise(person: Person, principle) -> bool:
    """The board supervises the principles of its own school; the head may prepare it."""
    school = principle.school
    return school is not None and (is_portal(person) or _is_on_board(person, school) or leads(person, school))


def can_go_on(person: Person, supervision) -> bool:
    """Those who have begun it, the board or the head, take it further."""
    return _is_on_board(person, supervision.school) or leads(person, supervision.school)


def can_measure(person: Person, supervision) -> bool:
    """Once it is concluded the board alone counts anew: what it publishes is what it has seen."""
    return can_conclude(person, supervision) if supervision.is_concluded else can_go_on(person, supervision)


def can_choose_figures(person: Person, point) -> bool:
    """The board and the head choose the numbers that belong to a point."""
    return can_go_on(person, point.supervision)


def can_state(person: Person, point) -> bool:
    """What the school does is said by whoever leads it."""
    return leads(person, point.supervision.school)


def can_hand(person: Person, supervision) -> bool:
    """The head hands the board a statement of their own."""
    return leads(person, supervision.school)


def can_tell_more(person: Person, question) -> bool:
    """The head answers for the school."""
    return leads(person, question.point.supervision.school)


def can_assess(person: Person, point) -> bool:
    """Only the board assesses; whoever leads the school is not their own judge."""
    school = point.supervision.school
    return _is_on_board(person, school) and not leads(person, school)


def can_conclude(person: Person, supervision) -> bool:
    """Only the board concludes, and decides what all may read."""
    school = supervision.school
    return _is_on_board(person, school) and not leads(person, school)
