"""A notice reaches every guardian by the way they have, whether or not they have ever signed in."""

import pytest

from portal.ledger import tasks as ledger
from portal.messaging.models import Delivery
from portal.people.models import Person

pytestmark = pytest.mark.django_db


def test_whoever_has_never_signed_in_gets_a_letter_and_whoever_has_no_address_a_text_message(town, sent):
    Person.objects.filter(pk=town.ben.pk).update(email="", phone="+4791000002")
    assert not Person.objects.exclude(last_login=None).exists()

    sent()
    ledger.sweep()

    ways = dict(Delivery.objects.values_list("notice__recipient__given_name", "channel"))
    assert ways == {"Jurgita": "email", "Amira": "email", "Ben": "sms"}
