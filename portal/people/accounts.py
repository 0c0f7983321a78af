"""Who can sign in, with which address, and how every door is shut at once. Called by actions only."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from celery import current_app
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.people.models import Person, SignInMove
from portal.people.vouching import rights_of, vouched_for

State = SignInMove.State
_doors = []


def also_shut(door):
    """Register another way in: `door(person)` is called with the sessions, in the same transaction."""
    _doors.append(door)
    return door


def open_account(person, *, by):
    """Let somebody whom a person has vouched for sign in with a code sent to their address.

    Does nothing without an address, when there is an account already, or when the address is somebody else's: two
    people may share an address for contact, never for signing in. Where `by` does not answer for all that the person can
    open, the other offices are asked first.
    """
    open_accounts([person], by=by)


def open_accounts(people, *, by):
    """The same for several: of two with one address, the first. A few queries and one write, whatever the number. An
    address that somebody has asked for and not proved is nobody's yet."""
    wanted = _free({person: person.email for person in people})
    vouched = vouched_for(by, list(wanted.values())) if wanted else set()
    _open({email: person for email, person in wanted.items() if person.pk in vouched})
    for email, person in wanted.items():
        if person.pk not in vouched:
            _ask(person, by, old="", new=email)


def move_account(person, old, *, by):
    """The school has corrected the address that somebody signs in with: the sign-in follows, or waits for those who have to
    agree, as the move that is returned says; None when there is nothing to move. What cannot follow is closed."""
    _alone(person)
    had = EmailAddress.objects.filter(user=person, verified=True).first()
    under_way = SignInMove.objects.open().filter(person=person).first()
    if had and old.lower() not in (had.email, under_way and under_way.new):
        return None  # they sign in with an address of their own, which nobody corrects
    new = person.email.lower()
    SignInMove.objects.filter(person=person, state__in=SignInMove.OPEN).update(state=State.REPLACED)
    if not (had or new) or (had and had.email == new):
        return None
    if person.pk in vouched_for(by, [person]):
        return follow(person, had.email if had else "", new, by=by)
    if not new or not is_free(new, person) or not (had or rights_of([person])[person.pk]):
        return None
    is_dead = person.email_failed_at or (under_way and under_way.state == State.OFFICES)
    return _ask(person, by, old=had.email if had else "", new=new, is_dead=is_dead)


def follow(person, old, new, *, by, move=None):
    """Sign in with `new` from now on. Whoever read the old address is shut out: it may have been a stranger's."""
    EmailAddress.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()  # found through the old address, by whoever had it
    _open(_free({person: new}))
    if old:
        cut_sessions(person)
    if move is None:
        move = SignInMove(person=person, old=old, new=new, asked_by=by)
    move.state, move.told_at = State.DONE, None if old else timezone.now()
    move.save()
    _ring()
    return move


def _ask(person, by, *, old, new, is_dead=False):
    """Write down that a sign-in is to move. An address that still works is asked; else the offices are."""
    _alone(person)
    open_moves = SignInMove.objects.filter(person=person, state__in=SignInMove.OPEN)
    open_moves.update(state=State.REPLACED)
    state = State.ASKED if old and not is_dead else State.OFFICES
    told_at = None if old else timezone.now()
    move = SignInMove.objects.create(person=person, old=old, new=new, state=state, asked_by=by, told_at=told_at)
    _ring()
    return move


def is_free(address, person):
    """Whether the address is nobody else's to sign in with."""
    return not EmailAddress.objects.filter(email=address, verified=True).exclude(user=person).exists()


def _free(wanted):
    """{address: person} of {person: address}, without those that are taken, or whose person has an account already."""
    found = {}
    for person, address in wanted.items():
        if address:
            found.setdefault(address.lower(), person)
    taken = EmailAddress.objects.filter(Q(email__in=found) | Q(user__in=found.values()), verified=True)
    for address, user in taken.values_list("email", "user"):
        found = {email: person for email, person in found.items() if email != address.lower() and person.pk != user}
    return found


def _open(wanted):
    EmailAddress.objects.filter(email__in=wanted, user__in=wanted.values(), verified=False).delete()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=email, verified=True, primary=True) for email, person in wanted.items()
    )


def _alone(person):
    """Two offices that correct one person at once take turns."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _ring():
    transaction.on_commit(lambda: current_app.send_task("portal.people.tasks.tell_of_moves"), robust=True)


def end_sessions(person):
    """End every session of the person, everywhere, now: a session carries a mark of the password, and nobody here has
    one, so a new unusable one makes every session worthless."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=person):
        session.end()


def cut_sessions(person):
    """End everything the person has open, everywhere, now, personal links too."""
    end_sessions(person)
    for shut in _doors:
        shut(person)
