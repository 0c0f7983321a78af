"""Who may ask whom to apply together, and who answers."""

from grants.models import CoApplicant, GrantApplication
from grants.rules import is_co_applicant
from portal.people.models import Person
from portal.people.rules import contacts, is_guardian_in


def can_invite(person: Person, application: GrantApplication, partner: Person | None = None) -> bool:
    """The class contact asks somebody of the class, and nobody else."""
    is_fitting = partner is None or (partner.pk != person.pk and is_guardian_in(partner, application.school_class))
    return is_fitting and contacts(person, application.school_class)


def can_accept(person: Person, asked: CoApplicant) -> bool:
    """The one who was asked answers, while their child is in the class."""
    return asked.person_id == person.pk and is_guardian_in(person, asked.application.school_class)


def can_end(person: Person, asked: CoApplicant) -> bool:
    """The class contact takes it back, and whoever was asked says no or leaves."""
    application = asked.application
    return (
        contacts(person, application.school_class)
        or asked.person_id == person.pk
        or is_co_applicant(person, application)
    )
