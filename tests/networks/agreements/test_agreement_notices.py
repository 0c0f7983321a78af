"""Who hears of an agreement; and that no letter depends on who has answered."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.actions import end_relation
from portal.people.models import the_portal
from tests.networks.agreements.conftest import adopt, answer, ask, close
from tests.networks.test_notices import letter, still_wanted, told

pytestmark = pytest.mark.django_db
EVERYONE = {"Jurgita", "Amira", "Ben", *(f"Adult {number}" for number in range(4))}


def reminded(kind):
    remind()
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__given_name", flat=True))


def test_survey_opened_asks_every_guardian_of_the_class(town, asking):
    assert told("networks.survey_opened") == EVERYONE
    assert "No name is kept" in " ".join(letter("networks.survey_opened", town.amira).lines)


def test_survey_opened_is_unwanted_once_closed_or_out_of_the_class_and_never_for_an_answer(town, asking):
    told("networks.survey_opened")
    answer(asking, town.amira)
    assert still_wanted("networks.survey_opened", town.amira)

    end_relation(town.ben.pupil_relations.get(), by=the_portal())
    assert not still_wanted("networks.survey_opened", town.ben)
    close(asking, town)
    assert not still_wanted("networks.survey_opened", town.amira)


def test_every_home_is_reminded_once_whether_it_has_answered_or_not(town, asking):
    answer(asking, *town.homes[:3])
    assert reminded("networks.survey_reminder") == []

    with time_machine.travel(asking.survey.closes_at - timedelta(hours=40), tick=False):
        assert reminded("networks.survey_reminder") == sorted(EVERYONE)
        assert reminded("networks.survey_reminder") == sorted(EVERYONE)


def test_a_short_survey_reminds_nobody(town):
    agreement = ask(town, days=3)

    with time_machine.travel(agreement.survey.closes_at - timedelta(hours=10), tick=False):
        assert reminded("networks.survey_reminder") == []


def test_survey_closed_tells_the_contacts_what_came_of_it(town, asking):
    answer(asking, *town.homes[:4])
    close(asking, town)

    assert told("networks.survey_closed") == {"Jurgita"}
    assert "Too few homes have answered" in letter("networks.survey_closed", town.jurgita).lines[0]


def test_agreement_adopted_is_read_by_every_guardian(town, adopted):
    assert told("networks.agreement_adopted") == EVERYONE
    assert letter("networks.agreement_adopted", town.ben).lines == ["We keep to one hour."]


def test_the_contact_is_reminded_of_the_review_on_its_day_once(town, closed):
    adopt(closed, town, review_on=town.school.today() + timedelta(days=30))
    assert reminded("networks.review_due") == []

    for days in (30, 31):
        with time_machine.travel(timezone.localtime() + timedelta(days=days), tick=False):
            assert reminded("networks.review_due") == ["Jurgita"]
