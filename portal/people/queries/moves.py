"""Sign-in moves that wait for an office, and which office asks."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.people import protection
from portal.people.models import AccessRestriction, GuardianRelation, Role, School, SignInMove
from portal.people.vouching import Voucher, rights_of, waits_for


@dataclass(frozen=True)
class MoveRow:
    """`here` names what the person is at the viewer's own schools, never which other schools there are."""

    move: SignInMove
    here: list[str]


def waiting_moves(viewer):
    return waits_for(viewer, SignInMove.objects.visible_to(viewer).select_related("person", "asked_by").order_by("pk"))


def moves_page(viewer):
    moves = waiting_moves(viewer)
    voucher, rights = Voucher(viewer), rights_of([move.person for move in moves])
    return [
        MoveRow(
            move=move,
            here=sorted({_word(one) for one in rights[move.person_id] if voucher.covers(one)}),
        )
        for move in moves
    ]


def office_of(move):
    """The school whose office asks or has done it, to be named to the addresses. None where the name could reveal where
    a child is: for a family that others must not read about, and where somebody is kept from a child."""
    person = move.person
    if protection.covered_among([person.pk]) or _is_restricted(person):
        return None
    asks = Voucher(move.asked_by)
    run = [right.scope for right in rights_of([person])[person.pk] if asks.covers(right)]
    schools = [scope for scope in run if isinstance(scope, School) and scope.pk in asks.schools]
    return min(schools, key=lambda school: school.name, default=None)


def _is_restricted(person):
    children = GuardianRelation.objects.filter(guardian=person).values("pupil")
    open_ones = AccessRestriction.objects.open(timezone.localdate())
    return open_ones.filter(Q(pupil__in=children) | Q(pupil=person)).exists()


def _word(right):
    names = dict(Role.Kind.choices) | {"guardian": _("Guardian"), "pupil": _("Pupil")}
    return f"{names[right.kind]}, {right.scope}"
