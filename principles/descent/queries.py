"""What became of the points, as a page says it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from principles.descent.models import Descent
from principles.wording import Run, runs

Kind = Descent.Kind


@dataclass(frozen=True)
class Became:
    summary: str
    lines: list[str]
    is_same: bool


def became(old, new):
    """From the version just before to this one; nothing of two that do not follow on each other. One query."""
    if old is None or old.principle_id != new.principle_id or new.number != old.number + 1:
        return None
    steps = list(new.descents.values_list("kind", "lineage__number", "kin__number"))
    many = {kind: sum(step[0] == kind for step in steps) for kind in Kind}
    said = [_counted(kind, many[kind]) for kind in Kind if kind != Kind.KEPT and many[kind]]
    if many[Kind.KEPT]:
        said.append(_counted(Kind.KEPT, many[Kind.KEPT]))
    return Became(", ".join(said), _lines(steps), many[Kind.KEPT] == len(steps))


def _counted(kind, many):
    said = {
        Kind.KEPT: ngettext("%(n)s as before", "%(n)s as before", many),
        Kind.CHANGED: ngettext("%(n)s changed", "%(n)s changed", many),
        Kind.MOVED: ngettext("%(n)s moved", "%(n)s moved", many),
        Kind.SPLIT: ngettext("%(n)s split off", "%(n)s split off", many),
        Kind.MERGED: ngettext("%(n)s merged", "%(n)s merged", many),
        Kind.NEW: ngettext("%(n)s new", "%(n)s new", many),
        Kind.GONE: ngettext("%(n)s struck", "%(n)s struck", many),
    }[kind]
    return said % {"n": many}


def _lines(steps):
    """What the words alone do not show."""
    said = {
        Kind.MOVED: _("Point %(number)s stands in another place."),
        Kind.SPLIT: _("Point %(number)s was split off from point %(kin)s."),
        Kind.MERGED: _("Point %(number)s has gone into point %(kin)s."),
    }
    return [said[kind] % {"number": number, "kin": kin} for kind, number, kin in steps if kind in said]


@dataclass(frozen=True)
class Laid:
    """A point of the new text and those that it may come from, with what differs from the likest."""

    earlier: list[tuple[int, list[Run]]]
    runs: list[Run]


def laid_beside(proposal, texts):
    """`texts` are the words of the earlier points by number."""
    numbers = list(
        dict.fromkeys(
            number for one in proposal.options for number in (one.same, *one.takes, one.split) if number is not None
        )
    )
    if not numbers:
        return Laid([], [Run("same", proposal.text)])
    found = runs(texts[numbers[0]], proposal.text)
    rest = [(number, [Run("same", texts[number])]) for number in numbers[1:]]
    return Laid(
        [(numbers[0], [run for run in found if run.kind != "new"]), *rest], [run for run in found if run.kind != "gone"]
    )
