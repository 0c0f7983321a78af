"""A home that no message reaches gets a letter with a code: who prints, what it says, what the code opens."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from networks import actions, queries
from networks.letters.homes import paper_page
from networks.letters.paper import letters_of, letters_pdf
from networks.letters.queries import link_by_code, on_paper
from networks.models import Gathering, NotNow, PrintedLetter, Rsvp
from portal.ledger.models import Event
from portal.messaging.models import Notice, PersonalLink
from portal.people import actions as people
from portal.people.models import AddressProtection, Person, School, the_portal
from tests import make
from tests.threads import in_a_thread

CHOSEN = ("odd", "principal", "jurgita")


@pytest.fixture(autouse=True)
def _anew():
    cache.clear()


@pytest.fixture
def odd(town):
    return make.holder("office", town.school, "Odd", "Office")


@pytest.fixture
def dark(town, bonfire):
    """Amira has neither e-mail nor phone."""
    Person.objects.filter(pk=town.amira.pk).update(email="", phone="")
    town.amira.refresh_from_db()
    return town.amira


def printed(gathering, by):
    return actions.print_letters(gathering, by=by)


def protect(person, **details):
    AddressProtection.objects.create(
        person=person, grade="strict", valid_from=timezone.localdate() - timedelta(days=1), **details
    )


@pytest.mark.parametrize("who", CHOSEN)
def test_contact_office_and_leader_print_for_homes_that_no_message_reaches(town, bonfire, dark, odd, who):
    by = odd if who == "odd" else getattr(town, who)

    (letter,) = printed(bonfire, by)

    assert letter.family.household_id == dark.household_id
    assert PrintedLetter.objects.get().printed_by == by
    assert Event.objects.filter(verb="networks.letter_printed").count() == 1
