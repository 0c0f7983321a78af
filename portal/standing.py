"""Standing questions: put into SQL once and planned once, asked at every request. For a long query with few rows,
building and planning it is most of what it costs.

    _held = standing(lambda person: Role.objects.live().filter(person=person).values_list("pk"))
    _held(person.pk)  # -> [(7,), (9,)]

What decides stays the queryset, written where its truth lives. Today's date is part of such questions, so they are put
into SQL again when the day turns.
"""

import inspect
from datetime import UTC, datetime
from itertools import count
from weakref import WeakKeyDictionary

from django.db import connection
from django.utils import timezone

NUMBER = -(2**50)  # a key that no row has
MOMENT = datetime(1700, 1, 1, tzinfo=UTC)

_numbers = count(1)
_prepared = WeakKeyDictionary()  # {connection to the database: the names that it knows}


def standing(build):
    """A function that asks the query of `build`, which is called with stand-ins: a moment for a parameter annotated as
    datetime, else a key. A key of None finds no row, as in SQL."""
    marks = [_mark(place, parameter) for place, parameter in enumerate(inspect.signature(build).parameters.values())]
    known = (None, "", "", ())

    def ask(*values):
        nonlocal known
        today, (day, name, sql, parameters) = timezone.localdate(), known
        if day != today:
            query = build(*marks)
            sql, parameters = getattr(query, "query", query).sql_with_params()
            name = f"standing_{next(_numbers)}"
            known = today, name, sql, parameters
        said = dict(zip(marks, values, strict=True))
        given = [said.get(one, one) if type(one) in (int, datetime) else one for one in parameters]
        with connection.cursor() as cursor:
            cursor.execute(_call(name, sql, len(given)), given)
            return cursor.fetchall()

    return ask


def _mark(place, parameter):
    if parameter.annotation is datetime:
        return MOMENT.replace(microsecond=place + 1)
    return NUMBER - place


def _call(name, sql, size):
    """The planned query by its name; the whole of it behind a pooler, where nobody knows which connection answers."""
    if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        return sql
    names = _prepared.setdefault(connection.connection, set())
    if name not in names:
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} AS {sql % tuple(f'${place + 1}' for place in range(size))}")
        names.add(name)
    return f"EXECUTE {name} ({', '.join(['%s'] * size)})"
