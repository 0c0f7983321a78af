"""Undo an import: rows that it created are deleted, rows that it changed get their old values back.

Whatever somebody has changed since stays as it is. A person who is referred to is deactivated, never deleted.
"""

from django.apps import apps

from portal.rosters import reaching
from portal.rosters.staging import ask, run

CHANGED = ("careplace", "role", "guardianrelation", "enrolment", "schoolclass", "person")
MADE = (
    *("careplace", "personkey", "role", "guardianrelation", "enrolment"),
    *("schoolclass", "cohort", "schoolyear", "person", "school"),
)
OWN_PARTS = {"schoolyear": {"term"}}  # deleted with the row


def undo(entry):
    """{"restored", "removed", "deactivated"}: number of rows."""
    counts = {"restored": 0, "removed": 0, "deactivated": 0}
    for name in CHANGED:
        counts["restored"] += _restore(entry, name)
    for name in MADE:
        made, removed = _remove(entry, name)
        counts["removed"] += removed
        if name == "person" and made > removed:
            counts["deactivated"] += _deactivate(entry)
    return counts


def _restore(entry, name):
    """Only rows that are still as the import left them."""
    sets = ask(
        """SELECT DISTINCT ARRAY(SELECT key FROM jsonb_object_keys(before) key ORDER BY key)
           FROM people_rosterchange WHERE roster_id = %s AND model = %s AND verb = 'updated'""",
        entry.pk,
        name,
    )
    return sum(_restore_columns(entry, name, columns) for (columns,) in sets)


def _restore_columns(entry, name, columns):
    """Keys that changed hands are cleared first, since they are unique; a key that another row has been given since stays there."""
    table = apps.get_model("people", name)._meta.db_table
    run(
        f"""CREATE TEMP TABLE r_undo ON COMMIT DROP AS SELECT t.id, c.before
            FROM {table} t JOIN people_rosterchange c ON t.id = c.rows[1]
            WHERE c.roster_id = %s AND c.model = %s AND c.verb = 'updated'
              AND ARRAY(SELECT key FROM jsonb_object_keys(c.before) key ORDER BY key) = %s
              AND (SELECT jsonb_object_agg(key, to_jsonb(t) -> key) FROM jsonb_object_keys(c.after) key) = c.after""",  # noqa: S608
        entry.pk,
        name,
        columns,
    )
    if name == "person" and "email" in columns:
        _spare_addresses(entry)
    if "source_id" in columns:
        run(
            f"""DELETE FROM r_undo u USING {table} o WHERE o.source = u.before ->> 'source' AND o.source_id <> ''
                AND o.source_id = u.before ->> 'source_id' AND o.id NOT IN (SELECT id FROM r_undo)"""  # noqa: S608
        )
        run(f"UPDATE {table} t SET source_id = '' FROM r_undo u WHERE u.id = t.id")  # noqa: S608
    listed = ", ".join(columns)
    restored = run(
        f"""UPDATE {table} t SET ({listed}) =
              (SELECT {listed} FROM jsonb_populate_record(NULL::{table}, u.before))
            FROM r_undo u WHERE u.id = t.id"""  # noqa: S608
    )
    run("DROP TABLE r_undo")
    return restored


def _spare_addresses(entry):
    reaching.spare(entry, "SELECT id, before ->> 'email' AS email, before ->> 'phone' AS phone FROM r_undo")
    run("""UPDATE r_undo u SET before = u.before || jsonb_build_object(
             'email', p.email, 'email_failed_at', p.email_failed_at, 'phone', p.phone)
           FROM people_person p JOIN r_own o ON o.id = p.id WHERE p.id = u.id""")


def _remove(entry, name):
    model = apps.get_model("people", name)
    table = model._meta.db_table
    made = ask(
        "SELECT coalesce(sum(cardinality(rows)), 0) FROM people_rosterchange "
        "WHERE roster_id = %s AND model = %s AND verb = 'created'",
        entry.pk,
        name,
    )[0][0]
    if not made:
        return 0, 0
    ids = "(SELECT unnest(rows) FROM people_rosterchange WHERE roster_id = %s AND model = %s AND verb = 'created')"
    untouched = "AND t.state <> 'confirmed'" if name in ("role", "guardianrelation") else ""
    free = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {other} o WHERE o.{column} = t.id)"  # noqa: S608
        for other, column in _references(model)
    )
    condition = f"t.id IN {ids} {untouched} {free}"
    if name == "schoolyear":
        run(
            f"DELETE FROM people_term WHERE year_id IN (SELECT t.id FROM {table} t WHERE {condition})",  # noqa: S608
            entry.pk,
            name,
        )
    return made, run(f"DELETE FROM {table} t WHERE {condition}", entry.pk, name)  # noqa: S608


def _references(model):
    """(table, column) of everything in any app that may refer to a row of the model."""
    own = OWN_PARTS.get(model._meta.model_name, set())
    for relation in model._meta.get_fields(include_hidden=True):
        refers = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        if refers and relation.related_model._meta.model_name not in own:
            yield relation.related_model._meta.db_table, relation.field.column


def _deactivate(entry):
    return run(
        """UPDATE people_person SET is_active = FALSE WHERE is_active AND id IN (
             SELECT unnest(rows) FROM people_rosterchange
             WHERE roster_id = %s AND model = 'person' AND verb = 'created')""",
        entry.pk,
    )
