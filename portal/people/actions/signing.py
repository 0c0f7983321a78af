"""What happens to how a person signs in. Each is an event with keys and choices, never with an address or a code."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import action
from portal.ledger.record import record
from portal.people import rules
from portal.people.accounts import follow, is_free
from portal.people.models import CodeGuesses, MoveConsent, Person, SignInMove
from portal.people.models.signing import NotMovable
from portal.people.vouching import left_open, rights_of, waits_for

State = SignInMove.State


def _open(*states):
    return lambda: SignInMove.objects.open().filter(state__in=states).select_related("person", "asked_by")


# Open to an answer, whether the old address or the offices are asked.
MOVE = {"claims": _open(*SignInMove.OPEN), "gone": NotMovable, "locks": lambda move: [move.person]}
AT_OFFICES, ASKED = MOVE | {"claims": _open(State.OFFICES)}, MOVE | {"claims": _open(State.ASKED)}


@action(may=rules.only_oneself, records="people.signed_in")
def sign_in(person: Person, *, by: Person, ways: list[str]) -> None:
    """Record that a person has signed in, and how they proved who they are."""
    record("people.signed_in", person, by=by, ways=ways)


@action(may=rules.only_oneself, records="people.signed_out")
def sign_out(person: Person, *, by: Person) -> None:
    """Record that a person has signed out."""
    record("people.signed_out", person, by=by)


@action(may=rules.only_the_portal, records="people.code_refused")
def refuse_code(person: Person, *, by: Person, way: str) -> int:
    """Count a wrong code for this account. Returns how many it has had today."""
    today = timezone.localdate()
    CodeGuesses.objects.bulk_create([CodeGuesses(person=person, day=today)], ignore_conflicts=True)
    CodeGuesses.objects.filter(person=person, day=today).update(wrong=F("wrong") + 1)
    wrong = CodeGuesses.objects.get(person=person, day=today).wrong
    record("people.code_refused", person, by=by, way=way, wrong=wrong)
    return wrong


@action(may=rules.only_oneself, records="people.factor_added")
def add_factor(person: Person, *, by: Person, kind: str) -> None:
    """Record that a person has a further way to prove who they are."""
    record("people.factor_added", person, by=by, kind=kind)


@action(may=rules.only_oneself, records="people.factor_removed")
def remove_factor(person: Person, *, by: Person, kind: str) -> None:
    """Record that a person has given up a way to prove who they are."""
    record("people.factor_removed", person, by=by, kind=kind)


@action(may=rules.only_oneself, records="people.factor_renewed")
def renew_factor(person: Person, *, by: Person, kind: str) -> None:
    """Record that a person has new recovery codes, and that the old ones no longer work."""
    record("people.factor_renewed", person, by=by, kind=kind)


@action(may=rules.only_oneself, records="people.proved_again")
def prove_again(person: Person, *, by: Person, way: str) -> None:
    """Record that a person has proved again who they are, as changing how they sign in requires."""
    record("people.proved_again", person, by=by, way=way)


@action(may=rules.only_oneself, records="people.address_changed")
def change_address(person: Person, *, by: Person) -> None:
    """Record that a person has proved a new address and signs in with it from now on."""
    record("people.address_changed", person, by=by)


@action(may=rules.only_oneself, claims=Person.objects.all, records="people.language_chosen")
def choose_language(person: Person, *, by: Person, language: str) -> None:
    """Use this language for the person from now on, in messages too."""
    person.language = language
    person.save(update_fields=["language"])
    record("people.language_chosen", person, by=by, language=language)


@action(may=rules.only_whose_move, **MOVE, records="people.move_confirmed")
def confirm_move(move: SignInMove, *, by: Person) -> None:
    """The person agrees, with the letter sent to the old address, to sign in and be reached at the new one from now on.
    Refused when the move is over, or when somebody else signs in with that address."""
    _move(move)
    record("people.move_confirmed", move.person, by=by, move=move.pk)


@action(may=rules.only_whose_move, **MOVE, records="people.move_declined")
def decline_move(move: SignInMove, *, by: Person) -> None:
    """The person says, with the letter sent to the old address, that nothing is to move. Refused when the move is over."""
    _end(move)
    record("people.move_declined", move.person, by=by, move=move.pk)


@action(may=rules.can_settle_move, **AT_OFFICES, records="people.move_agreed")
def agree_to_move(move: SignInMove, *, by: Person) -> bool:
    """One of the offices concerned agrees to the move. Once all have, it takes effect and this returns True. Refused
    when the move is over, or when nothing is left that `by` answers for."""
    if not waits_for(by, [move]):
        raise NotMovable(_("Your school has already answered, or it is not yours to answer."))
    MoveConsent.objects.create(move=move, by=by)
    moves = not left_open(move, rights_of([move.person])[move.person_id])
    if moves:
        _move(move)
    record("people.move_agreed", move.person, by=by, move=move.pk, moves=moves)
    return moves


@action(may=rules.can_settle_move, **AT_OFFICES, records="people.move_refused")
def refuse_move(move: SignInMove, *, by: Person) -> None:
    """One of the offices concerned says that the move is wrong: everything stays as it is. Refused when the move is
    over, or when nothing is left that `by` answers for."""
    if not waits_for(by, [move]):
        raise NotMovable(_("Your school has already answered, or it is not yours to answer."))
    _end(move)
    record("people.move_refused", move.person, by=by, move=move.pk)


@action(may=rules.can_manage_move, **ASKED, records="people.move_taken_to_offices")
def take_to_offices(move: SignInMove, *, by: Person) -> None:
    """The old address turns out to be dead: the offices concerned are asked instead. Refused when the move is over."""
    move.state = State.OFFICES
    move.save(update_fields=["state"])
    record("people.move_taken_to_offices", move.person, by=by, move=move.pk)


def _move(move):
    """Refused, with the move left open, when somebody else signs in with the address by now."""
    if not is_free(move.new, move.person):
        raise NotMovable(_("Somebody else signs in with this address."))
    follow(move)


def _end(move):
    move.state = State.REFUSED
    move.save(update_fields=["state"])
