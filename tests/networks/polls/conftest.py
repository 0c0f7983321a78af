import pytest

from networks import actions
from tests import make
from tests.ground import once
from tests.networks.conftest import town as town


@once
def walk(town):
    """Three times, asked about, closing in ten days."""
    return make.poll(town.first, by=town.jurgita)


@pytest.fixture
def says(walk):
    def say(person, *answers):
        for time, suits in zip(walk.poll.times.all(), answers, strict=False):
            if suits:
                actions.say_suits(walk, by=person, household=person.household, time=time, suits=suits)

    return say
