"""The catalogue: thirty-eight ideas, each with words, a season and a key of its own."""

from datetime import date

import pytest

from networks.ideas import AUDIENCES, BY_KEY, IDEAS, ideas_for, season_of
from networks.models import Gathering


def test_there_are_thirty_eight_with_keys_of_their_own():
    assert len(IDEAS) == len(BY_KEY) == 38
    assert max(len(key) for key in BY_KEY) <= Gathering._meta.get_field("idea").max_length


@pytest.mark.parametrize("idea", IDEAS, ids=lambda idea: idea.key)
def test_an_idea_has_words_and_fits_a_gathering(idea):
    assert idea.title
    assert idea.text
    assert idea.note
    assert idea.seasons
    assert idea.audience in Gathering.Kind.values
    assert idea.audience in dict(AUDIENCES)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_a_season_with_ideas(month):
    assert len(ideas_for("NO", season=season_of(date(2026, month, 1)))) >= 3
