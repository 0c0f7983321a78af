"""The register of what waits for somebody: rooms register, home pages show. Doing the thing empties the list."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Exists

_WAITING: dict[str, list] = {}


@dataclass(frozen=True)
class Todo:
    """`hue` is the room's colour name; `of` what it belongs to, added on a page when two would read alike, and in no
    letter. `in_letter` is how a letter says it to whoever works at a school, where the title names a child or has words
    that somebody wrote."""

    title: str
    url: str
    due: date | None = None
    detail: str = ""
    icon: str = "Calendar"
    hue: str = "accent"
    of: str = ""
    in_letter: str = ""

    @property
    def said_in_letter(self):
        return self.in_letter or self.title


def waits_for(kind, *, among=None):
    """`among(hat)` is a query without whose rows nothing waits. Those of all rooms are asked in one statement, and the
    function only where there are rows; without `among` it is asked each time."""

    def register(query):
        _WAITING.setdefault(kind, []).append((query, among))
        return query

    return register


def todos_of_each(hats):
    """For each hat of a person, in order of date; what has no date comes last."""
    asked = [(hat, query, among) for hat in hats for query, among in _WAITING.get(hat.kind, ())]
    has_rows = _have_rows([among(hat) for hat, _query, among in asked if among])
    found = {id(hat): [] for hat in hats}
    for hat, query, among in asked:
        if among is None or next(has_rows):
            found[id(hat)] += query(hat)
    return [
        sorted(_told_apart(todos), key=lambda todo: (todo.due is None, todo.due or date.max, todo.title))
        for todos in found.values()
    ]


def _have_rows(queries):
    """Whether each of them has rows, in one statement."""
    one = get_user_model()._base_manager.order_by("pk")[:1]
    return iter(one.values_list(*map(Exists, queries)).get() if queries else ())


def _told_apart(todos):
    times = Counter(todo.title for todo in todos)
    return [_with_what_of(one) if one.of and times[one.title] > 1 else one for one in todos]


def _with_what_of(one):
    return replace(one, title=f"{one.title} ({one.of})", in_letter=one.said_in_letter)
