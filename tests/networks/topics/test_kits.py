"""The seven kits of the source, for every age, on two pages, and without a place to write."""

import re
from html import unescape

import pytest

from networks.topics.kits import BANDS, BY_KEY, DUTIES, EXITS, KITS, PLAN, RULES, band_of
from portal.people.models import School
from tests import make
from tests.networks.test_pages import page
from tests.pages import as_, markup, text


def test_all_seven_topics_of_the_source_are_there():
    assert set(BY_KEY) == {"inclusion", "screens", "social-media", "out-times", "bullying", "chores", "conflicts"}
    assert len(KITS) == 7


@pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.key)
def test_a_kit_has_everything_an_evening_needs_at_every_age(kit):
    assert len(kit.questions) == len(set(kit.questions)) == 3
    assert set(kit.bands) == {band for band, _word in BANDS}
    assert all([kit.title, kit.lead, kit.opening, kit.task, kit.agree, *kit.signs, *kit.questions, *kit.bands.values()])


def test_the_plan_takes_an_hour():
    assert sum(minutes for minutes, _step in PLAN) == 60


@pytest.mark.parametrize(("grade", "band"), [(0, "1-4"), (4, "1-4"), (5, "5-7"), (7, "5-7"), (8, "8-10"), (10, "8-10")])
def test_every_grade_has_its_band(grade, band):
    assert band_of(grade) == band


def test_a_class_of_two_grades_reads_about_both_ages():
    kit = BY_KEY["screens"]

    assert [text for _word, text in kit.at([4, 5])] == [kit.bands["1-4"], kit.bands["5-7"]]
    assert [text for _word, text in kit.elsewhere([4, 5])] == [kit.bands["8-10"]]
    assert len(kit.at([])) == 3


@pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.key)
def test_a_kit_is_read_by_guardians_says_the_rules_and_the_exit_and_has_no_place_to_write(town, kit):
    shown = as_(town.amira).get(page("topic_show", town.first.pk, kit.key))

    said = unescape(text(shown))
    for line in (kit.opening, *kit.questions, *RULES, *EXITS, DUTIES["NO"]):
        assert str(line) in said
    content = markup(shown).split("<main")[1].split("</main>")[0]
    assert not re.search(r"<textarea|<input(?! type=\"hidden\")", content)


def test_in_denmark_the_duty_is_the_danish_one(town):
    School.objects.filter(pk=town.school.pk).update(country="DK")

    said = text(as_(town.amira).get(page("topic_show", town.first.pk, "bullying")))

    assert str(DUTIES["DK"]) in said
    assert str(DUTIES["NO"]) not in said


def test_who_reads_the_topics_of_a_class(town):
    teacher = make.holder("subject_teacher", town.first)
    cato = make.guardian("Cato", of=town.nora)
    make.restricted(cato, town.nora)
    of_class = page("topic_list", town.first.pk)

    assert [as_(person).get(of_class).status_code for person in (town.amira, town.jurgita, teacher)] == [200, 200, 200]
    assert as_(town.carla).get(of_class).status_code == 404
    assert as_(cato).get(of_class).status_code == 403
    assert as_(town.amira).get(page("topic_show", town.first.pk, "weather")).status_code == 404


def test_a_wish_is_one_tap_and_the_next_takes_it_back(town):
    amira, ben = as_(town.amira), as_(town.ben)
    wish = page("topic_wish", town.first.pk, "screens")

    amira.post(wish)
    shown = ben.post(wish, follow=True)
    assert {row.kit.key: row.homes for row in shown.context["rows"] if row.homes} == {"screens": 2}
    assert shown.context["rows"][0].kit.key == "screens"

    shown = amira.post(wish, {"back": "1"}, follow=True)
    assert shown.context["rows"][0].homes == 1
    shown = ben.post(wish, {"back": "1"}, follow=True)
    assert not any(row.homes for row in shown.context["rows"])


def test_the_contact_makes_a_theme_evening_and_sees_what_families_want(town):
    as_(town.amira).post(page("topic_wish", town.first.pk, "screens"))
    contact = as_(town.jurgita)
    shown = contact.get(page("theme_draft", town.first.pk, "chores"))
    form = shown.context["form"]

    assert [row.proposal.kit for row in shown.context["wished"]] == ["screens"]
    assert (form.initial["kind"], form.initial["kit"]) == ("theme", "chores")
    assert str(BY_KEY["chores"].title) in form.initial["title"]
    assert as_(town.amira).get(page("theme_draft", town.first.pk, "chores")).status_code == 403
