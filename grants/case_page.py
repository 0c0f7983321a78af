"""The registers of a case: a wing brings its steps, the words of what it records, its part of the page and its columns.

They stand in the wing's own `case_page.py`, which `grants.apps` finds at start.
"""

from dataclasses import dataclass

from portal.class_page import Part

_PARTS, _STEPS, _COLUMNS, _SECURED = [], [], [], []
_TOLD = {}


@dataclass(frozen=True)
class Step:
    """One step of the line sent, opened, decided, paid, report, closed. What never comes for this case is left out."""

    label: str
    at: object
    is_done: bool
    is_now: bool = False


@dataclass(frozen=True)
class Told:
    """How an event of a case is said to those who may see it; `whole` are only told to those who may read all of it."""

    words: object
    about: object
    whole: bool


@dataclass(frozen=True)
class Column:
    """`read(applications)` gives {key: value} in one question: øre, which are added up, or a day or a few words, which
    people can choose by where they are `chosen`."""

    heading: str
    read: object
    money: bool
    chosen: bool


def stands_on_case(place):
    """Register a function of an application and its reader that returns a `Part` (`portal.class_page`), or None; lower
    places first. Everybody who may see the case reads the page, guardians of the class after the decision too: what only
    some may read is the wing's to leave out (`rules.can_read_whole`)."""

    def register(query):
        _PARTS.append((place, query))
        return query

    return register


def step_of_case(place):
    """Register a function of an application that returns a `Step`, or None where it never comes. The core's own are sent
    (10), opened (20) and decided (30); paid is 40, the report 50, closed 60."""

    def register(query):
        _STEPS.append((place, query))
        return query

    return register


def tells(verb, *, about=None, whole=True):
    """Register a function of what happened (`queries.history.Happened`) that returns a sentence for the history of the
    case, without a name: who did it stands beside it, if they work in the office. The event is about the application, or
    about one of the rows that `about(application)` gives, a queryset."""

    def register(words):
        _TOLD[verb] = Told(words, about, whole)
        return words

    return register


def column_of_cases(place, heading, *, money=False, chosen=False):
    """Register a column of the list of cases: see `Column`."""

    def register(read):
        _COLUMNS.append((place, Column(heading, read, money, chosen)))
        return read

    return register


def secures_award(query):
    """Register a function of an application that says in words why its award cannot lapse any more, such as that the
    money is paid out; "" when it can."""
    _SECURED.append(query)
    return query


def parts_of_case(application, reader) -> list[Part]:
    found = (query(application, reader) for query in _in_place(_PARTS))
    return [part for part in found if part]


def steps_of_wings(application) -> list[tuple[int, Step]]:
    found = ((place, query(application)) for place, query in _STEPS)
    return [(place, step) for place, step in found if step]


def told():
    return dict(_TOLD)


def columns() -> list[Column]:
    return _in_place(_COLUMNS)


def why_award_stays(application) -> str:
    return next((why for query in _SECURED if (why := query(application))), "")


def _in_place(registered):
    return [one for _place, one in sorted(registered, key=lambda one: one[0])]
