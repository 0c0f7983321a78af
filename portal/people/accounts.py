"""Who can sign in, with which address, and how every way in is closed at once. Called by actions only."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from celery import current_app
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.people.models import SignInMove
from portal.people.vouching import rights_of, vouched_for

State = SignInMove.State
_doors = []


def also_shut(door):
    """Register another way in: `door(person)` is called with the sessions, in the same transaction."""
    _doors.append(door)
    return door


def open_account(person, *, by):
    """Let the person sign in with a code sent to their address. Does nothing without an address, when they have an
    account, or when the address is somebody else's: two people may share an address for contact, never for signing in.
    Where `by` does not answer for everything the person can open, the other offices are asked first."""
    open_accounts([person], by=by)


def open_accounts(people, *, by):
    """The same for several, in a constant number of queries and one write. Of two with the same address, the first gets
    it. An address that was asked for but never proved is free. A person whose address is about to change has to
    wait."""
    wanted = _free({person: person.email for person in people})
    vouched = vouched_for(by, list(wanted.values())) if wanted else set()
    _open({email: person for email, person in wanted.items() if person.pk in vouched})
    unsure = {email: person for email, person in wanted.items() if person.pk not in vouched}
    asked = SignInMove.objects.open().filter(person__in=unsure.values()) if unsure else []
    changing = {move.person_id for move in asked if move.changes_contact}
    for email, person in unsure.items():
        if person.pk not in changing:
            _ask(SignInMove(person=person, new=email, asked_by=by))


def correct(person, email, phone, *, by):
    """Correct a person's contact details, and their sign-in where it uses the same address: at once if `by` answers for
    everything the person can open, else once those whom the returned move waits for have agreed. Returns None when
    nobody is asked or told. The caller has locked the person, so two offices take turns."""
    under_way = SignInMove.objects.open().filter(person=person).first()
    if (email, phone) == (under_way.wanted() if under_way else (person.email, person.phone)):
        return under_way if under_way and under_way.changes_contact else None
    SignInMove.objects.filter(person=person, state__in=SignInMove.OPEN).update(state=State.REPLACED)
    if (email, phone) == (person.email, person.phone):
        return None
    move, had = _drafted(person, email, phone, by, under_way)
    rights = rights_of([person])[person.pk]
    opens = had or any(right.counts for right in rights)
    moves = _follows(move, had, under_way) and opens and email.lower() != (had.email if had else "")
    move.new = email.lower() if moves else ""
    if not (had or rights) or person.pk in vouched_for(by, [person], proposed=True):
        return _at_once(move, moves)
    if not is_free(move.new, person):
        move.new = ""
    is_dead = person.email_failed_at or (under_way and under_way.old and under_way.state == State.OFFICES)
    return _ask(move, is_dead=is_dead)


def _drafted(person, email, phone, by, under_way):
    had = EmailAddress.objects.filter(user=person, verified=True).first()
    move = SignInMove(person=person, asked_by=by, old=person.email.lower())
    move.email = email if email != person.email else None
    move.phone = phone if phone != person.phone else None
    if not move.old and had and _follows(move, had, under_way):
        move.old = had.email
    return move, had


def _follows(move, had, under_way):
    """The sign-in follows the contact address, unless the person signs in with another one: nobody corrects that."""
    now = move.person.email.lower()
    if move.email is None and not under_way:
        return False
    return had is None or now == had.email or bool(under_way and under_way.new == now)


def _at_once(move, moves):
    _reach(move)
    if moves:
        _sign_in_with(move.person, move.new)
    return _done(move) if moves or move.leaves_old or move.onward else None


def follow(move):
    _reach(move)
    if move.new:
        _sign_in_with(move.person, move.new)
    return _done(move)


def _reach(move):
    person = move.person
    if move.email is not None:
        person.email, person.email_failed_at = move.email, None
    if move.phone is not None:
        person.phone = move.phone
    person.save(update_fields=["email", "phone", "email_failed_at", "is_staff"])


def _sign_in_with(person, new):
    """Shut out everyone who could read the old address: it may have been a stranger's."""
    had = EmailAddress.objects.filter(user=person, verified=True).exists()
    EmailAddress.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()  # found through the old address by its reader
    _open(_free({person: new}))
    if had:
        cut_sessions(person)


def _done(move):
    move.state, move.told_at = State.DONE, None if move.leaves_old else timezone.now()
    move.tells_new = bool(move.onward)
    move.save()
    _ring()
    return move


def _ask(move, *, is_dead=False):
    open_moves = SignInMove.objects.filter(person=move.person, state__in=SignInMove.OPEN)
    open_moves.update(state=State.REPLACED)
    move.state = State.ASKED if move.old and not is_dead else State.OFFICES
    move.told_at = None if move.old else timezone.now()
    move.save()
    _ring()
    return move


def heard(person, *, email, phone):
    """The person has updated their own contact details: drop whatever a school has asked for about them."""
    for move in SignInMove.objects.open().filter(person=person):
        move.email = None if email else move.email
        move.phone = None if phone else move.phone
        if move.changes_contact or move.new not in ("", move.old):
            move.save(update_fields=["email", "phone"])
        else:
            move.delete()


def is_free(address, person):
    return not EmailAddress.objects.filter(email=address, verified=True).exclude(user=person).exists()


def _free(wanted):
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


def _ring():
    transaction.on_commit(lambda: current_app.send_task("portal.people.tasks.tell_of_moves"), robust=True)


def end_sessions(person):
    """A session carries a hash of the password, so a new unusable password invalidates them all, everywhere."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=person):
        session.end()


def close_account(person):
    EmailAddress.objects.filter(user=person).delete()
    cut_sessions(person)


def cut_sessions(person):
    """End every session and every other way in, personal links included."""
    end_sessions(person)
    for shut in _doors:
        shut(person)
