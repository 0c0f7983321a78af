"""Whether the people in a database are made up. A demo says so in its database; where there are people and nothing says
so, they are real, and no demo is filled or served there, since anybody may act as anybody in it."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

SAID = "The people of this database are made up."
REAL = (
    "This database holds people who are not made up, so no demo is made of it. An installation names SECRET_KEY, FIELD_KEY "
    "and SITE_URL and leaves DEMO out; a demo of its own needs an empty database."
)


def are_real(cursor):
    """True when there are people here and nothing says that they are made up."""
    cursor.execute("SELECT obj_description(to_regclass('people_person'), 'pg_class'), to_regclass('people_person')")
    said, table = cursor.fetchone()
    if table is None or said == SAID:
        return False
    cursor.execute("SELECT EXISTS (SELECT FROM people_person WHERE NOT is_portal)")
    return cursor.fetchone()[0]


def say_so():
    """Mark a database without people as made up. Refused when it has people and no such mark."""
    refuse_real()
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE people_person IS '{SAID}'")


def refuse_real():
    """Stops a demo that would open real people's pages to everybody. The connection is closed, so that no child process
    inherits it."""
    if not settings.DEMO:
        return
    with connection.cursor() as cursor:
        real = are_real(cursor)
    if not connection.in_atomic_block:
        connection.close()
    if real:
        raise ImproperlyConfigured(REAL)
