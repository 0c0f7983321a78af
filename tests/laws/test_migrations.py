"""Law: migrations are complete, have one end, can be taken back, and import nothing of ours."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from tests.laws.code import PACKAGES, ROOT, python_files
from tests.laws.verdict import allow_none


def ours(loader):
    labels = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES}
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in labels}


@pytest.fixture
def loader(db):
    return MigrationLoader(connection)


def test_nothing_is_missing(db):
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"Run makemigrations APP -n what_it_does.\n{said.getvalue()}", pytrace=False)


def test_each_app_has_one_end(loader):
    ends = {app: loader.graph.leaf_nodes(app) for app in {key[0] for key in ours(loader)}}
    wrong = [(app, [name for _app, name in last]) for app, last in ends.items() if len(last) != 1]

    allow_none(wrong, "{} ends in {}: let one depend on the other")


def test_every_change_of_data_can_be_taken_back(loader):
    wrong = [
        ".".join(key)
        for key, migration in ours(loader).items()
        for operation in migration.operations
        if isinstance(operation, migrations.RunPython | migrations.RunSQL) and not operation.reversible
    ]

    allow_none(wrong, "{}: what changes data has a way back (reverse_code, reverse_sql)")


def test_migrations_import_nothing_of_ours():
    pattern = re.compile(rf"^(from|import) ({'|'.join(PACKAGES)})\b", re.MULTILINE)

    allow_none(
        [path.relative_to(ROOT) for path in python_files("migrations/*.py") if pattern.search(path.read_text())],
        "{} imports code of ours, which changes: ask for the model with apps.get_model",
    )


def test_rows_that_come_with_a_migration_come_back_in_tests(loader):
    """A test that empties the tables takes them from all that run after it. An `elidable` step only mends rows that were
    there before, and fills none."""
    making = (ROOT / "tests" / "make.py").read_text()
    wrong = [
        ".".join(key)
        for key, migration in ours(loader).items()
        if any(isinstance(step, migrations.RunPython) and not step.elidable for step in migration.operations)
        and migration.__module__ not in making
    ]

    allow_none(wrong, "{} fills rows: let a function of tests/make.py fill them again, and call it where they are read")
