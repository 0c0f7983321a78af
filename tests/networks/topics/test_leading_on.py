"""Where a kit leads to: an agreement, a sheet for home, and whom one calls when a child is not safe."""

import re

import pytest
from django.urls import reverse

from networks.agreements.topics import TOPICS
from networks.models import SharedNormAgreement
from networks.topics.kits import BY_KEY, KITS
from portal.surveys.questions import Ask, Kind
from tests.networks.test_pages import page
from tests.pages import as_, markup, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kit", "topic"), [("inclusion", "birthdays"), ("screens", "screens"), ("out-times", "out"), ("chores", "chores")]
)
def test_a_kit_is_turned_into_an_agreement_by_the_class_contact(town, kit, topic):
    at, leads_to = page("topic_show", town.first.pk, kit), page("agreement_start", town.first.pk, topic)

    assert f'href="{leads_to}"' in markup(as_(town.jurgita).get(at))
    assert as_(town.jurgita).get(leads_to).status_code == 200
    assert leads_to not in markup(as_(town.amira).get(at))


def test_what_a_kit_leads_to_can_be_agreed_upon():
    assert {kit.agreement for kit in KITS if kit.agreement} <= TOPICS.keys()


def test_nobody_is_asked_about_bullying_and_no_survey_has_room_for_a_story(town):
    assert not BY_KEY["bullying"].agreement
    assert "bullying" not in SharedNormAgreement.Topic.values
    asks = [ask for topic in TOPICS.values() for ask in topic.asks]
    assert all(isinstance(ask, Ask) and ask.options and ask.kind in Kind.values for ask in asks)
    assert set(Kind.values) == {"one", "several", "band", "time"}
    shown = markup(as_(town.jurgita).get(page("topic_show", town.first.pk, "bullying")))
    assert "/agreements/" not in shown.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("key", ["social-media", "out-times"])
def test_a_kit_has_a_sheet_to_go_through_at_home(town, key):
    at = page("topic_home", town.first.pk, key)
    assert f'href="{at}"' in markup(as_(town.amira).get(page("topic_show", town.first.pk, key)))

    shown = as_(town.amira).get(at)

    assert text(shown).count("☐") == len(BY_KEY[key].at_home) >= 5
    assert 'data-enhance="print"' in markup(shown)


def test_only_a_kit_that_has_one_has_a_sheet(town):
    assert as_(town.amira).get(page("topic_home", town.first.pk, "conflicts")).status_code == 404
    assert page("topic_home", town.first.pk, "conflicts") not in markup(
        as_(town.amira).get(page("topic_show", town.first.pk, "conflicts"))
    )


def test_age_limits_and_looking_along_without_secrets_stand_on_the_sheet_about_social_media(town):
    said = text(as_(town.amira).get(page("topic_home", town.first.pk, "social-media")))

    assert "age limit" in said
    assert "never look in secret" in said


@pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.key)
def test_every_kit_leads_to_whom_one_calls_when_a_child_is_not_safe(town, kit):
    exit_of_class = reverse("people:class_show", args=[town.first.pk])
    amira = as_(town.amira)

    assert f'href="{exit_of_class}#safe"' in markup(amira.get(page("topic_show", town.first.pk, kit.key)))
    assert re.search(r'id="safe"[^>]*> ?If a child is not safe', markup(amira.get(exit_of_class)))
