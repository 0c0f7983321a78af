import pytest
from django.utils import timezone, translation

from grants.money import actions as money
from tests.grants.reports.telling import went
from tests.ground import once


@once
def held(town, awarded):
    """Paid, and held two days ago."""
    money.mark_paid(awarded, by=town.officer, paid_on=timezone.localdate())
    return went(awarded)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield
