"""Standing questions: compiled to SQL once and planned once, asked at every request. For a long query with few rows,
building and planning it is most of the cost.

    _roles = standing(lambda person: Role.objects.live().filter(person=person).values_list("pk"))
    _roles(person.pk)  # -> [(7,), (9,)]

A queryset of a model gives its instances, with annotations and select_related, one shared school for every row that has
it; any other query gives bare rows. The queryset still decides, written where its truth lives. Today's date is part of
such questions, so they are compiled anew when the day turns. A moment of its own would stand still, so that is refused.
So is a question whose SQL depends on the person, through a branch in Python: it is built with two strangers and
compared.
"""

import inspect
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from secrets import token_hex
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection
from django.db.models.expressions import RawSQL
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

NUMBERS = -(2**50), 2**50  # keys that no row has
LARGEST = 2**63 - 1  # what a key in the database can be; an address may say more
MOMENTS = datetime(1700, 1, 1, tzinfo=UTC), datetime(2400, 1, 1, tzinfo=UTC)
OTHER = "A standing question is another for another person: a branch in Python decides."
ASKS = "A standing question asks nothing while it is built: what it found would stand still."
TEXTS = f"stand-in {token_hex(16)} ", f"another {token_hex(16)} "  # begin texts that no row has

_numbers = count(1)
_answered = ContextVar("answered", default=None)  # {(question, *keys): rows} where each is asked once
_prepared = WeakKeyDictionary()  # {connection to the database: the names that it knows}


def standing(build, **kinds):
    """A function that asks the query of `build`, which is called with placeholders: a key for each of its parameters,
    unless `kinds` says it is a text (`str`) or a moment (`datetime`). As in SQL, a key of None finds no row; nor does a
    key out of range, nor a text with a NUL."""
    marks, strangers = _stand_ins(build, kinds)

    @lru_cache(maxsize=settings.STANDING_DAYS)
    def on(day):
        question, others = (_question(_built(build, given), given) for given in (marks, strangers))
        if not question.is_same(others, dict(zip(marks, strangers, strict=True))):
            raise ValueError(OTHER)
        return question

    def ask(*values):
        question = on(timezone.localdate())
        said = dict(zip(marks, map(_within_reach, values), strict=True))
        given = [said[mark] for mark in question.asked_for]
        answers = _answered.get()
        if answers is None:
            return question.ask(given)
        key = question.name, *given
        if key not in answers:
            answers[key] = question.ask(given)
        return list(answers[key])

    return ask


def standing_keys(build):
    """The same as a part of other questions: a function that gives the one column of the query of `build` as SQL for an
    `__in`, so that whoever asks does not build it anew."""
    marks, strangers = _stand_ins(build, {})

    @lru_cache(maxsize=settings.STANDING_DAYS)
    def on(day):
        (sql, parameters), others = (
            _built(build, given).order_by().query.sql_with_params() for given in (marks, strangers)
        )
        _refuse_moments(parameters, marks)
        said = dict(zip(marks, strangers, strict=True))
        if others != (sql, tuple(said[one] if _is_among(marks, one) else one for one in parameters)):
            raise ValueError(OTHER)
        return sql, parameters

    def keys(*values):
        sql, parameters = on(timezone.localdate())
        said = dict(zip(marks, values, strict=True))
        return _Keys(sql, tuple(said[one] if _is_among(marks, one) else one for one in parameters))

    return keys


class _Keys(RawSQL):
    def get_group_by_cols(self):
        return []  # many keys are no value to group by


@contextmanager
def asked_once():
    """Within it a standing question is asked once for the same keys: for a page that only reads."""
    token = _answered.set({})
    try:
        yield
    finally:
        _answered.reset(token)


@dataclass(frozen=True)
class _Question:
    """Complete SQL but for its parameters. `compiler` knows how its rows become instances of a model; None where they
    stay rows."""

    name: str
    sql: str
    asked_for: tuple
    compiler: object
    converters: dict

    def is_same(self, other, strangers):
        return self.sql == other.sql and [strangers[mark] for mark in self.asked_for] == list(other.asked_for)

    def ask(self, given):
        with connection.cursor() as cursor:  # there is a connection from here on, and it has been looked after
            cursor.execute(_call(self.name, self.sql, len(given)), given)
            rows = cursor.fetchall()
        return list(ModelIterable(_Answer(self, rows))) if self.compiler else rows


class _Answer:
    """What Django's ModelIterable wants of a queryset, its query and its compiler, with the rows already read."""

    _known_related_objects = {}
    apply_converters = SQLCompiler.apply_converters

    def __init__(self, question, rows):
        self.query, self.connection, self.db = self, connection, connection.alias
        self.select, self.annotation_col_map = question.compiler.select, question.compiler.annotation_col_map
        self.klass_info = _shared(question.compiler.klass_info)
        self.rows = self.apply_converters(rows, question.converters) if question.converters else rows

    def get_compiler(self, using):
        return self

    def execute_sql(self, **_how):
        return self.rows

    def results_iter(self, rows):
        return rows


def _shared(info):
    """Related rows are instantiated once for all rows: thirty talks share one school."""
    along = [{**_shared(one), "model": _Once(one["model"])} for one in info.get("related_klass_infos", ())]
    return {**info, "related_klass_infos": along}


class _Once:
    def __init__(self, model):
        self.model, self._meta, self.made = model, model._meta, {}

    def from_db(self, using, names, values):
        key = values[names.index(self._meta.pk.attname)]
        if key not in self.made:
            self.made[key] = self.model.from_db(using, names, values)
        return self.made[key]


def _question(query, marks):
    gives_instances = getattr(query, "_iterable_class", None) is ModelIterable
    compiler = getattr(query, "query", query).get_compiler(connection.alias)
    sql, parameters = compiler.as_sql()
    asked_for = tuple(one for one in parameters if _is_among(marks, one))
    _refuse_moments(parameters, marks)
    sql = sql.replace("%%", "%%%%") % tuple("%s" if _is_among(marks, one) else _literal(one) for one in parameters)
    converters = compiler.get_converters(one[0] for one in compiler.select) if gives_instances else {}
    return _Question(f"standing_{next(_numbers)}", sql, asked_for, compiler if gives_instances else None, converters)


def _built(build, given):
    with connection.execute_wrapper(_refuse_to_ask):
        return build(*given)


def _refuse_to_ask(*_what):
    raise ValueError(ASKS)


def _refuse_moments(parameters, marks):
    for one in parameters:
        said = one if isinstance(one, list | tuple) else [one]
        if not _is_among(marks, one) and any(type(each) is datetime for each in said):
            raise ValueError(f"A standing question would ask for the moment {one} all day.")


def _is_among(marks, parameter):
    return type(parameter) in (int, str, datetime) and parameter in marks


def _literal(parameter):
    return connection.ops.compose_sql("%s", [parameter]).replace("%", "%%")


def _stand_ins(build, kinds):
    """Placeholders for the parameters of `build`, and those of a stranger."""
    names = list(inspect.signature(build).parameters)
    if not kinds.keys() <= set(names):
        raise ValueError(f"A standing question has no {', '.join(kinds.keys() - set(names))}.")
    return ([_mark(place, kinds.get(name, int), side) for place, name in enumerate(names)] for side in (0, 1))


def _mark(place, kind, side):
    if kind is datetime:
        return MOMENTS[side].replace(microsecond=place + 1)
    return f"{TEXTS[side]}{place}" if kind is str else NUMBERS[side] + place


def _within_reach(value):
    too_large = type(value) is int and abs(value) > LARGEST
    return None if too_large or (type(value) is str and "\0" in value) else value  # no text in the database has a NUL


def _call(name, sql, size):
    """The prepared query by its name; its whole SQL behind a pooler, where nobody knows which connection answers."""
    if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        return sql
    names = _prepared.setdefault(connection.connection, set())
    if name not in names:
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} AS {sql % tuple(f'${place + 1}' for place in range(size))}")
        names.add(name)
    return f"EXECUTE {name} ({', '.join(['%s'] * size)})"
