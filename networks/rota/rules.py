"""Who says whose turn it is. Each docstring is the reason."""

from networks.models import Turn
from networks.rules import can_gather, only_the_clock
from portal.people.models import GuardianRelation, SchoolClass
from portal.people.rules import is_portal

__all__ = ["can_answer_turn", "can_arrange_turn", "can_ask_turn", "can_begin_turn", "can_draw_rota", "only_the_clock"]


def can_draw_rota(person, school_class):
    """The class contact has the turns of their own class drawn."""
    return can_gather(person, school_class)


def can_arrange_turn(person, turn):
    """The class contact of the cohort's class today moves the turns of its homes."""
    return Turn.objects.arranged_by(person).filter(pk=turn.pk).exists()


def can_ask_turn(person, turn):
    """The class contact asks a home; and the portal, when another home has passed."""
    return is_portal(person) or can_arrange_turn(person, turn)


def can_begin_turn(person, turn, gathering):
    """Only the clock does this, for a gathering of the same children."""
    return is_portal(person) and gathering.school_class.cohort_id == turn.cohort_id


def can_answer_turn(person, turn):
    """A guardian of a child in the class answers for their own home, and for no other."""
    classes = SchoolClass.objects.current().filter(cohort=turn.cohort_id)
    here = GuardianRelation.objects.live().in_classes(classes).filter(guardian_id=person.pk)
    return person.household_id == turn.household_id and here.exists()
