"""A class of seven homes whose gathering was this afternoon; six said that they were coming, one that it could not."""

from datetime import timedelta

from django.utils import timezone

from networks import actions
from networks.models import Gathering
from tests import make
from tests.ground import once
from tests.networks.agreements.conftest import town as town_of_seven

town = town_of_seven


def over(gathering):
    now = timezone.now()
    Gathering.objects.filter(pk=gathering.pk).update(
        answer_by=now - timedelta(days=2), starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1)
    )
    gathering.refresh_from_db()
    return gathering


def gathered(town, *coming, not_coming=(), **details):
    gathering = make.published(town.first, by=town.jurgita, **details)
    for said, homes in (("yes", coming), ("no", not_coming)):
        for person in homes:
            actions.answer(gathering, by=person, household=person.household, answer=said)
    return over(gathering)


@once
def gathering(town):
    return gathered(town, *town.homes[:6], not_coming=town.homes[6:])


@once
def thanked(town, gathering):
    return actions.thank_families(gathering, by=town.jurgita)


def fields(**changes):
    numbers = {"families": 5, "adults": 7, "children": 4, "siblings": 2}
    return {**numbers, "did": "We baked bread.", "involved": "3B chose it.", "again": "The fire.", **changes}


def say(pulse, *people, says=None):
    for person in people:
        actions.answer_pulse(pulse, by=person, answers=says or {0: [0], 1: [0], 2: [0], 3: [0]})
