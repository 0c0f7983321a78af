"""What a checkout without settings of its own runs on: the demo's values and the embedded services."""

import gc
import os
import secrets
import socket
import sys
from contextlib import closing, contextmanager, nullcontext, suppress
from io import StringIO

import django
import psycopg2
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import addresses, made_up
from portal.checkout.embedded import STATE, Services

WITHOUT_SERVICES = {"check", "collectstatic", "help", "mailbox", "makemessages", "stop", "translations", "version"}
WITHOUT_TABLES = {"bench", "dbshell", "demo", "describe", "flush", "make_roster", "migrate", "showmigrations", "words"}
WITHOUT_TABLES |= {"makemigrations", "sqlflush", "sqlmigrate", "squashmigrations"}
PORT = 8000


def services_for(arguments):
    command = arguments[0] if arguments else "help"
    services = (
        Services.of_a_test_run() if command == "bench" else Services.of_the_demo()
    )  # a benchmark leaves the demo alone
    for name, value in environment(services).items():
        os.environ.setdefault(name, value)
    if command in WITHOUT_SERVICES or {"-h", "--help"} & set(arguments):
        return nullcontext()
    if not services.is_ours(os.environ["DATABASE_URL"]):
        refuse_real(os.environ["DATABASE_URL"])
    return services.running() if command in WITHOUT_TABLES else with_tables(services)


@contextmanager
def with_tables(services):
    """The services, with the checkout's own database migrated: whichever command is typed first finds its tables."""
    with services.running():
        if services.is_ours(os.environ["DATABASE_URL"]):
            django.setup()
            make_tables()
        yield


def make_tables():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Making the tables of this checkout's own database. It takes some seconds, once.", file=sys.stderr)
        migrate()


def migrate():
    call_command("check", tags=["database"], databases=["default"], stdout=StringIO())
    gc.disable()  # of the millions of objects that migrations make nearly all stay: there is nothing to look for
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        gc.enable()


def refuse_real(url):
    """A command without keys of its own would run as the demo: never on a database with real people."""
    parts = addresses.database(url)
    place = {"host": parts["HOST"], "port": parts["PORT"], "user": parts["USER"], "password": parts["PASSWORD"]}
    with (
        suppress(psycopg2.OperationalError),
        closing(psycopg2.connect(dbname=parts["NAME"], **place, **parts["OPTIONS"])) as there,
    ):
        if made_up.are_real(there.cursor()):
            raise SystemExit(made_up.REAL)


def environment(services):
    return {
        "DEMO": "1",
        "SECRET_KEY": kept("secret_key", secrets.token_urlsafe(48)),
        "FIELD_KEY": kept("field_key", secrets.token_urlsafe(48)),
        "DATABASE_URL": services.database_url,
        "REDIS_URL": services.redis_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{kept('mail.port', free_port())}",
        "SITE_URL": f"http://127.0.0.1:{kept('web.port', PORT)}",
    }


def kept(name, first):
    """This checkout's own value, made once: sessions, encrypted columns and other terminals rely on it."""
    file = STATE / name
    if not file.exists():
        keep(name, first)
    return file.read_text()


def keep(name, value):
    STATE.mkdir(parents=True, exist_ok=True)
    file = STATE / name
    file.touch(mode=0o600)
    file.write_text(str(value))


def free_port(wanted=0):
    """The wanted port when it is free, else one of the next nine, else any."""
    for port in [*range(wanted, wanted + 10), 0] if wanted else [0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise SystemExit("No port is free on this machine.")
