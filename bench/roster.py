"""Import 100,000 persons from a OneRoster zip file: our rows a second against bare COPY of the same rows.

Ours is everything from the zip file to the commit: opening, reading, checking, comparing, warnings, the undo's record.
The limit is COPY of the very rows that ours wrote into empty tables of the same shape, with the same checks, indexes
and foreign keys, in the same run; `ratio_without_keys` is against COPY that is spared the foreign keys.
Memory is the most that a process of its own held while it imported.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.db import connection

from portal.people.models import the_portal
from portal.rosters.actions import import_roster
from portal.rosters.generating import write_roster
from portal.rosters.reading import read_roster

GOAL = 1 / 3
MEMORY = 500  # MB
TABLES = ("people_person", "people_enrolment", "people_guardianrelation", "people_role", "people_schoolclass")
PUPILS = 44_400  # with their guardians and teachers about 100,000 persons
SCHOOLS = 120


def run():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.zip"
        write_roster(path, schools=SCHOOLS, pupils=PUPILS)
        first, memory = ours(path)
        rows = sum(written().values())
        limit, without_keys = bare_copy(keys=True), bare_copy(keys=False)
        again, _memory = ours(path)
    return {
        "name": "roster",
        "persons": written()["people_person"],
        "rows": rows,
        "ours": rows / first,
        "limit": rows / limit,
        "ratio": limit / first,
        "ratio_without_keys": without_keys / first,
        "goal": GOAL,
        "again_seconds": again,
        "again_ratio": limit / again,
        "memory_mb": memory,
        "memory_goal_mb": MEMORY,
        "passed": limit / first >= GOAL and memory <= MEMORY,
    }


def ours(path):
    """Seconds and megabytes of one import in a fresh process, its start not counted."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r}); import django; django.setup(); "
    code += f"import runpy; runpy.run_path({__file__!r})['report']({str(path)!r})"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    report = json.loads(done.stdout.splitlines()[-1])
    return report["seconds"], report["megabytes"]


def report(path):
    portal = the_portal()
    start = time.perf_counter()
    import_roster(None, by=portal, roster=read_roster(path), file_name="bench", removals_meant=True)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "megabytes": most_held()}))


def most_held():
    """Peak megabytes of this process. getrusage would count the peak of the process that started it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise SystemExit("This kernel does not say how much memory was held.")


def written():
    with connection.cursor() as cursor:
        counts = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 names of this file
            counts[table] = cursor.fetchone()[0]
        return counts


def bare_copy(*, keys):
    """Seconds that COPY takes for the rows that ours wrote, into tables of the same shape."""
    seconds = 0
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM "
                "information_schema.columns WHERE table_name = %s AND table_schema = 'public' "
                "AND is_generated = 'NEVER'",
                [table],
            )
            columns = cursor.fetchone()[0]
            data = io.StringIO()
            cursor.copy_expert(f"COPY (SELECT {columns} FROM {table}) TO STDOUT (FORMAT csv)", data)  # noqa: S608
            cursor.execute(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING ALL)")
            if keys:
                _foreign_keys(cursor, table)
            data.seek(0)
            start = time.perf_counter()
            cursor.copy_expert(f"COPY bench_copy ({columns}) FROM STDIN (FORMAT csv)", data)
            seconds += time.perf_counter() - start
            cursor.execute("DROP TABLE bench_copy")
    return seconds


def _foreign_keys(cursor, table):
    """LIKE copies indexes and checks but not foreign keys, which cost ours time too."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
        [table],
    )
    for name, definition in cursor.fetchall():
        definition = definition.replace("DEFERRABLE INITIALLY DEFERRED", "")
        cursor.execute(f"ALTER TABLE bench_copy ADD CONSTRAINT {name} {definition}")
