"""The catalogue: a drawing for each idea, this season first, and a press that narrows and widens it again."""

import re
from datetime import date

import pytest
from django.conf import settings

from networks.catalogue import HAS, PICTURES, TRAITS, WEEKS, catalogue, fitting
from networks.ideas import ANY, BY_KEY, season_of
from networks.topics.kits import KITS

WINTER_DAY = date(2027, 1, 10)
DRAWN = set(re.findall(r'id="s-(\w+)"', (settings.BASE_DIR / "templates/networks/_drawings.html").read_text()))


def test_every_idea_and_every_topic_has_a_drawing_that_is_drawn():
    assert PICTURES.keys() == BY_KEY.keys()
    assert {drawing for drawing, _hue in PICTURES.values()} | {kit.drawing for kit in KITS} == DRAWN


def test_a_trait_is_of_ideas_that_exist():
    assert {trait for trait, _word in TRAITS} == HAS.keys()
    assert set().union(*HAS.values()) <= BY_KEY.keys()


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2027, 1, 10), date(2027, 5, 1)])
@pytest.mark.parametrize(("country", "many"), [("NO", 38), ("DK", 37)])
def test_this_season_comes_first_and_every_idea_stands_once(day, country, many):
    page, season = catalogue(country, day, {}), season_of(day)
    shown = [card.idea for section in page.sections for card in section.cards]

    assert len(shown) == len(set(shown)) == len(page.ideas) == many
    first, last = page.sections[0], page.sections[-1]
    assert [section.is_now for section in page.sections] == [True] + [False] * (len(page.sections) - 1)
    assert all(season in card.idea.seasons for card in first.cards)
    assert all(card.idea.seasons == ANY for card in last.cards)


def test_a_chip_says_how_many_it_leaves_and_is_pressed_on_and_off():
    every = catalogue("NO", WINTER_DAY, {})
    free = next(chip for chip in every.chips if "cost=0" in chip.address)
    assert (every.chips[0].is_chosen, every.chips[0].count) == (True, 38)

    chosen = catalogue("NO", WINTER_DAY, {"cost": "0"})

    assert len(chosen.ideas) == free.count
    assert [chip.address for chip in chosen.chips if chip.is_chosen] == ["?"]
    outdoors = next(chip for chip in chosen.chips if "trait=outdoors" in chip.address)
    both = catalogue("NO", WINTER_DAY, {"cost": "0", "trait": "outdoors"})
    assert "cost=0" in outdoors.address
    assert len(both.ideas) == outdoors.count < len(chosen.ideas)
    assert {idea.cost for idea in both.ideas} == {0}


def test_a_chip_that_would_leave_nothing_is_not_shown_unless_it_is_chosen():
    page = catalogue("NO", WINTER_DAY, {"audience": "adults", "trait": "words"})

    assert page.ideas == page.sections == []
    assert sum(chip.is_chosen for chip in page.chips) == 2


@pytest.mark.parametrize(
    ("key", "fits", "fits_not"),
    [
        ("halloween", date(2026, 10, 20), date(2026, 11, 29)),
        ("porridge", date(2026, 11, 29), date(2027, 1, 10)),
        ("workshop", date(2026, 12, 20), date(2026, 12, 27)),
        ("shrovetide", date(2027, 2, 1), date(2027, 3, 20)),
        ("national-day", date(2027, 5, 17), date(2027, 5, 18)),
        ("summer", date(2027, 6, 20), date(2027, 4, 20)),
    ],
)
def test_what_is_tied_to_a_feast_fits_in_its_weeks_alone(key, fits, fits_not):
    idea = BY_KEY[key]
    assert idea in fitting("NO", fits)
    assert idea not in fitting("NO", fits_not)

    first = catalogue("NO", fits_not, {}).sections[0]

    assert first.is_now
    assert idea not in [card.idea for card in first.cards]
    assert idea in catalogue("NO", fits_not, {}).ideas


def test_every_feast_is_an_idea():
    assert WEEKS.keys() <= BY_KEY.keys()
