"""Who keeps a school's tips for help at home."""

from conferences.rules import can_call_round
from portal.people.rules import TEACHERS, has_role


def can_begin_tips(person, school):
    """The leaders and the office begin the school's list of tips."""
    return can_call_round(person, school)


def can_add_tip(person, school, subject=None):
    """The teachers, the leaders and the office write tips for their own school, about a subject that it teaches."""
    return _is_here(subject, school) and (can_call_round(person, school) or _works_at(person, school))


def can_change_tip(person, tip, subject=None):
    """Teachers maintain their own tips; the leaders and the office maintain all of them."""
    is_own = tip.written_by_id == person.pk and _works_at(person, tip.school)
    return _is_here(subject, tip.school) and (is_own or can_call_round(person, tip.school))


def _works_at(person, school):
    return has_role(person, *TEACHERS, school_class__school=school)


def _is_here(subject, school):
    return subject is None or subject.school_id == school.pk
