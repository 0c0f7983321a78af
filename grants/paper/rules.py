"""Who enters what came on paper. Each docstring is the reason."""

from networks.models import Gathering
from portal.people.models import Person, SchoolClass
from portal.people.rules import contacts, runs_office


def can_enter_paper(
    person: Person, school_class: SchoolClass, applicant: Person | None = None, gathering: Gathering | None = None
) -> bool:
    """The office of the class's school enters it, for a class contact of that class and a gathering of that class."""
    if not runs_office(person, school_class.school):
        return False
    if gathering is not None and gathering.school_class_id != school_class.pk:
        return False
    return applicant is None or contacts(applicant, school_class)
