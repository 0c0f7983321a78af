"""Start real services for this run, and define the cast that every test may use."""

import time

import pytest
from django.test import Client
from django.utils import translation

from tests.ground import GROUND, arrange
from tests.settings import SERVICES


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.services = SERVICES.running()
        config.services.__enter__()


def pytest_unconfigure(config):
    if hasattr(config, "services"):
        config.services.__exit__(None, None, None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    arrange(items)


@pytest.fixture(scope="session")
def _ground(django_db_setup, django_db_blocker):
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
