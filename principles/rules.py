"""Who writes, adopts and reads principles. Each docstring is the reason, as the school would put it."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.models import Person, Role, School
from portal.people.rules import has_role, is_portal, leads, runs_office, serves_municipality
from principles import moves


@for_whom(_("the principal, the deputy, the office, the school board and the municipality"))
def writers(person):
    """The principal, the office, the board and the municipality write principles."""
    kinds = (Role.Kind.BOARD_MEMBER, Role.Kind.OFFICE, Role.Kind.PRINCIPAL, Role.Kind.DEPUTY)
    return has_role(person, *kinds, Role.Kind.MUNICIPALITY_OFFICER)


def _writes_for(person, place):
    if is_portal(person):
        return True
    if not isinstance(place, School):
        return serves_municipality(person, place)
    return runs_office(person, place) or has_role(person, Role.Kind.BOARD_MEMBER, school=place)


def can_draft(person: Person, place) -> bool:
    """The head, the office and the board of a school write its principles; the municipality writes the common ones."""
    return _writes_for(person, place)


def can_correct(person: Person, text) -> bool:
    """Whoever sent a file corrects what was read from it, as long as they write for that place."""
    return text.sent_by_id == person.pk and _writes_for(person, text.place)


def can_revise(person: Person, principle) -> bool:
    """Those who may write a principle for the school may also begin its next version."""
    return _writes_for(person, principle.place)


def can_edit(person: Person, version, section=None) -> bool:
    """Those who may write for the school may change its draft, and only sections of that same draft."""
    return (section is None or section.version_id == version.pk) and _writes_for(person, version.principle.place)


def can_edit_section(person: Person, section) -> bool:
    """A section belongs to its draft."""
    return can_edit(person, section.version)


def can_edit_clause(person: Person, clause, section=None) -> bool:
    """A point belongs to its draft and is moved only within it."""
    return can_edit(person, clause.version, section)


def can_publish(person: Person, version) -> bool:
    """The board decides and the head carries out: either makes an adopted text public; the office does not."""
    place = version.principle.place
    if is_portal(person):
        return True
    if not isinstance(place, School):
        return serves_municipality(person, place)
    return leads(person, place) or has_role(person, Role.Kind.BOARD_MEMBER, school=place)


def can_repeal(person: Person, principle) -> bool:
    """Those who may make a principle public may also set its last day."""
    place = principle.place
    if is_portal(person) or not isinstance(place, School):
        return is_portal(person) or serves_municipality(person, place)
    return leads(person, place) or has_role(person, Role.Kind.BOARD_MEMBER, school=place)


def can_move(person: Person, version, to: str) -> bool:
    """Who decides in the country does: a step of the board is the board's where the law gives it the principles."""
    move = moves.TABLE.get((version.state, to))
    place = version.principle.place
    if move is None:  # refused in words
        return _writes_for(person, place)
    if is_portal(person):
        return True
    if not isinstance(place, School):
        return serves_municipality(person, place)
    return has_role(person, *moves.kinds_for(move, place), school=place)
