"""Where a text is on its way, and which steps this reader may take."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from principles import moves
from principles.moves import State
from principles.rules import can_move


@dataclass(frozen=True)
class Step:
    stage: State
    is_here: bool


@dataclass(frozen=True)
class Onward:
    url: str
    words: str
    is_back: bool
    is_end: bool


def way_of(version, person):
    order = list(State)
    end = moves.ENDS[version.state == State.DECLINED]
    steps = [Step(stage, stage == version.state) for stage in order if stage not in moves.ENDS or stage == end]
    onward = []
    for move in moves.ahead(version):
        skips_hearing = (move.start, move.end) == (State.READING, State.ADOPTION) and moves.must_be_heard(version)
        if skips_hearing or not can_move(person, version, move.end):
            continue
        args = [version.principle.place_key, version.principle.slug, move.end]
        is_back = order.index(move.end) < order.index(move.start)
        url = reverse("principles:version_move", args=args)
        onward.append(Onward(url, _words(move), is_back, move.end in moves.ENDS))
    may_hear = (
        version.state == State.READING and version.principle.school_id and can_move(person, version, State.HEARING)
    )
    onward.sort(key=lambda one: one.is_back)
    hearing = version.hearings.filter(closed_at=None, called_off_at=None).first()
    heard = version.hearings.closed().last()
    said = {"hearing": hearing, "heard": heard, "may_prepare": may_hear}
    return {"steps": steps, "now": _now(version.state, onward, may_hear), "onward": onward, **said}


def _now(state, onward, may_hear):
    """Whose turn it is, said to whoever takes no step forward, and why the words stand still before the decision."""
    if state == State.READING and not may_hear and all(one.is_back for one in onward):
        return _("The board reads it, and decides whether people are asked or whether it is decided without a hearing.")
    if state == State.ADOPTION and onward:
        return _(
            "Until the decision is written down the words stand still. To change them, let the board read them again."
        )
    return ""


def _words(move):
    return {
        (State.IDEA, State.DRAFT): _("Begin to write it"),
        (State.DRAFT, State.READING): _("Put it before the board"),
        (State.READING, State.DRAFT): _("Give it back to those who write"),
        (State.READING, State.ADOPTION): _("Decide it without a hearing"),
        (State.ADOPTION, State.READING): _("Let the board read it once more"),
        (State.ADOPTION, State.DECLINED): _("Not adopted: end it here"),
    }[move.start, move.end]
