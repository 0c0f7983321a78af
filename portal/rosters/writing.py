"""Writing rows of an import, and writing down what was written, for the undo."""

from portal.rosters.staging import ask, insertion, run


class Writing:
    """What one import writes. `entry` is the import, `source` the system that the file comes from."""

    def _insert_new(self, model, name, new, *values, constants=None, **expressions):
        """Insert the rows that the query `new` finds, and keep their ids for the undo; how many they are."""
        given = {"source": self.source, **(constants or {})}
        statement, ours = insertion(model, f"({new}) n", given, **{"source_id": "n.source_id", **expressions})
        return self._insert(name, statement, [*ours, *values])

    def _insert_plain(self, model, name, new, **expressions):
        """The same for rows that do not say which system they come from."""
        statement, ours = insertion(model, f"({new}) n", {}, **expressions)
        return self._insert(name, statement, ours)

    def _insert(self, name, statement, values):
        [(made,)] = ask(
            f"""WITH made AS ({statement} RETURNING id), noted AS (
                  INSERT INTO people_rosterchange (roster_id, model, verb, rows, before, after)
                  SELECT %s, %s, 'created', array_agg(id), '{{}}', '{{}}' FROM made HAVING count(*) > 0)
                SELECT count(*) FROM made""",  # noqa: S608
            *values,
            self.entry.pk,
            name,
        )
        return made

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
