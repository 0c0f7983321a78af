"""Where one talk of a proposed timetable can be moved by hand, the rest held fixed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from conferences.models import ConferenceSlot
from conferences.spans import overlapping
from conferences.timetables.queries.puzzles import facts_of


@dataclass(frozen=True)
class Choice:
    """One time of the teacher; `why` says who is busy then, and is empty when the talk can go there; `suits` is None
    when no home has said what suits it."""

    slot: ConferenceSlot
    why: str
    suits: bool | None
    is_own: bool

    @property
    def starts_at(self):
        return self.slot.starts_at


def choices_of(placement):
    """Every time of the teacher that is not booked, in order of time. Eight queries at any size."""
    timetable, talk = placement.timetable, placement.conference
    others = timetable.placements.filter(slot__isnull=False).exclude(pk=placement.pk)
    others = list(others.select_related("conference", "slot"))
    facts = facts_of(timetable.round, [talk, *(one.conference for one in others)])
    people = set(facts.people_of(talk))
    near = [
        (one.slot.starts_at, _end(facts, one), one) for one in others if people & set(facts.people_of(one.conference))
    ]
    has_said = any(map(facts.wishes.get, facts.homes_of(talk)))
    found = []
    for slot, span in facts.spans(talk, doubled=bool(facts.languages_of(talk))):
        clash = [one for _start, _over, one in overlapping(near, span.start, span.end)]
        why = _why(talk, clash) or ("" if facts.is_free(talk, slot, span) else _("Somebody has another talk then."))
        suits = facts.suits(talk, slot.starts_at) if has_said else None
        found.append(Choice(slot, why, suits, slot.pk == placement.slot_id))
    return found


def _end(facts, placement):
    talk = placement.conference
    spans = facts.spans(talk, doubled=bool(facts.languages_of(talk)))
    return next((span.end for slot, span in spans if slot.pk == placement.slot_id), placement.slot.ends_at)


def _why(talk, clash):
    if any(one.conference.teacher_id == talk.teacher_id for one in clash):
        return _("Another child has this time.")
    return _("Somebody who takes part has another talk then.") if clash else ""
