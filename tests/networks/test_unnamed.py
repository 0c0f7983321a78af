"""A home at a protected address says by its link what other homes can say, and its page tells nobody what it was."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import translation

from networks.models import Rsvp
from networks.notices.letters import ANSWER
from portal.messaging.links import link_for
from portal.people import actions as people
from portal.people.models import the_portal
from tests.networks.test_pages import page
from tests.pages import as_, text

NEEDS = {"adults": "2", "lift": "need", "food": "halal", "message": "We bring a trumpet"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def link(town, bonfire):
    people.protect_address(town.amira, by=the_portal(), grade="strict", alias="Furu")
    return urlsplit(link_for(town.amira, bonfire, purpose=ANSWER).url()).path


def press(link, answer="yes", **said):
    client = Client()
    client.cookies["django_language"] = "en"
    return client.post(link, {"answer": answer, "go_on": "1", **said}, follow=True)


def rsvp(town):
    return Rsvp.objects.get(household=town.amira.household)


def test_food_a_lift_and_how_many_are_said_with_the_answer_in_one_tap(town, link):
    press(link, **NEEDS)

    said = rsvp(town)
    assert (said.answer, said.adults, said.lift, said.food) == ("yes", 2, "need", "halal")
    assert said.message == "We bring a trumpet"


def test_the_page_shows_nothing_of_it_and_what_is_left_empty_stays(town, link):
    press(link, **NEEDS)

    shown = press(link, "maybe", food="", adults="3")

    said = rsvp(town)
    assert (said.answer, said.adults, said.lift, said.food) == ("maybe", 3, "need", "halal")
    assert not any(word in shown.text for word in ("halal", "trumpet", "Amira", "Nora", "Furu", 'value="3"'))
    assert shown.context["form"].initial == {}
    assert "trumpet" not in Client().get(link).text


def test_organisers_read_what_is_needed_without_a_name(town, bonfire, link):
    press(link, **NEEDS)

    board = text(as_(town.jurgita).get(page("gathering_organise", bonfire.pk)))

    assert "halal" in board
    assert not any(name in board for name in ("Amira", "Nora", "Warsame"))


def test_a_home_that_cannot_come_leaves_a_word_and_no_more(town, link):
    press(link, "no", **NEEDS)

    said = rsvp(town)
    assert (said.answer, said.food or "", said.message) == ("no", "", "We bring a trumpet")


def test_children_who_were_said_to_come_stay_and_neither_they_nor_a_part_of_town_are_asked_for(town, bonfire, link):
    press(link)
    rsvp(town).pupils.set([town.nora])

    press(link, food="vegetarian", pupils=[], area="Lia", lift="offer")

    assert list(rsvp(town).pupils.all()) == [town.nora]
    assert not rsvp(town).area
    assert 'name="pupils"' not in Client().get(link).text
    assert 'name="area"' not in Client().get(link).text


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(town, link):
    shown = press(link, food="halal", adults="many")

    assert "halal" in shown.text
    assert not Rsvp.objects.filter(household=town.amira.household).exists()


def test_what_was_typed_is_kept_when_it_is_refused_after_the_answer(town, bonfire, link):
    type(bonfire).objects.filter(pk=bonfire.pk).update(capacity=3)

    shown = press(link, **{**NEEDS, "adults": "9"})

    assert "We bring a trumpet" in text(shown)
    assert 'value="halal"' in shown.content.decode() or ">halal<" in shown.content.decode().replace("\n", "")
    assert shown.context["form"].non_field_errors()
    assert rsvp(town).answer == "yes"


def test_enter_in_a_field_answers_nothing_and_keeps_what_was_typed(link):
    shown = press(link, answer="", say="more", food="halal")

    assert "Nothing is saved yet" in text(shown)
    assert 'value="halal"' in shown.text
    assert not Rsvp.objects.exists()
