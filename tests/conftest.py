"""Start real services for this run, and define the cast that every test may use."""

import gc
import time
from threading import Thread

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from django.utils import translation

from tests import migrated, services
from tests.ground import GROUND, arrange
from tests.settings import SERVICES

KEPT = {"django_content_type", "auth_permission"}  # Django fills them from the models, each time alike


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.services = SERVICES.running()
        config.services.__enter__()
        config.tables = Thread(target=migrated.database)
        if config.getoption("numprocesses", None):  # else nobody could go on meanwhile
            config.tables.start()


def pytest_unconfigure(config):
    if hasattr(config, "services"):
        if config.tables.is_alive():
            config.tables.join()
        config.services.__exit__(None, None, None)


def pytest_addoption(parser):
    parser.addoption("--other-services", action="store_true", help="the journeys, and what other services may answer")


def pytest_ignore_collect(collection_path, config):
    return True if config.option.other_services and services.says_nothing_of_them(collection_path) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection():
    """What is collected stays: to look again and again for what does not takes a third of the time."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config, items):
    """First what is left out, so that nothing else is asked about it; the order last, of what is run."""
    if config.option.other_services:
        kept, left = services.apart(items)
        config.hook.pytest_deselected(items=left)
        items[:] = kept
    answer = yield
    arrange(items)
    return answer


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    connection.settings_dict["TEST"] |= {"TEMPLATE": migrated.database(), "MIGRATE": False}


def emptied(ops, style, tables, *, reset_sequences=False, allow_cascade=False):
    """What a test has committed is deleted: to truncate a hundred empty tables takes longer than most tests."""
    names = [ops.quote_name(table) for table in tables if table not in KEPT]
    return [
        f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE",  # whoever still writes is waited for
        "SET LOCAL session_replication_role = replica",  # what is final for the portal is not for its tests
        ";".join(f"DELETE FROM {name}" for name in names),
        "SET LOCAL session_replication_role = DEFAULT",
    ]


@pytest.fixture(scope="session")
def _ground(django_db_setup, django_db_blocker):
    DatabaseOperations.sql_flush = emptied
    yield GROUND
    with django_db_blocker.unblock():
        GROUND.take_away()


@pytest.fixture
def _ground_of_this_test(request, _ground, django_db_blocker):
    with django_db_blocker.unblock():
        _ground.under(request.node)


@pytest.fixture
def _django_db_helper(_ground_of_this_test, _django_db_helper):
    """First what is shared, then the test's own transaction."""


class Browser(Client):
    """`force_login` leaves the session as after two-factor sign-in, which some roles need."""

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        session = self.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()


@pytest.fixture(autouse=True)
def _no_language_left_over():
    """A page leaves its language active; the next test begins without."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def client():
    return Browser()
