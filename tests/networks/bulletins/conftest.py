from datetime import timedelta

import pytest
from django.utils import timezone

from networks import actions
from tests import make
from tests.ground import once
from tests.networks.conftest import town as _town

town = _town


@once
def tom(town):
    return make.holder("contact_teacher", town.first, "Tom", "Aasen")


@pytest.fixture
def write(town):
    def written(by=None, text="Remember swimming things on Tuesday.", **words):
        said = {"kind": "practical", "title": "This week", "is_knowable": False, "noticed_at": None, **words}
        if said["kind"] == "happened":
            said["noticed_at"] = said["noticed_at"] or timezone.now() - timedelta(hours=3)
        return actions.write_bulletin(town.first, by=by or town.jurgita, text=text, **said)

    return written


@pytest.fixture
def sent(town, write):
    def made(**words):
        bulletin = write(**words)
        actions.send_bulletin(bulletin, by=bulletin.written_by, not_names=[])
        return bulletin

    return made
