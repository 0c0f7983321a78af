"""Start real services for this run, and define the cast that every test may use."""

import time

import pytest
from django.test import Client
from django.utils import translation

from tests.settings import SERVICES


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.services = SERVICES.running()
        config.services.__enter__()


def pytest_unconfigure(config):
    if hasattr(config, "services"):
        config.services.__exit__(None, None, None)


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
