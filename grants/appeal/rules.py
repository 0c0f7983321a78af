"""Who appeals, who looks at it first, and who writes down what the appeal body says. Each docstring is the reason."""

from grants.models import Decision
from grants.rules import handles
from portal.people.models import Person
from portal.people.rules import is_portal


def can_tell(person: Person, decision: Decision) -> bool:
    """The clock sees when the alert was sent; where it has failed, those who handle the case post the letter."""
    return is_portal(person) or handles(person, decision.application)


def only_the_clock(person: Person, decision: Decision) -> bool:
    """Only the portal sees that a message has come back."""
    return is_portal(person)
