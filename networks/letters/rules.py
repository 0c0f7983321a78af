"""Who prints letters, and who answers for a home that no message reaches. Each docstring is the reason."""

from django.utils.translation import gettext_lazy as _

from networks.queries.paper import homes_open_to
from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Role
from portal.people.rules import LEADERS, class_contacts, contacts, office, runs_office


@for_whom(_("class contacts, the office, the principal and the deputy"))
def printers(person):
    """Those who send letters home: the class contact, and the office of the school."""
    return class_contacts(person) or office(person)


KINDS_OF[printers] = (Role.Kind.CLASS_CONTACT, Role.Kind.OFFICE, *LEADERS)


def can_print_letters(person, gathering):
    """The class contact sends letters home with the children of the class, and so does the office. A helper does not:
    whoever holds a letter can answer by it."""
    school_class = gathering.school_class
    return contacts(person, school_class) or runs_office(person, school_class.school)


def can_print_letter(person, gathering, household):
    """The class contact prints for the homes of the class, except for a protected family and for the other home of their
    own child; the office prints those, and none about a child that it must know nothing about."""
    return household.pk in {family.household_id for family in homes_open_to(person, gathering)}


def can_answer_for(person, gathering, household):
    """The office writes down what a home says that no message reaches, by phone or on paper. Others do so as organisers
    of the gathering."""
    if not runs_office(person, gathering.school_class.school):
        return False
    return can_print_letter(person, gathering, household)
