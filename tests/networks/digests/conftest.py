from datetime import timedelta

import pytest
from django.utils import timezone

from networks import actions
from networks.models import Gathering, month_before
from portal.people.models import the_portal
from tests import make
from tests.ground import once
from tests.networks.conftest import town as _town

town = _town


@once
def tom(town):
    return make.holder("contact_teacher", town.first, "Tom", "Aasen")


@pytest.fixture
def month():
    return month_before(timezone.localdate())


@pytest.fixture
def held(town, month):
    """In the month that has ended."""
    made = make.published(town.first, by=town.jurgita, title="Sledging")
    starts = timezone.make_aware(timezone.datetime(month.year, month.month, 12, 17))
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "answer_by": starts - timedelta(days=2)}
    Gathering.objects.filter(pk=made.pk).update(**times)
    return made


@pytest.fixture
def prepared(town, held, month):
    return lambda of=None: actions.prepare_digest(of or town.first, by=the_portal(), month=month)


@pytest.fixture
def sent(town, prepared):
    def made(opening="", left_out=()):
        digest = prepared()
        actions.write_digest(digest, by=town.jurgita, opening=opening, left_out=list(left_out))
        actions.send_digest(digest, by=town.jurgita)
        digest.refresh_from_db()
        return digest

    return made
