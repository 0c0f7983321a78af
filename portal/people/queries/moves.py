"""Sign-ins that wait for an office."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.people.models import Role, SignInMove
from portal.people.vouching import Voucher, rights_of, waits_for


@dataclass(frozen=True)
class MoveRow:
    """One move, who asked for it, and what the person is at the viewer's own schools: never which the others are."""

    move: SignInMove
    here: list[str]


def waiting_moves(viewer):
    """The moves that wait for this person. One query when there are none."""
    return waits_for(viewer, SignInMove.objects.visible_to(viewer).select_related("person", "asked_by").order_by("pk"))


def moves_page(viewer):
    """A row for each move that waits for the viewer."""
    moves = waiting_moves(viewer)
    voucher, rights = Voucher(viewer), rights_of([move.person for move in moves])
    return [
        MoveRow(
            move=move,
            here=sorted({_word(one) for one in rights[move.person_id] if voucher.covers(one)}),
        )
        for move in moves
    ]


def _word(right):
    names = dict(Role.Kind.choices) | {"guardian": _("Guardian"), "pupil": _("Pupil")}
    return f"{names[right.kind]}, {right.scope}"
