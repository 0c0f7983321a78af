"""The register of what waits for somebody: rooms register, home pages show. Doing the thing empties the list."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

_WAITING: dict[str, list] = {}


@dataclass(frozen=True)
class Todo:
    """`hue` is the room's colour name; `of` what it belongs to, added when two would read alike."""

    title: str
    url: str
    due: date | None = None
    detail: str = ""
    icon: str = "Calendar"
    hue: str = "accent"
    of: str = ""


def waits_for(kind):
    def register(query):
        _WAITING.setdefault(kind, []).append(query)
        return query

    return register


def todos_of(hat):
    """In order of date; what has no date comes last."""
    found = [todo for query in _WAITING.get(hat.kind, ()) for todo in query(hat)]
    return sorted(_told_apart(found), key=lambda todo: (todo.due is None, todo.due or date.max, todo.title))


def _told_apart(todos):
    times = Counter(todo.title for todo in todos)
    return [replace(one, title=f"{one.title} ({one.of})") if one.of and times[one.title] > 1 else one for one in todos]
