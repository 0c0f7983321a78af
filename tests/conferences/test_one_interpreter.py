"""A home that chooses times for several children says once which interpreter it needs, and can change it for each talk."""

import pytest
from django.urls import reverse

from conferences import actions
from conferences.models import Conference, InterpreterRequest
from portal.people.models import Household
from tests import make
from tests.ground import once
from tests.pages import as_


@once
def ali(amina, school_class, round, teacher, conference):
    brother = make.pupil("Ali", "Warsame", in_class=school_class)
    make.confirmed(amina, brother)
    return make.conference(round, brother, teacher)


@once
def times(round, teacher):
    return [make.slot(round, teacher, hour=hour, minute=minute) for hour in (8, 10, 12) for minute in (0, 25)]


@pytest.fixture
def browser(amina, ali, times):
    return as_(amina)


@once
def page(round):
    return reverse("conferences:family_book", args=[round.pk])


def press(browser, page, talk, slot, **more):
    return browser.post(page, {"conference": talk.pk, "slot": slot.pk, **more})


def current(answer):
    shown = answer.context["page"]
    return [talk.conference for talk in shown.current], shown.interpreter


def test_the_next_child_has_the_same_interpreter_until_the_home_says_otherwise(browser, page, times):
    (first,), interpreter = current(browser.get(page))
    assert interpreter == ""
    press(browser, page, first, times[0], interpreter="so")

    after = browser.get(page)
    (second,), interpreter = current(after)
    assert (second != first, interpreter) == (True, "so")
    assert "interpreter=no" in after.content.decode()

    press(browser, page, second, times[2], interpreter="no")
    assert list(InterpreterRequest.objects.values_list("conference", "language")) == [(first.pk, "so")]


def test_both_talks_get_it_when_nothing_is_changed(browser, page, times):
    (first,), _none = current(browser.get(page))
    press(browser, page, first, times[0], interpreter="so")
    tapped = browser.get(page, {"time": f"{the_second(browser, page)}-{times[2].pk}"}).content.decode()
    assert 'name="interpreter" value="so"' in tapped

    press(browser, page, Conference.objects.get(pk=the_second(browser, page)), times[2], interpreter="so")

    assert sorted(InterpreterRequest.objects.values_list("language", flat=True)) == ["so", "so"]


def the_second(browser, page):
    return current(browser.get(page))[0][0].pk


def test_no_interpreter_this_time_is_said_once_too(browser, page, times, amina):
    Household.objects.filter(pk=amina.household_id).update(interpreter_language="so")
    (first,), _so = current(browser.get(page))

    onwards = press(browser, page, first, times[0], interpreter="no")

    assert onwards.url == f"{page}?interpreter=no"
    assert current(browser.get(onwards.url))[1] == ""


def test_what_another_home_asks_for_is_its_own(browser, page, times, nora, yusuf, conference):
    actions.book(conference, by=yusuf, slot=times[0], language="so")

    assert current(browser.get(page))[1] == ""


def test_a_talk_that_is_moved_keeps_what_it_has(browser, page, times):
    (first,), _none = current(browser.get(page))
    press(browser, page, first, times[0])
    press(browser, page, Conference.objects.get(pk=the_second(browser, page)), times[2], interpreter="so")

    assert current(browser.get(page, {"talk": first.pk}))[1] == ""
