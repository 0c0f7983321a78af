"""Who is kept apart in groups, and by whom. Each docstring is the reason."""

from django.utils.translation import gettext_lazy as _

from networks.groups.queries import pupils_of
from networks.rules import only_the_clock
from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Role
from portal.people.rules import has_role, is_guardian_in


@for_whom(_("contact teachers"))
def contact_teachers(person):
    """Contact teachers know who does not do well together."""
    return has_role(person, Role.Kind.CONTACT_TEACHER)


__all__ = ["can_let_together", "can_separate", "contact_teachers", "only_the_clock"]
KINDS_OF[contact_teachers] = (Role.Kind.CONTACT_TEACHER,)


def can_separate(person, school_class, one=None, other=None):
    """The contact teacher of the class decides it for two of its pupils; not one who has a child there, since no parent
    shall know."""
    if not has_role(person, Role.Kind.CONTACT_TEACHER, school_class=school_class) or is_guardian_in(
        person, school_class
    ):
        return False
    pupils = {pupil.pk for pupil in (one, other) if pupil is not None}
    return not pupils or pupils_of(school_class, person).filter(pk__in=pupils).count() == len(pupils)


def can_let_together(person, apart):
    """The contact teacher of the class ends it."""
    return can_separate(person, apart.school_class)
