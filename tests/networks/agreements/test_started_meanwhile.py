"""An agreement is begun while the one before it, on the same topic, comes to its end: one waits for the other."""

import pytest
from django.db import transaction

from networks import actions
from networks.agreements.actions import AskedLately
from networks.models import SharedNormAgreement
from tests.networks.agreements.conftest import adopt, answer, ask, close
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def end(agreement, town):
    actions.end_agreement(agreement, by=town.jurgita)


@pytest.mark.parametrize("finish", [end, adopt])
def test_two_results_do_not_come_close_to_each_other(town, finish):
    asked = ask(town)
    answer(asked, *town.homes)
    told = []

    with transaction.atomic():
        close(asked, town)
        finish(asked, town)
        starting = in_a_thread(told, lambda: ask(town))
        starting.join(1)
        assert starting.is_alive()
    starting.join(20)

    assert told == [AskedLately]
    assert SharedNormAgreement.objects.count() == 1
