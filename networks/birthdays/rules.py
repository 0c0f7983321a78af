"""Who says what the class's rule is, who invites, and who answers. Each docstring is the reason."""

from networks.models import Birthday
from networks.rules import can_gather
from portal.people.models import Enrolment
from portal.people.rules import is_guardian_of


def can_set_rule(person, school_class):
    """The class contact writes down what the families have agreed."""
    return can_gather(person, school_class)


def can_invite(person, school_class, child):
    """A guardian invites to the birthday of their own child, in a class where it is today."""
    return bool(person.household_id) and is_guardian_of(person, child) and _is_in(child, school_class)


def can_celebrate(person, school_class, child):
    """A guardian says for their own child whether it takes part in the shared party."""
    return is_guardian_of(person, child) and _is_in(child, school_class)


def can_call_off(person, birthday):
    """The home that invited."""
    return Birthday.objects.hosted_by(person).filter(pk=birthday.pk).exists()


def can_answer_birthday(person, birthday, household):
    """A guardian who is invited answers for their own home, and for no other."""
    return person.household_id == household.pk and is_guest(person, birthday)


def is_guest(person, birthday):
    """Whoever is invited decides for themselves whether they are reminded."""
    return birthday.guests().filter(guardian_id=person.pk).exists()


def _is_in(child, school_class):
    return Enrolment.objects.current().filter(pupil=child, school_class=school_class).exists()
