"""Whether the people of a database are made up. A demo says so in its database, and where there are people and nobody has
said so, they are real: no demo is filled or served there, since anybody may be anybody in it."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

SAID = "The people of this database are made up."
REAL = (
    "This database holds people who are not made up, so no demo is made of it. An installation names SECRET_KEY, FIELD_KEY "
    "and SITE_URL and leaves DEMO out; a demo of its own needs an empty database."
)


def are_real(cursor):
    """Whether there are people here, and nobody has said that they are made up."""
    cursor.execute("SELECT obj_description(to_regclass('people_person'), 'pg_class'), to_regclass('people_person')")
    said, table = cursor.fetchone()
    if table is None or said == SAID:
        return False
    cursor.execute("SELECT EXISTS (SELECT FROM people_person WHERE NOT is_portal)")
    return cursor.fetchone()[0]


def say_so():
    """Say it of a database without people. Refuses one that has people of whom nobody has said it."""
    refuse_real()
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE people_person IS '{SAID}'")


def refuse_real():
    """Stop a demo that would open real people's pages to everybody. The connection is not kept for a child process."""
    if not settings.DEMO:
        return
    with connection.cursor() as cursor:
        real = are_real(cursor)
    if not connection.in_atomic_block:
        connection.close()
    if real:
        raise ImproperlyConfigured(REAL)
