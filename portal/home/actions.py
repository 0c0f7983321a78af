"""What the demo lets anybody do, and nothing else does."""

from django.conf import settings

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import is_portal


def can_step_in(person, subject):
    """In the demo nobody is real, so anybody may be anybody; nowhere else."""
    return settings.DEMO and is_portal(person)


@action(may=can_step_in, records="home.person_stepped_in")
def step_in(person: Person, *, by: Person) -> None:
    """Become somebody in the demo. Refused wherever people are real."""
    record("home.person_stepped_in", person, by=by)
