"""Who sends files along with an application. Each docstring is the reason."""

from grants.models import Attachment, GrantApplication
from grants.rules import can_write
from portal.people.models import Person


def can_attach(person: Person, application: GrantApplication) -> bool:
    """Those who write the application send files along with it."""
    return can_write(person, application)


def can_remove(person: Person, attachment: Attachment) -> bool:
    """Those who write the application take away what was sent along by mistake."""
    return can_write(person, attachment.application)
