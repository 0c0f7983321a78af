"""Where a home or a class contact writes to others stands what that is not for, and the way to a call."""

import pytest

from tests.pages import address, as_, markup, text

pytestmark = pytest.mark.django_db
LINE = "Conflicts are not solved here: call each other."


def test_whoever_writes_a_notice_reads_it(town):
    assert LINE in text(as_(town.jurgita).get(address("networks", "bulletin_write", town.first.pk)))


def test_whoever_asks_about_one_is_led_to_the_guide(town, sent):
    shown = as_(town.ben).get(address("networks", "question_ask", sent().pk))

    assert LINE in text(shown)
    assert address("principles", "conflict_choose") in markup(shown)
