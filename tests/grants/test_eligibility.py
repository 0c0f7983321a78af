"""Before the form: whether the class may apply, why not, and what it can do instead."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from grants import actions
from grants.models import GrantApplication, GrantScheme
from grants.queries import eligibility
from grants.schemes import actions as schemes
from networks.models import Gathering
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering
from tests.pages import address, as_, text

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


def no_scheme(town):
    GrantScheme.objects.all().delete()


def another_grade(town):
    GrantScheme.objects.update(grades=[8])


def no_later_grade(town):
    GrantScheme.objects.update(grades=[8])
    town.first.grades = [9]
    town.first.save()


def not_yet(town):
    GrantScheme.objects.update(opens_on=timezone.localdate() + timedelta(days=3))


def too_late(town):
    yesterday = timezone.localdate() - timedelta(days=1)
    GrantScheme.objects.update(opens_on=yesterday, closes_on=yesterday)


def had(town):
    application = applied(gathering(town.first, "Bål"), town.amir)
    actions.take_up_application(application, by=town.principal)
    actions.decide_application(application, by=town.principal, result="approved", amount=100_000)


def cancelled(town):
    Gathering.objects.update(state="cancelled", published_at=timezone.now(), cancelled_at=timezone.now())


def held(town):
    ago = timezone.now() - timedelta(days=2)
    Gathering.objects.update(answer_by=ago, starts_at=ago, ends_at=ago + timedelta(hours=2))


def theme(town):
    Gathering.objects.update(kind=Gathering.Kind.THEME)


def some_left_out(town):
    Gathering.objects.update(state="published", published_at=timezone.now())


@pytest.mark.parametrize(
    ("makes", "why", "instead"),
    [
        (no_scheme, "There is no support scheme", "The parents' council can ask it to"),
        (another_grade, "Class 1A is not in it", "When you are in grade 8, you can apply"),
        (no_later_grade, "Class 1A is not in it", "a class may have a class fund"),
        (not_yet, "You can apply from", "plan the gathering now"),
        (too_late, "The last day to apply was", "the school office can still enter it"),
        (had, "has already had its support", "Next time is in the next period"),
        (cancelled, "This gathering is cancelled", "Plan a new one"),
        (held, "This gathering has been held", "Plan a new one"),
        (theme, "not for theme evenings", "apply for that"),
        (some_left_out, "where the whole class is invited", "Invite the families that are left out"),
    ],
)
def test_each_no_comes_with_what_one_can_do(town, makes, why, instead):
    """G2: before the form, in words, and never a form that cannot be sent."""
    makes(town)
    shown = as_(town.zofia).get(page("application_start", town.gathering.pk))

    assert "form" not in shown.context
    assert why in text(shown)
    assert instead in text(shown).replace("&#x27;", "'")


def test_that_the_money_is_gone_is_said_before_the_form(town):
    other = make.school_class("1B", at=town.school, grades=[1])
    _child, contact = make.family(other)
    make.role(contact, Role.Kind.CLASS_CONTACT, other)
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 100_000})
    application = applied(gathering(other, "Bål"), contact)
    actions.take_up_application(application, by=town.principal)
    zofia = as_(town.zofia)
    assert "There is no money left now" not in text(zofia.get(page("application_start", town.gathering.pk)))
    actions.decide_application(application, by=town.principal, result="approved", amount=100_000)

    for at in (page("application_list"), page("application_start", town.gathering.pk)):
        assert "There is no money left now" in text(zofia.get(at))
    assert applied(town.gathering, town.zofia).status == "submitted"


def test_an_application_of_the_same_gathering_goes_before_another(town):
    first = actions.draft_application(gathering(town.first, "Bål"), by=town.amir)
    own = actions.draft_application(town.gathering, by=town.zofia)

    assert eligibility(town.first, town.gathering).current == own
    assert eligibility(town.first).current in (first, own)
    assert GrantApplication.objects.drafts().count() == 2
