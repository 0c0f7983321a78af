"""Who asks the children of a class, and who takes part."""

from django.utils.translation import gettext_lazy as _

from networks.rules import can_gather
from portal.access import for_whom
from portal.people.models import Role
from portal.people.rules import contacts, guardians, has_role, is_guardian_in, is_portal, teachers


@for_whom(_("guardians and teachers"))
def around_the_children(person):
    """Guardians of the class and its teachers, among them the class contact."""
    return guardians(person) or teachers(person)


def can_ask_children(person, school_class):
    """The contact teacher or the class contact asks the children."""
    return contacts(person, school_class) or has_role(person, Role.Kind.CONTACT_TEACHER, school_class=school_class)


def can_lead(person, vote):
    """The contact teacher or the class contact leads the children through it, until it is closed."""
    return can_ask_children(person, vote.school_class)


def can_leave_idea(person, vote):
    """A child leaves an idea on a guardian's phone or with the code of the class; its teacher may write one down."""
    return is_portal(person) or is_guardian_in(person, vote.school_class) or can_lead(person, vote)


def only_with_the_code(person, vote, idea):
    """A child of the class votes with the code and without signing in; nobody else does, and nobody knows who."""
    return is_portal(person) and idea.vote_id == vote.pk


def can_choose_committee(person, vote, pupils):
    """The contact teacher chooses who plans along, among the children of the class."""
    is_teacher = has_role(person, Role.Kind.CONTACT_TEACHER, school_class=vote.school_class)
    here = vote.school_class.enrolments.current().values_list("pupil", flat=True)
    return is_teacher and {pupil.pk for pupil in pupils} <= set(here)


def can_gather_from(person, vote):
    """The class contact plans the gathering that the children chose."""
    return can_gather(person, vote.school_class)
