"""At the meeting a family confirms by the link of its letter, without signing in."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from networks import actions
from networks.cohort.links import link_to_confirm
from networks.models import Confirmed, NetworkStart
from portal.ledger import tasks as ledger
from portal.messaging.models import Notice
from portal.people import actions as people
from portal.people.models import Person, the_portal
from tests import make
from tests.networks.test_notices import letter, still_wanted, told
from tests.pages import address, as_, text

OPENED = "networks.start_opened"


@pytest.fixture
def start(town):
    cache.clear()
    return actions.open_start(town.first, by=town.jurgita, met_on=town.school.today())


def at(town, start, person=None):
    return urlsplit(link_to_confirm(person or town.amira, start)).path


def shared(person):
    return set(person.directory_choices.values_list("field", flat=True))


def test_every_guardian_gets_the_link_when_the_code_goes_up_and_whoever_is_kept_out_does_not(town, start):
    kept_out = make.guardian("Kept", of=town.nora)
    make.restricted(kept_out, town.nora)

    assert told(OPENED) == {"Jurgita", "Amira", "Ben"}
    [button] = letter(OPENED, town.amira).buttons
    assert urlsplit(button.url).path == at(town, start)


def test_a_code_that_is_tried_days_ahead_writes_to_nobody_and_the_one_of_the_meeting_to_all(town):
    today = town.school.today()
    actions.open_start(town.first, by=town.jurgita, met_on=today + timedelta(days=2))
    assert told(OPENED) == set()

    NetworkStart.objects.update(met_on=today, opened_at=timezone.now() - timedelta(days=2), closes_at=timezone.now())
    assert "If you try it earlier, nobody is written to." in text(
        as_(town.jurgita).get(address("networks", "network_start", town.first.pk))
    )
    actions.open_start(town.first, by=town.jurgita, met_on=today)

    assert told(OPENED) == {"Jurgita", "Amira", "Ben"}


def test_a_family_confirms_and_consents_without_signing_in_and_changes_no_address(town, start):
    before = (town.amira.email, town.amira.phone)

    Client().post(at(town, start), {"fields": ["name", "phone"], "email": "x@example.net", "phone": "41234567"})

    amira = Person.objects.get(pk=town.amira.pk)
    assert shared(amira) == {"name", "phone"}
    assert (amira.email, amira.phone) == before
    assert Confirmed.objects.filter(start=start, household=amira.household).count() == 1


def test_opening_it_says_nothing_and_shows_no_whole_address(town, start):
    for ask in (Client().get, Client().head):
        shown = ask(at(town, start))

    assert not Confirmed.objects.exists()
    assert town.amira.email not in Client().get(at(town, start)).text
    assert shown.status_code == 200


def test_when_the_code_is_down_it_takes_nothing_and_nobody_is_written_to(town, start):
    link = at(town, start)
    actions.close_start(start, by=town.jurgita)

    Client().post(link, {"fields": ["name"]})

    assert not Confirmed.objects.exists()
    assert told(OPENED) == set()


def test_whoever_has_confirmed_is_not_asked_any_more(town, start):
    ledger.sweep()
    actions.confirm_by_link(start, by=town.amira, fields=[])

    assert not still_wanted(OPENED, town.amira)
    assert still_wanted(OPENED, town.ben)


def test_somebody_of_another_home_is_asked_first_and_the_person_is_told(town, start):
    carla, link = as_(town.carla), at(town, start)
    carla.post(link, {"fields": ["name"]})
    assert not Confirmed.objects.exists()

    carla.post(link, {"fields": ["name"], "go_on": "1"})
    ledger.sweep()

    assert Notice.objects.get(kind="home.link_lent").recipient == town.amira


def test_by_the_link_of_a_protected_home_nothing_is_read_or_said(town, start):
    people.protect_address(town.amira, by=the_portal(), grade="strict", alias="Furu")
    link = at(town, start)

    shown = text(Client().get(link))
    Client().post(link, {"fields": ["name"]})

    assert not any(word in shown for word in ("Amira", "1A", "Furu", "•••"))
    assert not Confirmed.objects.exists()
    assert shared(town.amira) == set()
