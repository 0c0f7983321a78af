"""Who sends the monthly letter of a class, and who adds to it. Each docstring is the reason."""

from portal.people.models import Role
from portal.people.rules import contacts, has_role, leads


def can_manage_digest(person, digest):
    """The class contact makes the monthly letter theirs and sends it; without one nothing is sent."""
    return contacts(person, digest.school_class)


def can_write_paragraph(person, digest):
    """The contact teacher, when the class contact has asked for a paragraph."""
    is_teacher = has_role(person, Role.Kind.CONTACT_TEACHER, school_class=digest.school_class)
    return is_teacher and digest.teacher_until is not None


def can_take_back_digest(person, digest):
    """The class contact; and the contact teacher and the leaders, who answer for the children."""
    is_teacher = has_role(person, Role.Kind.CONTACT_TEACHER, school_class=digest.school_class)
    return contacts(person, digest.school_class) or is_teacher or leads(person, digest.school_class.school)
