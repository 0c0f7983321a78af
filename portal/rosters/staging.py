"""Rows into temporary tables by COPY, and out of them into the portal's own tables."""

import csv
import io

from django.db import connection
from django.db.models import NOT_PROVIDED

COPIED_AT_ONCE = 20_000


def copy(table, columns, rows):
    """COPY rows of plain values into a table; None and "" become NULL."""
    with connection.cursor() as cursor:
        buffer, waiting = io.StringIO(), 0
        writer = csv.writer(buffer, lineterminator="\n")
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)"
        for row in rows:
            writer.writerow(row)
            waiting += 1
            if waiting == COPIED_AT_ONCE:
                _flush(cursor, statement, buffer)
                waiting = 0
        if waiting:
            _flush(cursor, statement, buffer)


def _flush(cursor, statement, buffer):
    buffer.seek(0)
    cursor.copy_expert(statement, buffer)
    buffer.seek(0)
    buffer.truncate()


def run(statement, *values, named=None):
    """Run one statement; the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, named or values)
        return cursor.rowcount


def ask(statement, *values, named=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, named or values)
        return cursor.fetchall()


def insertion(model, rows, constants, **expressions):
    """An INSERT of one row of `model` for each of `rows` (a FROM clause), with its values: `constants` are values,
    `expressions` are SQL, and every other field gets its default."""
    columns, selected, values = [], [], []
    for field in model._meta.concrete_fields:
        if field.generated or (field.primary_key and field.name not in expressions):
            continue
        columns.append(field.column)
        if field.name in expressions:
            selected.append(expressions.pop(field.name))
            continue
        selected.append("%s")
        default = field.get_default() if field.default is not NOT_PROVIDED or not field.null else None
        values.append(field.get_db_prep_save(constants.get(field.name, default), connection))
    if expressions:
        raise TypeError(f"{model.__name__} has no {', '.join(expressions)}")
    table = model._meta.db_table
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(selected)} FROM {rows}", values  # noqa: S608
