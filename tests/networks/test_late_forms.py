"""A form that was open when things changed meanwhile: what it says is refused in words, and nothing is saved wrongly."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networks import actions
from networks.models import Gathering, Rsvp
from tests.pages import as_, text

DETAILS = {"adults": 1, "siblings": 1, "lift": "none", "seats": "", "area": "", "food": "no nuts", "message": ""}


def answers(gathering, person, chosen="yes"):
    return actions.answer(gathering, by=person, household=person.household, answer=chosen)


def sent(gathering, person, **typed):
    page = reverse("networks:gathering_show", args=[gathering.pk])
    return as_(person).post(page, DETAILS | typed)


def test_details_before_the_home_has_answered_are_refused_in_words(town, bonfire):
    """The other adult has taken the answer back meanwhile."""
    said = sent(bonfire, town.amira, pupils=[town.nora.pk])

    assert said.status_code == 200
    assert "First say whether you are coming." in text(said)
    assert not Rsvp.objects.filter(household=town.amira.household).exists()


@pytest.mark.parametrize("chosen", ["yes", "no"])
def test_details_that_arrive_once_it_has_begun_are_refused_in_words(town, bonfire, chosen):
    answers(bonfire, town.amira, chosen)
    now = timezone.now()
    times = {"answer_by": now - timedelta(2), "starts_at": now - timedelta(minutes=5), "ends_at": now + timedelta(1)}
    Gathering.objects.filter(pk=bonfire.pk).update(**times)

    said = sent(bonfire, town.amira, pupils=[town.nora.pk])

    assert said.status_code == 200
    assert "This gathering has begun" in text(said)
    assert not Rsvp.objects.get(household=town.amira.household).food


def test_no_child_is_counted_for_an_evening_of_adults(town, evening):
    answers(evening, town.amira)

    saved = actions.detail_answer(
        evening, by=town.amira, household=town.amira.household, adults=2, pupils=[town.nora], siblings=3
    )

    assert (saved.adults, saved.siblings, list(saved.pupils.all())) == (2, 0, [])
