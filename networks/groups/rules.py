"""Who is kept apart in groups, and by whom. Each docstring is the reason."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Role
from portal.people.rules import has_role, is_guardian_in, is_portal


@for_whom(_("contact teachers"))
def contact_teachers(person):
    """Contact teachers know who does not do well together."""
    return has_role(person, Role.Kind.CONTACT_TEACHER)


KINDS_OF[contact_teachers] = (Role.Kind.CONTACT_TEACHER,)


def can_keep_apart(person, school_class):
    """The contact teacher of the class decides it; not one who has a child there, since no parent shall know."""
    teaches = has_role(person, Role.Kind.CONTACT_TEACHER, school_class=school_class)
    return teaches and not is_guardian_in(person, school_class)


def can_let_together(person, apart):
    """The contact teacher of the class ends it."""
    return can_keep_apart(person, apart.school_class)


def only_the_clock(person, school_class):
    """Only the clock does this."""
    return is_portal(person)
