import pytest
from django.utils import timezone

from grants.money import actions as money
from tests.grants.reports.telling import went


@pytest.fixture
def held(town, awarded):
    """Paid, and held two days ago."""
    money.mark_paid(awarded, by=town.officer, paid_on=timezone.localdate())
    return went(awarded)
