"""The register of what is shown about a child on its page: rooms register their lines, the page and its file show all of
them and nothing else.

Readers are the child's guardians and, from the age of 12, the child: what only some of them may read is the room's to
leave out. One home never reads what the other has written, asked for or opened, nor the names of its people.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from django.utils import timezone

MOST = 20  # lines of one part: the newest, or the next

_SOURCES: list[Callable] = []
_ALONG: list[str] = []


class Part(StrEnum):
    ASK = "ask"  # by what one may begin to talk at home
    AHEAD = "ahead"  # what comes next
    ADULTS = "adults"  # where to read more about the adults around the child
    AGREED = "agreed"
    READ = "read"  # summaries and plans
    GROUP = "group"  # with the class
    SENT = "sent"  # what was sent, and to whom
    ALWAYS = "always"  # what the school always tells a home, and by when


FIRST_COMES_FIRST = (Part.AHEAD, Part.ADULTS, Part.AGREED, Part.ALWAYS)


@dataclass(frozen=True)
class Line:
    """`said` is its day in words, `word` how it stands, in the icon and colour of the state that `state` names."""

    what: str
    at: date | datetime | None = None
    said: str = ""
    detail: str = ""
    url: str = ""
    state: str = ""
    word: str = ""
    hue: str = "accent"


@dataclass(frozen=True)
class Asked:
    """Who asks about whom: a guardian of the child, or the child itself (`is_own`); `classes` are those of today."""

    reader: object
    child: object
    classes: tuple

    @property
    def is_own(self):
        return self.reader.pk == self.child.pk


def shows_about_a_child(query=None, *, along=""):
    """Register a function of what is `Asked` that returns {Part: lines}. `along` names a row that is fetched with each of
    the classes, such as "school__setting": it costs no query."""
    if query is None:
        _ALONG.append(along)
        return shows_about_a_child
    _SOURCES.append(query)
    return query


def fetched_along():
    return list(dict.fromkeys(_ALONG))


def shown_about(asked):
    """{Part: lines}, of every part at most `MOST`."""
    found = {part: [] for part in Part}
    for query in _SOURCES:
        for part, lines in query(asked).items():
            found[part] += lines
    return {part: in_order(part, lines) for part, lines in found.items()}


def in_order(part, lines):
    return sorted(lines, key=_moment, reverse=part not in FIRST_COMES_FIRST)[:MOST]


def _moment(line):
    if line.at is None or isinstance(line.at, datetime):
        return line.at or timezone.now()
    return timezone.make_aware(datetime.combine(line.at, time.min))
