"""Who can sign in, with which address, and how every door is shut at once. Called by actions only."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Q

_doors = []


def also_shut(door):
    """Register another way in: `door(person)` is called with the sessions, in the same transaction."""
    _doors.append(door)
    return door


def open_account(person):
    """Let somebody whom a person has vouched for sign in with a code sent to their address.

    Does nothing without an address, when there is an account already, or when the address is somebody else's: two
    people may share an address for contact, never for signing in.
    """
    open_accounts([person])


def open_accounts(people):
    """The same for several: of two with one address, the first. A few queries and one write, whatever the number. An
    address that somebody has asked for and not proved is nobody's yet."""
    wanted = {}
    for person in people:
        if person.email:
            wanted.setdefault(person.email.lower(), person)
    taken = EmailAddress.objects.filter(Q(email__in=wanted) | Q(user__in=wanted.values()), verified=True)
    for address, user in taken.values_list("email", "user"):
        wanted = {email: person for email, person in wanted.items() if email != address.lower() and person.pk != user}
    EmailAddress.objects.filter(email__in=wanted, user__in=wanted.values(), verified=False).delete()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=email, verified=True, primary=True) for email, person in wanted.items()
    )


def move_account(person, old):
    """Sign-in follows when the school corrects the address it was opened with; what cannot follow is closed. Whoever
    read the old address is shut out: it may have been a stranger's."""
    closed, _rows = EmailAddress.objects.filter(user=person, email=old.lower()).delete()
    open_account(person)
    if closed:
        cut_sessions(person)


def cut_sessions(person):
    """End everything the person has open, everywhere, now, personal links too: a session carries a mark of the
    password, and nobody here has one, so a new unusable one makes every session worthless."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=person):
        session.end()
    for shut in _doors:
        shut(person)
