"""Standing questions: put into SQL once and planned once, asked at every request. For a long query with few rows,
building and planning it is most of what it costs.

    _held = standing(lambda person: Role.objects.live().filter(person=person).values_list("pk"))
    _held(person.pk)  # -> [(7,), (9,)]

A queryset of a model gives its instances, with what it annotates and selects along, the same school for every row that
has it; any other query gives bare rows.
What decides stays the queryset, written where its truth lives. Today's date is part of such questions, so they are put
into SQL again when the day turns. A moment of its own it may not have, since it would stand still: that is refused.
"""

import inspect
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from weakref import WeakKeyDictionary

from django.db import connection, connections
from django.db.models.query import ModelIterable
from django.utils import timezone

NUMBER = -(2**50)  # a key that no row has
LARGEST = 2**63 - 1  # what a key in the database can be; an address may say more
MOMENT = datetime(1700, 1, 1, tzinfo=UTC)
TEXT = "\ue000"  # begins a text that no row has

_numbers = count(1)
_prepared = WeakKeyDictionary()  # {connection to the database: the names that it knows}


def standing(build):
    """A function that asks the query of `build`, which is called with stand-ins: a moment for a parameter annotated as
    datetime, a text for one annotated as str, else a key. A key of None finds no row, as in SQL, and one that is larger
    than any key finds none either."""
    marks = [_mark(place, parameter) for place, parameter in enumerate(inspect.signature(build).parameters.values())]
    known = None

    def ask(*values):
        nonlocal known
        today, question = timezone.localdate(), known
        if question is None or question.day != today:
            question = known = _question(today, build(*marks), marks)
        said = dict(zip(marks, map(_within_reach, values), strict=True))
        return question.ask(
            [said.get(one, one) if type(one) in (int, str, datetime) else one for one in question.parameters]
        )

    return ask


@dataclass(frozen=True)
class _Question:
    """A query in SQL. `compiler` knows how its rows become instances of a model; None where they stay rows."""

    day: date
    name: str
    sql: str
    parameters: tuple
    compiler: object

    def ask(self, given):
        with connection.cursor() as cursor:  # there is a connection from here on, and it has been looked after
            call = _call(self.name, self.sql, len(given))
            if self.compiler:
                return list(ModelIterable(_Asked(self.compiler, call, given)))
            cursor.execute(call, given)
            return cursor.fetchall()


class _Asked:
    """What Django's ModelIterable wants of a queryset and of its query, with the SQL written before."""

    _known_related_objects = {}

    def __init__(self, compiler, call, given):
        self.query, self.db = self, compiler.using
        self.compiler = copy(compiler)
        self.compiler.connection = connections[compiler.using]
        self.compiler.as_sql = lambda: (call, given)
        self.compiler.klass_info = _shared(compiler.klass_info)

    def get_compiler(self, using):
        return self.compiler


def _shared(info):
    """What a row selects along is made once for all rows: thirty talks have one school between them."""
    along = [{**_shared(one), "model": _Once(one["model"])} for one in info.get("related_klass_infos", ())]
    return {**info, "related_klass_infos": along}


class _Once:
    """A model that makes each instance once."""

    def __init__(self, model):
        self.model, self._meta, self.made = model, model._meta, {}

    def from_db(self, using, names, values):
        key = values[names.index(self._meta.pk.attname)]
        if key not in self.made:
            self.made[key] = self.model.from_db(using, names, values)
        return self.made[key]


def _question(day, query, marks):
    gives_instances = getattr(query, "_iterable_class", None) is ModelIterable
    compiler = getattr(query, "query", query).get_compiler(connection.alias)
    sql, parameters = compiler.as_sql()
    still = [one for one in parameters if type(one) is datetime and one not in marks]
    if still:
        raise ValueError(f"A standing question would ask for the moment {still[0]} all day.")
    return _Question(day, f"standing_{next(_numbers)}", sql, parameters, compiler if gives_instances else None)


def _mark(place, parameter):
    if parameter.annotation is datetime:
        return MOMENT.replace(microsecond=place + 1)
    return f"{TEXT}{place}" if parameter.annotation is str else NUMBER - place


def _within_reach(value):
    return None if type(value) is int and abs(value) > LARGEST else value


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
