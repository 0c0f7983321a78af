"""What a home needs stands with its talk, for whoever holds it, and never on the page of the other home."""

import pytest

from portal.people.models import Household
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db
NEEDS = ("wants a call", "wants easy words", "needs a place without stairs")


def test_whoever_holds_the_talk_reads_what_each_home_needs_and_the_homes_do_not(conference, amina, yusuf, teacher):
    asked = {"prefers_call": True, "easy_text": True, "step_free": True}
    Household.objects.filter(pk=amina.household_id).update(**asked)
    shown = text(as_(teacher).get(address("conferences", "talk_show", conference.pk)))

    for need in NEEDS:
        assert shown.count(need) == 1
        assert need not in text(as_(yusuf).get(address("conferences", "conference_show", conference.pk)))
