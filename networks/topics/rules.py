"""Who reads about topics and proposals of a class, who proposes, and who answers."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people import protection
from portal.people.models import Role
from portal.people.rules import contacts, guardians, has_role, is_guardian_in, teachers


@for_whom(_("guardians and teachers"))
def around_a_class(person):
    """Guardians talk about what concerns the class, and so do its teachers; class contacts are guardians."""
    return guardians(person) or teachers(person)


def can_propose(person, school_class):
    """A guardian proposes something to the class of their own child, on behalf of their home."""
    return person.household_id is not None and is_guardian_in(person, school_class)


def can_offer_experience(person, school_class):
    """Guardians say themselves what they are glad to be called about; whoever is at a protected address stands in no
    list."""
    return can_propose(person, school_class) and not protection.sheltered_among([person.pk])


def can_support(person, proposal):
    """The homes of the class say what they would like, each for itself."""
    return can_propose(person, proposal.school_class)


def can_answer_proposal(person, proposal):
    """The class contact answers what families propose; where there is none, the contact teacher does."""
    return answers_in(person, proposal.school_class)


def can_gather_for(person, proposal):
    """The class contact makes a gathering of it."""
    return contacts(person, proposal.school_class)


def answers_in(person, school_class):
    if contacts(person, school_class):
        return True
    return has_role(person, Role.Kind.CONTACT_TEACHER, school_class=school_class) and not has_contact(school_class)


def has_contact(school_class):
    return Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class=school_class).exists()
