"""Start real services for this run; the cast that every test may call on stands below."""

import pytest

from tests.settings import SERVICES


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.services = SERVICES.running()
        config.services.__enter__()


def pytest_unconfigure(config):
    if hasattr(config, "services"):
        config.services.__exit__(None, None, None)
