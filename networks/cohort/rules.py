"""Who starts the network of a class, and who takes part in it. Each docstring is the reason."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from networks.rules import can_gather
from portal.access import for_whom
from portal.people import protection
from portal.people.hats import KINDS_OF
from portal.people.models import GuardianRelation, Role
from portal.people.rules import (
    can_appoint,
    class_contacts,
    fills_post,
    has_role,
    is_guardian_in,
    leads,
    principals,
)

Kind = Role.Kind
AHEAD = timedelta(days=7)  # a code may be put up to see how it looks, before the meeting
STARTING = (Kind.CLASS_CONTACT, Kind.CONTACT_TEACHER, Kind.PRINCIPAL, Kind.DEPUTY)


@for_whom(_("class contacts, contact teachers, the principal and the deputy"))
def starters(person):
    """Those who lead the parents' meeting of a class."""
    return class_contacts(person) or has_role(person, Kind.CONTACT_TEACHER) or principals(person)


KINDS_OF[starters] = STARTING


def can_open_network(person, school_class):
    """The contact teacher, the school's leaders or the class contact start the network at a parents' meeting."""
    if has_role(person, Kind.CONTACT_TEACHER, school_class=school_class):
        return True
    return can_gather(person, school_class) or leads(person, school_class.school)


def can_take_down(person, start):
    """Whoever may start it may also take the code down."""
    return can_open_network(person, start.school_class)


def can_confirm(person, start):
    """A guardian in the class says how it reaches them, for their own home."""
    return person.household_id is not None and is_guardian_in(person, start.school_class)


def may_elect(person, start):
    """The contact teacher, the office or a leader writes down whom the parents elected."""
    return fills_post(person, Kind.CLASS_CONTACT, start.school_class)


def can_elect(person, start, holder):
    """Whoever writes down class contacts otherwise writes down those who were elected at the meeting: somebody else than
    themselves, from the class."""
    if not is_guardian_in(holder, start.school_class):
        return False
    return can_appoint(person, holder, Kind.CLASS_CONTACT, start.school_class)


def can_be_buddy(person, school_class, is_offered):
    """Guardians of the class say themselves that they are glad to help a new family, and take it back at any time; whoever
    is at a protected address offers nothing. The child's other home is asked as ever, so that nothing tells it of that."""
    if person.household_id is None or not is_guardian_in(person, school_class):
        return False
    return not is_offered or not protection.sheltered_among([person.pk])


def can_note_welcomed(person, school_class, household):
    """The class contact says welcome to the homes of their own class."""
    here = GuardianRelation.objects.live().in_class(school_class).filter(guardian__household=household)
    return can_gather(person, school_class) and here.exists()
