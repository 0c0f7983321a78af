"""The tables that tests begin with. Migrations take a while, so what they make is kept as a dump for as long as none
of them changes, and each worker's database is a copy of one that is filled from it."""

import hashlib
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.db import connection

from portal.checkout.embedded import ROOT, STATE
from tests.settings import SERVICES

NAME = "migrated"
ONE_AT_A_TIME = 5120  # the key of the lock
NEWER = b"SET transaction_timeout = 0;\n"  # pg_dump writes it for servers too that know it from 17 on
MIGRATE = """
import django

django.setup()
from portal.checkout.local import migrate

migrate()
"""


def database():
    """The name of a migrated database without rows of anybody, to make others from."""
    with closing(connection.Database.connect(_url("portal"))) as waiting, waiting.cursor() as cursor:
        waiting.autocommit = True
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {NAME}")
            try:
                _fill(_kept(waiting.server_version))
            except subprocess.CalledProcessError:
                cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")  # nobody begins with half of it
                raise
    return NAME


def _kept(version):
    """Where the dump stands: the name tells of which migrations, of the portal and of its libraries."""
    told = hashlib.sha256(str(version).encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for migration in sorted(Path(app.path).glob("migrations/*.py")):
            told.update(f"{app.label} {migration.name} ".encode() + migration.read_bytes())
    return STATE / "tests" / f"{told.hexdigest()[:16]}.sql"


def _fill(kept):
    if not kept.exists():
        subprocess.run(
            [sys.executable, "-c", MIGRATE], env={**os.environ, "DATABASE_URL": _url(NAME)}, cwd=ROOT, check=True
        )
        kept.parent.mkdir(parents=True, exist_ok=True)
        dump = subprocess.run([_binary("pg_dump"), _url(NAME)], stdout=subprocess.PIPE, check=True).stdout
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as draft:
            draft.write(dump.replace(NEWER, b""))
        Path(draft.name).rename(kept)
        return
    told = ["-q", "-X", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", kept]
    subprocess.run([_binary("psql"), *told, _url(NAME)], check=True)


def _url(name):
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _binary(name):
    return SERVICES.postgres_binaries() / name
