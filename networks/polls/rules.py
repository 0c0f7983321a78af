"""Who asks when it suits, and who keeps the days of faith. Each docstring is the reason, as the school would put it."""

from django.utils.translation import gettext_lazy as _

from networks.queries.paper import homes_open_to
from networks.rules import can_answer, can_gather, can_organise, can_organise_home, organisers
from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Role
from portal.people.rules import LEADERS, has_role, is_portal, office, runs_office


@for_whom(_("the office, the principal and the deputy"))
def day_managers(person):
    """Those who keep the office of a school, or lead it."""
    return has_role(person, *LEADERS, Role.Kind.OFFICE)


KINDS_OF[day_managers] = (*LEADERS, Role.Kind.OFFICE)


@for_whom(_("class contacts and those who help them, the office, the principal and the deputy"))
def answerers(person):
    """Those who write down what a home says: organisers, and the office."""
    return organisers(person) or office(person)


KINDS_OF[answerers] = (Role.Kind.CLASS_CONTACT, Role.Kind.OFFICE, *LEADERS)


def can_draft_poll(person, school_class):
    """The class contact asks the families of their class."""
    return can_gather(person, school_class)


def can_poll(person, gathering):
    """Whoever organises a gathering asks when it suits, and fixes the time."""
    return can_organise(person, gathering)


def can_fix(person, gathering, time):
    """Whoever organises it fixes one of the times that the families were asked about."""
    return time.poll.gathering_id == gathering.pk and can_organise(person, gathering)


def can_say(person, gathering, household, time):
    """A guardian of a child in the class says for their own home what suits, of the times that were asked about."""
    return time.poll.gathering_id == gathering.pk and can_answer(person, gathering, household)


def can_say_for(person, gathering, household, said=()):
    """Organisers write down what a home of their class says, as they do of an invitation; the office what a home says to
    which it may write on paper. Of the times that were asked about alone."""
    if any(time.poll.gathering_id != gathering.pk for time in said):
        return False
    if can_organise_home(person, gathering, household):
        return True
    if can_organise(person, gathering) or not runs_office(person, gathering.school_class.school):
        return False
    return household.pk in {family.household_id for family in homes_open_to(person, gathering)}


def can_remove_day(person, school, faith_day):
    """The office of the school that it is a day of, or any where it came with the portal: it is gone at that school
    alone."""
    return faith_day.school_id in (None, school.pk) and can_manage_days(person, school)


def can_manage_days(person, school):
    """The office keeps the school's days right; the principal answers for them."""
    return is_portal(person) or runs_office(person, school)
