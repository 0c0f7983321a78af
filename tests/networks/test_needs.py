"""What a home needs is kept when a gathering is planned and answered: food, a place without stairs, days kept free."""

from datetime import timedelta

import pytest
from django.utils import translation

from networks import actions
from networks.models import Rsvp
from networks.polls.queries import hints_of, poll_board, poll_page
from portal.people.models import Household
from tests import make
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db


def needs(person, **said):
    Household.objects.filter(pk=person.household_id).update(**said)
    person.household.refresh_from_db()


def answer(gathering, person, said="yes"):
    return actions.answer(gathering, by=person, household=person.household, answer=said)


def food_of(person):
    return Rsvp.objects.get(household=person.household).food


def test_what_a_home_does_not_eat_goes_along_with_its_yes(town, bonfire):
    needs(town.amira, food="No pork")
    answer(bonfire, town.amira)

    assert food_of(town.amira) == "No pork"


def test_it_does_not_go_along_with_a_no(town, bonfire):
    needs(town.amira, food="No pork")
    answer(bonfire, town.amira, "no")
    assert not food_of(town.amira)

    answer(bonfire, town.amira)
    assert food_of(town.amira) == "No pork"


def test_a_maybe_tells_nothing_of_it_yet(town, bonfire):
    needs(town.amira, food="No pork")
    answer(bonfire, town.amira, "maybe")
    assert not food_of(town.amira)

    answer(bonfire, town.amira)
    assert food_of(town.amira) == "No pork"


def test_what_a_home_has_said_for_this_gathering_stands(town, bonfire):
    needs(town.amira, food="No pork")
    answer(bonfire, town.amira)
    said = {"by": town.amira, "household": town.amira.household, "adults": 1, "pupils": []}
    actions.detail_answer(bonfire, **said, food="")
    answer(bonfire, town.amira, "maybe")

    assert not food_of(town.amira)


def test_it_does_not_go_along_when_an_organiser_answers_for_the_home(town, bonfire):
    needs(town.amira, food="No pork")
    home = {"household": town.amira.household, "answer": "yes"}
    actions.answer_on_behalf(bonfire, by=town.jurgita, **home)

    assert not food_of(town.amira)


def test_organisers_read_that_somebody_needs_a_place_without_stairs_and_not_who(town, bonfire):
    needs(town.amira, step_free=True)
    at = address("networks", "inclusion_check", bonfire.pk)

    assert "Somebody in the class needs a place without stairs" in text(as_(town.jurgita).get(at))
    assert "without stairs" not in text(as_(town.amira).get(address("networks", "gathering_show", bonfire.pk)))


def test_organisers_alone_read_that_a_day_is_kept_free(town):
    walk = make.poll(town.first, by=town.jurgita)
    first = walk.poll.times.first()
    day = first.starts_at.astimezone(town.first.school.zone).date()
    needs(town.amira, free_days=[day, day + timedelta(days=300)])
    words = "Some families keep this day free"

    with translation.override("en"):
        rows = {row.time: row.hints for row in poll_board(walk.poll, town.jurgita).rows}
        others = [row.hints for row in poll_page(walk.poll, town.amira).rows]
        alone = hints_of(town.first, [first])[first.pk]

    assert words in rows[first]
    assert sum(words in hints for hints in rows.values()) == 1
    assert not any(words in hints for hints in (*others, alone))
