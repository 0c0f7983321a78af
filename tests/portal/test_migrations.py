"""What migrations do by hand is taken back whole and made again, and what was migrated before they were squashed is taken
over."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from networks.models import FaithDay
from portal.checks import squashed_migrations_are_all_there
from tests import make
from tests.laws.code import PACKAGES

pytestmark = pytest.mark.django_db
GUARDS = """
SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
UNION SELECT concat_ws(' ', tgname, tgrelid::regclass, tgtype, tgfoid::regproc) FROM pg_trigger WHERE NOT tgisinternal
"""


@pytest.fixture
def ours():
    """The migrations of the portal and its rooms, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    return [one for one, _backwards in plan if type(one).__module__.split(".")[0] in PACKAGES]


def made_by_hand():
    """Functions as they are written, triggers by what they act on, tables without a model, and rows that come along."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        found = {text for (text,) in cursor.fetchall()}
    tables = set(connection.introspection.table_names()) - set(connection.introspection.django_table_names())
    return found | tables | set(FaithDay.objects.values_list("day", "name", "tradition", "source"))


def test_what_is_made_by_hand_is_taken_back_whole_and_made_again(ours):
    by_hand = migrations.RunSQL | migrations.RunPython
    steps = [(one.app_label, step) for one in ours for step in one.operations if isinstance(step, by_hand)]
    state = SimpleNamespace(apps=apps, clear_delayed_apps_cache=lambda: None)
    make.faith_days()
    before = made_by_hand()

    with connection.schema_editor() as editor:
        for app, step in reversed(steps):
            step.database_backwards(app, editor, state, state)
        left = made_by_hand()
        for app, step in steps:
            step.database_forwards(app, editor, state, state)

    assert len([one for one in before if "FUNCTION" in one]) > 20
    assert left == {MigrationRecorder.Migration._meta.db_table}  # Django's own
    assert made_by_hand() == before


@pytest.fixture
def before_they_were_squashed(ours):
    """The database knows the migrations by the names that they had."""
    recorder = MigrationRecorder(connection)
    for one in ours:
        if one.replaces:
            recorder.record_unapplied(one.app_label, one.name)
    return recorder


def test_what_was_migrated_before_has_nothing_more_to_do(before_they_were_squashed):
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.parametrize(
    "last",
    [
        "people.0012_homes_say_what_they_need",
        "messaging.0004_letter_of_the_morning",
        "surveys.0002_number_in_ranges",
        "networks.0024_notices_read_quietly",
        "conferences.0008_talks_that_the_school_suggests",
        "principles.0025_corrections_links_of_texts_and_older_files",
        "grants.0015_payments_under_a_decision_are_numbered",
    ],
)
def test_what_had_not_come_so_far_is_refused_before_anything_is_done(before_they_were_squashed, last):
    before_they_were_squashed.record_unapplied(*last.split("."))

    with pytest.raises(SystemCheckError, match=f"lacks {last}"):
        call_command("migrate", skip_checks=False)


def test_a_database_that_has_them_all_is_not_refused():
    assert squashed_migrations_are_all_there(None, databases=["default"]) == []
