"""Who applies, for which class, and how little it takes: what the municipality's page promises."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib import admin
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from grants import actions
from grants.models import GrantApplication, GrantScheme
from grants.models.applications import NotEligible
from networks.models import Gathering
from tests import make
from tests.grants.cast import FULL, TYPED, gathering
from tests.pages import address, as_, markup, text

page = partial(address, "grants")
ITS_NAME = "Sosiale samlinger i skolen – søknad om støtte"

pytestmark = pytest.mark.django_db


def test_a_parent_without_the_role_is_told_who_applies_and_led_to_whom_to_ask(town):
    parent = as_(town.parent)
    shown = parent.get(page("application_list"))
    assert "Ask the class contact of your child's class to apply" in text(shown)
    assert f'href="{reverse("people:child_list")}"' in markup(shown)

    class_page = reverse("people:class_show", args=[town.first.pk])
    assert f'href="{class_page}"' in markup(parent.get(reverse("people:child_list")))
    assert "Zofia" in text(parent.get(class_page))
    assert parent.get(page("application_start", town.gathering.pk)).status_code == 403


def test_the_grades_cannot_be_changed_once_classes_rely_on_them(town):
    of_schemes = admin.site.get_model_admin(GrantScheme)
    next_years = GrantScheme(country="NO", opens_on=timezone.localdate() + timedelta(days=2))

    assert {"grades", "amount"} <= set(of_schemes.get_readonly_fields(None, town.scheme))
    assert of_schemes.get_readonly_fields(None, next_years) == []


@pytest.mark.parametrize(("grades", "may"), [([1], True), ([8], True), ([7, 8], True), ([2], False), ([3, 4], False)])
def test_any_grade_of_the_class_counts(town, grades, may):
    assert town.scheme.covers(make.school_class("X", at=town.school, grades=grades)) is may


def test_there_is_no_application_without_a_gathering(town):
    application = actions.draft_application(town.gathering, by=town.zofia)

    with pytest.raises(IntegrityError):
        GrantApplication.objects.filter(pk=application.pk).update(gathering=None)


def test_a_theme_evening_is_supported_only_where_the_scheme_says_so(town):
    evening = gathering(town.first, "Skjermer", kind=Gathering.Kind.THEME)
    zofia, at = as_(town.zofia), page("application_start", evening.pk)

    assert f'href="{at}"' not in markup(zofia.get(page("application_list")))
    assert "not for theme evenings" in text(zofia.get(at))
    with pytest.raises(NotEligible):
        actions.draft_application(evening, by=town.zofia)

    GrantScheme.objects.update(themes_allowed=True)
    assert f'href="{at}"' in markup(zofia.get(page("application_list")))
    assert actions.draft_application(evening, by=town.zofia).gathering == evening


def test_a_gathering_that_became_a_theme_evening_is_not_applied_for(town):
    application = actions.draft_application(town.gathering, by=town.zofia, **FULL)
    Gathering.objects.filter(pk=town.gathering.pk).update(kind=Gathering.Kind.THEME)

    with pytest.raises(NotEligible):
        actions.submit_application(application, by=town.zofia)


def test_without_a_gathering_the_class_contact_is_led_to_plan_one(town):
    town.gathering.delete()

    assert "Plan a gathering first" in text(as_(town.zofia).get(page("application_list")))


def test_from_a_planned_gathering_few_fields_are_left_and_it_is_sent_in_two_presses(town):
    planned = gathering(town.first, description="We slide.", children_involved="1A voted for it.", family_cost=0)
    zofia, at = as_(town.zofia), page("application_start", planned.pk)
    shown = zofia.get(at)
    form = shown.context["form"]
    left = {name for name in form.fields if str(form[name].value()) in ("None", "", "False")}

    assert left - {"budget_lines"} <= {
        "inclusion_measures",
        "payee_kind",
        "account",
        "relationship_to_decider",
        "terms",
    }
    assert ITS_NAME in text(shown)
    filled = {name: form[name].value() for name in form.fields} | {name: TYPED.get(name, "") for name in left}
    checked = zofia.post(at, {**filled, "check": "1"}, follow=True)
    assert ITS_NAME in text(checked)
    zofia.post(checked.request["PATH_INFO"], {"send": "1"})

    assert GrantApplication.objects.get().status == "submitted"
