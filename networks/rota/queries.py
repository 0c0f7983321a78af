"""The turns of a class, as its contact reads them and as its families do."""

from dataclasses import dataclass

from django.db.models import Q

from networks.models import Turn
from networks.models.rota import half_in_words
from networks.queries import name_of
from networks.rota.halves import half_today, last_half
from networks.rota.line import new_turns
from portal.people import protection
from portal.people.models import Person, SchoolClass
from portal.people.queries import families_of
from portal.people.rules import contacts, is_guardian_in


@dataclass(frozen=True)
class TurnRow:
    turn: Turn
    name: str


@dataclass(frozen=True)
class HalfYear:
    half: int
    said: str
    rows: list[TurnRow]


@dataclass(frozen=True)
class RotaPage:
    """For the class contact: what is to come, and the names of homes that have had a turn. Never how often one passed."""

    school_class: SchoolClass
    halves: list[HalfYear]
    had: list[str]
    lacking: int
    has_cohort: bool


@dataclass(frozen=True)
class TurnsOnPage:
    """On the page of the class: one's own turn, and the homes that have said yes to the one that comes next."""

    own: Turn | None
    may_pass: bool
    said: str
    names: list[str]
    may_arrange: bool


def rota_page(school_class, reader):
    names = _names(school_class, reader)
    now = half_today(school_class)
    turns = list(Turn.objects.of_class(school_class).exclude(state=Turn.State.PASSED))
    coming, rows = [turn for turn in turns if turn.half >= now or not turn.is_accepted], {}
    for turn in coming:
        rows.setdefault(turn.half, []).append(TurnRow(turn, names.get(turn.household_id, "")))
    return RotaPage(
        school_class=school_class,
        halves=[HalfYear(half, half_in_words(half), rows[half]) for half in sorted(rows)],
        had=sorted({names.get(turn.household_id, "") for turn in turns if turn.is_accepted and turn.half < now}),
        lacking=len(new_turns(school_class)) if school_class.cohort_id else 0,
        has_cohort=school_class.cohort_id is not None,
    )


def _names(school_class, reader):
    """With the adults' first names, since a child's two homes have one family name."""
    return {
        family.household_id: name_of(family) if family.protected else f"{name_of(family)} ({_adults(family)})"
        for family in families_of(school_class, seen_by=reader)
        if family.household_id
    }


def _adults(family):
    return ", ".join(adult.given_name for adult in family.adults)


def turns_on_page(school_class, reader):
    """Two queries where nobody has said yes, and those of the families where somebody has."""
    now = half_today(school_class)
    turns = [turn for turn in Turn.objects.of_class(school_class).may_be_shown() if turn.half >= now]
    of_home = [turn for turn in turns if turn.household_id == reader.household_id]
    of_home.sort(key=lambda turn: (not turn.is_asked, turn.half))  # what waits for an answer comes first
    own = of_home[0] if of_home and is_guardian_in(reader, school_class) else None
    agreed = [turn for turn in turns if turn.is_accepted]
    half = min((turn.half for turn in agreed), default=0)
    homes = {turn.household_id for turn in agreed if turn.half == half}
    return TurnsOnPage(
        own=own,
        may_pass=own is not None and not own.helps and not own.has_passed_before,
        said=half_in_words(half) if half else "",
        names=_named_homes(school_class, reader, homes) if homes else [],
        may_arrange=contacts(reader, school_class),
    )


def _named_homes(school_class, reader, homes):
    """Nobody who is protected, nobody of whom the reader must know nothing, and never a child's other home: what one home
    takes on is not the other's to read, and a name that goes missing would tell."""
    _own, near = protection.near_to(reader)
    pupils, others = Person.objects.restricted_for(reader)
    unknown = set(Person.objects.filter(Q(pk__in=pupils) | Q(pk__in=others)).values_list("pk", flat=True))
    return [
        name_of(family)
        for family in families_of(school_class)
        if family.household_id in homes - near
        and not family.protected
        and unknown.isdisjoint(person.pk for person in (*family.pupils, *family.adults))
    ]


def halves_to_choose(turn):
    school_class = turn.class_today
    if school_class is None:
        return []
    halves = range(half_today(school_class), last_half(school_class) + 1)
    return [(half, half_in_words(half)) for half in halves]


def all_asked_of(person):
    """Those whose half-year has passed among them."""
    return Turn.objects.visible_to(person).asked().filter(household=person.household_id).exclude(household=None)


def asked_of(person):
    """Turns that the person's home is asked about, in a class that a child of theirs is in today."""
    return [turn for turn in all_asked_of(person).select_related("cohort__school") if _is_to_come(turn)]


def _is_to_come(turn):
    school_class = turn.class_today
    return school_class is not None and turn.half >= half_today(school_class)


def name_of_home(turn, reader):
    return _names(turn.class_today, reader).get(turn.household_id, "") if turn.class_today else ""
