"""The page for the wall of a class: who, where and when, of no person, and no answer."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from networks import actions, wall
from networks.models import Gathering
from portal.messaging.links import FORGERIES_AN_HOUR
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db


def at(gathering):
    return address("networks", "gathering_wall", wall.token_of(gathering))


def test_anybody_reads_who_where_and_when_and_how_one_gets_ones_own_link(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    shown = Client().get(at(bonfire))

    said = text(shown)
    for words in ("Bonfire by the lake", "1A", "The shelter by the lake", "Hver familie har sin egen lenke"):
        assert words in said
    for name in ("Amira", "Nora", "Iver", "Jurgita", "Ben", "Warsame", "Nordlie", "Dahl", "Lia skole"):
        assert name not in shown.content.decode()


def test_nothing_is_answered_there(town, bonfire):
    assert Client().post(at(bonfire), {"answer": "yes"}).status_code == 405
    assert "<form" not in text(Client().get(at(bonfire)))
    assert not bonfire.rsvps.exists()


def test_a_draft_and_what_is_over_are_not_there(town, draft, bonfire):
    assert Client().get(at(draft)).status_code == 404
    now = timezone.now()
    day = timedelta(days=1)
    Gathering.objects.update(answer_by=now - 2 * day, starts_at=now - day, ends_at=now)

    assert Client().get(at(bonfire)).status_code == 404


def test_what_is_cancelled_says_so_and_neither_where_nor_why(town, bonfire):
    actions.cancel_gathering(bonfire, by=town.jurgita, because="Nora is ill")

    said = text(Client().get(at(bonfire)))

    assert "avlyst" in said
    assert "Nora" not in said
    assert "shelter" not in said


@pytest.mark.parametrize("wrong", ["1", "1.x", "0.0", "x.y", "%2e%2e", "١.x"])
def test_what_is_guessed_is_not_there_and_whoever_goes_on_guessing_is_stopped(town, bonfire, wrong):
    cache.clear()
    path = at(bonfire).replace(wall.token_of(bonfire), wrong)

    assert Client().get(path).status_code == 404
    assert {Client().get(path).status_code for _ in range(FORGERIES_AN_HOUR)} == {404, 429}
    assert Client().get(at(bonfire)).status_code == 200
    cache.clear()


def test_one_gatherings_signature_opens_no_other(town, bonfire, draft):
    theirs = wall.token_of(bonfire).replace(str(bonfire.pk), str(draft.pk), 1)

    assert wall.key_of(theirs) is None


def test_only_the_organisers_are_shown_the_address_while_it_is_of_use(town, bonfire, draft):
    page = address("networks", "gathering_organise", bonfire.pk)
    assert wall.token_of(bonfire) in as_(town.jurgita).get(page).content.decode()

    actions.cancel_gathering(bonfire, by=town.jurgita, because="Ice")

    assert wall.token_of(bonfire) not in as_(town.jurgita).get(page).content.decode()
