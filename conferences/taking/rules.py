"""Who reads what a class was promised when it gets another contact teacher. Each docstring is the reason."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Role
from portal.people.rules import LEADERS, has_role, leads


@for_whom(_("contact teachers, the principal and the deputy"))
def contacts_and_leaders(person):
    """The contact teacher keeps what a class was promised, and the leaders answer for the school."""
    return has_role(person, Role.Kind.CONTACT_TEACHER, *LEADERS)


KINDS_OF[contacts_and_leaders] = (Role.Kind.CONTACT_TEACHER, *LEADERS)


def can_take_class_over(person, school_class):
    """The contact teachers of the class, who leaves and who comes, and the leaders of its school."""
    is_contact = has_role(person, Role.Kind.CONTACT_TEACHER, school_class=school_class)
    return is_contact or leads(person, school_class.school)


def can_look_through(person, role):
    """Whoever is the contact teacher says it for themselves, while the role lasts."""
    live = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER])
    return role.person_id == person.pk and live.filter(pk=role.pk).exists()
