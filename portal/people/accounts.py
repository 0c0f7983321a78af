"""Who can sign in, with which address, and how every door is shut at once. Called by actions only."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession


def open_account(person):
    """Let somebody whom a person has vouched for sign in with a code sent to their address.

    Does nothing without an address, when there is an account already, or when the address is somebody else's: two
    people may share an address for contact, never for signing in.
    """
    address = person.email.lower()
    if not address or EmailAddress.objects.filter(user=person).exists():
        return
    if not EmailAddress.objects.filter(email=address).exists():
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)


def move_account(person, old):
    """Sign-in follows when the school corrects the address it was opened with; what cannot follow is closed."""
    EmailAddress.objects.filter(user=person, email=old.lower()).delete()
    open_account(person)


def cut_sessions(person):
    """End everything the person has open, everywhere, now: a session carries a mark of the password, and nobody here
    has one, so a new unusable one makes every session worthless."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=person):
        session.end()
