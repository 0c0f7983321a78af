"""Who writes to a class, who releases what is sensitive, and who takes it back. Each docstring is the reason."""

from django.utils.translation import gettext_lazy as _

from networks.models import Bulletin
from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Role
from portal.people.rules import (
    LEADERS,
    TEACHERS,
    class_contacts,
    contacts,
    has_role,
    is_guardian_in,
    principals,
    teachers,
    teaches,
)


@for_whom(_("class contacts and teachers"))
def writers(person):
    """Class contacts and teachers write to the guardians of their own class."""
    return class_contacts(person) or teachers(person)


@for_whom(_("contact teachers, the principal and the deputy"))
def releasers(person):
    """The contact teacher knows the children, and the leaders answer for the school."""
    return has_role(person, Role.Kind.CONTACT_TEACHER) or principals(person)


@for_whom(_("class contacts, teachers, the principal and the deputy"))
def takers(person):
    """Whoever sends a notice or releases it."""
    return writers(person) or releasers(person)


KINDS_OF[writers] = (Role.Kind.CLASS_CONTACT, *TEACHERS)
KINDS_OF[releasers] = (Role.Kind.CONTACT_TEACHER, *LEADERS)
KINDS_OF[takers] = (*KINDS_OF[writers], *LEADERS)


def can_write(person, school_class):
    """The class contact and the teachers of a class write to its guardians."""
    return contacts(person, school_class) or teaches(person, school_class)


def can_change_bulletin(person, bulletin):
    """Whoever wrote it, while they are class contact or teacher there."""
    return Bulletin.objects.written_by(person).filter(pk=bulletin.pk).exists()


def can_release(person, bulletin):
    """The contact teacher of the class or a leader of the school, and never whoever wrote it."""
    return Bulletin.objects.released_by(person).filter(pk=bulletin.pk).exists()


def can_take_back(person, bulletin):
    """Whoever sent it; and whoever may release it, who answers for the children."""
    return can_change_bulletin(person, bulletin) or can_release(person, bulletin)


def is_contact_teacher(person, school_class):
    """Their own judgement is the release."""
    return has_role(person, Role.Kind.CONTACT_TEACHER, school_class=school_class)


def can_ask(person, bulletin):
    """A guardian of the class asks for their home while whoever sent the notice can answer; the sender need not ask."""
    return is_asking_home(person, bulletin) and can_change_bulletin(bulletin.written_by, bulletin)


def is_asking_home(person, bulletin):
    return (
        bool(person.household_id)
        and person.pk != bulletin.written_by_id
        and is_guardian_in(person, bulletin.school_class)
    )


def can_answer_question(person, question):
    """Whoever sent the notice, and nobody else."""
    return can_change_bulletin(person, question.bulletin)


def can_release_answer(person, answer):
    """Whoever releases notices there: the contact teacher or a leader, and never whoever wrote it."""
    return can_release(person, answer.bulletin)
