"""The register of what principles say: whoever keeps principles registers how they are read, rooms read the words of a point
by its lineage, which lasts through all versions, and keep that key alone. Rooms register in return where what a point says
is done, and the page of the principle leads there."""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

BEGINS = 80  # letters of a point, where it is chosen
_SOURCES: list = []
_DONE: list = []


@dataclass(frozen=True)
class Clause:
    """A point of a principle in force today, as its page has it. `text` is in `language`, whatever the reader's is."""

    lineage: int
    number: int
    text: str
    language: str
    title: str  # of its principle
    url: str


def gives_clauses(query):
    """Register a function of one condition, {"lineages": keys} or {"school": school}, that returns the clauses in force
    today: of these lineages, or all that apply at the school."""
    _SOURCES.append(query)
    return query


def clauses_in_force(lineages):
    """{lineage: Clause}. A point that was struck, or whose principle is repealed or not yet in force, is not there."""
    keys = set(lineages)
    return {one.lineage: one for query in _SOURCES for one in query(lineages=keys)} if keys else {}


def clauses_at(school):
    """All that apply at the school, its own and those it shares with others: for whoever chooses one."""
    return [one for query in _SOURCES for one in query(school=school)]


def points_to_choose(school):
    """Choices for a form: under the title of each principle its points, each by its number and how it begins."""
    points = {}
    for point in clauses_at(school):
        words = f"{point.number}. {Truncator(' '.join(point.text.split())).chars(BEGINS)}"
        points.setdefault(point.title, []).append((point.lineage, words))
    return [("", _("None")), *points.items()]


def clause_of(row):
    """The point that this row of a room carries out, or None; a row keeps the key as its `lineage`."""
    key = row.lineage if row else None
    return clauses_in_force([key]).get(key) if key else None


@dataclass(frozen=True)
class Done:
    """Where this reader finds what is done of a point."""

    lineage: int
    label: str
    url: str


def says_where_it_is_done(query):
    """Register a function of lineages and of a person who has signed in that returns `Done` for what this person may open
    of them now."""
    _DONE.append(query)
    return query


def done_of(lineages, person):
    """{lineage: where it is done}; nothing for a visitor."""
    keys, found = set(lineages), {}
    if keys and person.is_authenticated:
        for query in _DONE:
            for one in query(keys, person):
                found.setdefault(one.lineage, []).append(one)
    return found
