"""The organisers' board, narrowed to the homes that they look for just now."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from networks.catalogue import Chip
from networks.models import Rsvp
from networks.queries.board import Row

ANSWERS = (
    (Rsvp.Answer.YES, _("Coming")),
    (Rsvp.Answer.MAYBE, _("Maybe")),
    (Rsvp.Answer.NO, _("Cannot come")),
    (Rsvp.SILENT, _("Not answered")),
    (Rsvp.Answer.WAITING, _("On the waiting list")),
)
NEEDS = (
    ("lift", _("Needs a lift")),
    ("food", _("Food or allergies")),
    ("minding", _("Children to be minded")),
)
HAS = {
    "lift": lambda rsvp: rsvp.lift == Rsvp.Lift.NEED,
    "food": lambda rsvp: bool(rsvp.food),
    "minding": lambda rsvp: rsvp.minded > 0,
}


@dataclass(frozen=True)
class Narrowing:
    """`query` is what the address of the same list in a file ends with."""

    rows: list[Row]
    chips: list[Chip]
    query: str

    @property
    def is_all(self):
        return not self.query


def narrowing_of(board, chosen):
    """`chosen` is {filter: value}. A filter that nobody fits is not offered."""
    chips = [_chip(board, chosen, "answer", value, word) for value, word in ANSWERS]
    chips += [_chip(board, chosen, "need", value, word) for value, word in NEEDS]
    every = Chip(_("All"), "?", not chosen, len(board.rows))
    offered = [chip for chip in chips if chip.count or chip.is_chosen]
    return Narrowing(_found(board, chosen), [every, *offered], f"?{urlencode(chosen)}" if chosen else "")


def _found(board, chosen):
    return [row for row in board.rows if _fits(row.rsvp, **chosen)]


def _fits(rsvp, answer="", need=""):
    said = Rsvp.SILENT if rsvp is None else rsvp.answer
    if answer and said != answer:
        return False
    return not need or (said not in (Rsvp.SILENT, Rsvp.Answer.NO) and HAS[need](rsvp))


def _chip(board, chosen, name, value, word):
    is_chosen = chosen.get(name) == value
    others = {key: said for key, said in chosen.items() if key != name}
    wanted = others if is_chosen else {**others, name: str(value)}
    return Chip(word, f"?{urlencode(wanted)}", is_chosen, len(_found(board, {**others, name: value})))
