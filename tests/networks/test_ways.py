"""Ways of reaching a home: which there are is the school's to say, and each of them has an outcome."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import translation

from networks import actions
from networks.models import Contact, ReachWays
from tests import make
from tests.networks.test_pages import page
from tests.pages import as_, markup, text

pytestmark = pytest.mark.django_db


def offered(town, gathering):
    form = as_(town.jurgita).get(page("home_reach", gathering.pk, town.amira.household_id)).context["form"]
    return [value for value, _label in form.fields["kind"].choices]


def test_the_school_says_which_ways_there_are_and_class_contacts_are_offered_those(town, bonfire):
    clerk = make.holder("office", town.school)
    assert offered(town, bonfire) == Contact.Kind.values

    saved = as_(clerk).post(page("ways_set"), {"kinds": ["call", "means"]}, follow=True)

    assert "Class contacts are offered these ways from now on" in text(saved)
    assert offered(town, bonfire) == ["call", "means"]
    gone = {"kind": "sms", "outcome": "coming"}
    as_(town.jurgita).post(page("home_reach", bonfire.pk, town.amira.household_id), gone)
    assert not Contact.objects.exists()


@pytest.mark.parametrize("kind", Contact.Kind.values)
def test_every_way_has_an_outcome(town, bonfire, kind):
    at = page("home_reach", bonfire.pk, town.amira.household_id)
    as_(town.jurgita).post(at, {"kind": kind})
    assert not Contact.objects.exists()

    as_(town.jurgita).post(at, {"kind": kind, "outcome": "help"})

    assert [(one.kind, one.outcome) for one in Contact.objects.all()] == [(kind, "help")]
    with translation.override("en"):
        assert str(Contact.Kind(kind).label) in text(as_(town.jurgita).get(at))


def test_a_school_offers_at_least_one(town):
    clerk = make.holder("office", town.school)

    assert "Choose at least one" in text(as_(clerk).post(page("ways_set"), {}))
    with pytest.raises(actions.NoWay):
        actions.set_ways(town.school, by=clerk, kinds=[])
    with pytest.raises(IntegrityError):
        ReachWays.objects.create(school=town.school, kinds=[])


def test_only_those_who_run_the_school_choose(town):
    for person in (town.jurgita, make.holder("office", make.school("Elsewhere"))):
        with pytest.raises(PermissionDenied):
            actions.set_ways(town.school, by=person, kinds=["call"])
    assert as_(town.jurgita).get(page("ways_set")).status_code == 403


def test_the_settings_of_the_school_lead_there_and_say_who_chose(town):
    actions.set_ways(town.school, by=town.principal, kinds=["call"])

    shown = as_(town.principal).get(f"/school/{town.school.pk}/settings/")

    assert f'href="{page("ways_set")}?school={town.school.pk}"' in markup(shown)
    assert "Solveig" in text(shown).partition("How class contacts reach out")[2]


def test_what_was_written_down_stays_when_its_way_is_no_longer_offered(town, bonfire):
    actions.log_contact(bonfire, by=town.jurgita, household=town.amira.household, kind="sms", outcome="help")

    actions.set_ways(town.school, by=town.principal, kinds=["call"])

    shown = as_(town.jurgita).get(page("home_reach", bonfire.pk, town.amira.household_id))
    assert "Sent a text message" in text(shown)
