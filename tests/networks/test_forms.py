"""The forms: days and hours become moments at the school, kroner become øre, and choices are only one's own."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from networks import actions, ideas
from networks.forms import DetailForm, GatheringForm, HelperForm, IdeaForm
from networks.models import Gathering
from networks.queries import answer_page
from tests import make
from tests.networks.test_pages import typed

pytestmark = pytest.mark.django_db

OSLO = ZoneInfo("Europe/Oslo")


def written(town, *, days=30, **changes):
    day = town.school.today() + timedelta(days=days)
    typed = {
        "title": "Torches",
        "kind": "families",
        "day": day.isoformat(),
        "starts": "17:00",
        "ends": "19:00",
        "place": "The school yard",
        **changes,
    }
    return day, GatheringForm(typed, school=town.school)


def test_gathering_form_gives_the_action_moments_in_the_zone_of_the_school(town):
    day, form = written(town)

    assert form.is_valid()
    assert form.cleaned_data["starts_at"] == datetime.combine(day, time(17), tzinfo=OSLO)
    assert form.cleaned_data["ends_at"] == datetime.combine(day, time(19), tzinfo=OSLO)
    assert not {"day", "starts", "ends"} & form.cleaned_data.keys()


def test_gathering_form_ends_the_day_after_when_it_ends_before_it_starts(town):
    day, form = written(town, starts="20:00", ends="09:00")

    assert form.is_valid()
    assert form.cleaned_data["ends_at"] == datetime.combine(day + timedelta(days=1), time(9), tzinfo=OSLO)


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(("days", "before"), [(30, 7), (4, 3), (0, 0)])
def test_gathering_form_chooses_a_last_day_to_answer(town, days, before):
    day, form = written(town, days=days)

    assert form.is_valid()
    assert form.cleaned_data["answer_by"].date() == day - timedelta(days=before)
    assert form.cleaned_data["answer_by"] <= form.cleaned_data["starts_at"]


def test_gathering_form_refuses_an_answer_date_after_the_gathering(town):
    _day, form = written(town, answer_by=(town.school.today() + timedelta(days=31)).isoformat())

    assert list(form.errors) == ["answer_by"]


def test_gathering_form_refuses_a_day_that_has_passed(town):
    _day, form = written(town, days=-1)

    assert list(form.errors) == ["day"]


@pytest.mark.parametrize(("kroner", "ore"), [("50", 5000), ("0", 0), ("", 0)])
def test_gathering_form_reads_kroner(town, kroner, ore):
    _day, form = written(town, family_cost=kroner)

    assert form.is_valid()
    assert form.cleaned_data["family_cost"] == ore


@pytest.mark.parametrize("kroner", ["-1", "5001", "a lot"])
def test_gathering_form_refuses_a_price_out_of_reason(town, kroner):
    _day, form = written(town, family_cost=kroner)

    assert list(form.errors) == ["family_cost"]


def test_gathering_form_forgets_an_idea_that_does_not_exist(town):
    _day, form = written(town, idea="no-such-idea")

    assert form.is_valid()
    assert form.cleaned_data["idea"] == ""


@pytest.mark.parametrize("idea", ideas.IDEAS, ids=lambda idea: idea.key)
def test_every_idea_fills_in_a_form_that_needs_only_day_and_place(town, idea):
    typed = {"day": town.school.today() + timedelta(days=30), "place": "The school yard"}

    form = GatheringForm({**GatheringForm.values_from(idea), **typed}, school=town.school)

    assert form.is_valid(), form.errors
    assert (form.cleaned_data["idea"], form.cleaned_data["title"]) == (idea.key, str(idea.title))
    assert (form.cleaned_data["description"], form.cleaned_data["bring"]) == (str(idea.text), str(idea.bring))


def test_gathering_form_shows_a_gathering_as_it_was_written(town):
    gathering = make.gathering(
        town.first,
        by=town.jurgita,
        starts_at=datetime(2030, 6, 3, 17, tzinfo=OSLO),
        ends_at=datetime(2030, 6, 3, 19, tzinfo=OSLO),
        answer_by=datetime(2030, 5, 27, 20, tzinfo=OSLO),
    )

    values = GatheringForm.values_of(gathering)

    assert (values["day"], values["starts"], values["ends"]) == (date(2030, 6, 3), time(17), time(19))
    assert values["answer_by"] == date(2030, 5, 27)


def detail(town, gathering, **typed):
    shown = answer_page(gathering, town.amira)
    return DetailForm({"adults": "2", "lift": "none", **typed}, page=shown)


def test_detail_form_offers_own_children_only(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    assert detail(town, bonfire, pupils=[town.nora.pk]).is_valid()
    assert list(detail(town, bonfire, pupils=[town.iver.pk]).errors) == ["pupils"]


def test_detail_form_takes_empty_numbers_as_none(town, bonfire):
    form = detail(town, bonfire)

    assert form.is_valid()
    assert (form.cleaned_data["siblings"], form.cleaned_data["seats"]) == (0, 0)


def test_detail_form_asks_how_many_seats_whoever_offers_a_lift_has(town, bonfire):
    assert list(detail(town, bonfire, lift="offer", seats="0").errors) == ["seats"]
    assert list(detail(town, bonfire, lift="offer", seats="").errors) == ["seats"]
    assert detail(town, bonfire, lift="offer", seats="3").is_valid()


@pytest.mark.parametrize("adults", ["-1", "21", "many", ""])
def test_detail_form_refuses_numbers_out_of_reason(town, bonfire, adults):
    assert list(detail(town, bonfire, adults=adults).errors) == ["adults"]


def test_detail_form_asks_nothing_about_children_when_only_parents_meet(town):
    evening = make.published(town.first, by=town.jurgita, kind=Gathering.Kind.ADULTS)

    form = detail(town, evening)

    assert form.is_valid()
    assert not {"pupils", "siblings"} & form.fields.keys()


def test_helper_form_lists_candidates_only(town):
    form = HelperForm({"person_asked": town.carla.pk}, candidates=[town.amira, town.ben])

    assert list(form.errors) == ["person_asked"]


def test_idea_form_ignores_what_it_does_not_understand():
    assert IdeaForm({"season": "tomorrow", "cost": "x", "trait": "' OR 1", "audience": ""}).chosen() == {}
    assert IdeaForm({"cost": "0", "season": "monsoon"}).chosen() == {"cost": "0"}


@pytest.mark.parametrize(("starts", "ends"), [("08:00", "10:00"), ("18:00", "18:00")])
def test_a_gathering_is_still_to_come_and_lasts_for_some_time(db, starts, ends):
    school = make.school()
    with time_machine.travel(datetime.combine(school.today(), time(14), tzinfo=school.zone), tick=False):
        form = GatheringForm(typed(school, day=school.today().isoformat(), starts=starts, ends=ends), school=school)
        assert list(form.errors) == ["ends"]
