"""Writing rows of an import, and writing down what was written, for the undo."""

from portal.rosters.staging import insert, run


class Writing:
    """What one import writes. `entry` is the import, `source` the system that the file comes from."""

    def _insert_new(self, model, name, new, *values, **expressions):
        """Insert the rows that the query `new` finds, and keep their ids for the undo."""
        table = model._meta.db_table
        run(
            f"""CREATE TEMP TABLE r_made ON COMMIT DROP AS
                SELECT nextval(pg_get_serial_sequence('{table}', 'id')) AS id, q.* FROM ({new}) q""",  # noqa: S608
            *values,
        )
        made = insert(model, "r_made n", {"source": self.source}, id="n.id", source_id="n.source_id", **expressions)
        self._made(name, "SELECT id FROM r_made")
        run("DROP TABLE r_made")
        return made

    def _made(self, name, ids):
        run(
            f"""INSERT INTO people_rosterchange (roster_id, model, verb, rows, before, after)
                SELECT %s, %s, 'created', array_agg(id), '{{}}', '{{}}' FROM ({ids}) made HAVING count(*) > 0""",  # noqa: S608
            self.entry.pk,
            name,
        )

    def _write(self, table, name, columns, clear=""):
        """Bring the rows of r_change into their table, with what they were before kept for the undo. Where two rows
        may change places in a column that is unique, it is cleared first."""
        before, after = (", ".join(f"'{c}', {t}.{c}" for c in columns) for t in ("t", "n"))
        run(
            f"""INSERT INTO people_rosterchange (roster_id, model, verb, rows, before, after)
                SELECT %s, %s, 'updated', ARRAY[t.id], jsonb_build_object({before}), jsonb_build_object({after})
                FROM {table} t JOIN r_change n ON n.id = t.id""",  # noqa: S608
            self.entry.pk,
            name,
        )
        if clear:
            run(f"UPDATE {table} t SET {clear} = '' FROM r_change n WHERE n.id = t.id")  # noqa: S608
        sets = ", ".join(f"{column} = n.{column}" for column in columns)
        changed = run(f"UPDATE {table} t SET {sets} FROM r_change n WHERE n.id = t.id")  # noqa: S608
        run("DROP TABLE r_change")
        return changed
