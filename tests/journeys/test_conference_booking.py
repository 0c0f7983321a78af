"""A parent with two children books both from the link in the e-mail: on a phone, four taps, under half a minute."""

import time

import pytest
from playwright.sync_api import expect

from conferences.models import Booking, Conference
from portal.messaging.links import link_for
from tests import make
from tests.journeys.conftest import enter, look

pytestmark = pytest.mark.django_db(transaction=True)

MOST_SECONDS = 30
MOST_TAPS = 4


@pytest.fixture
def evening(db):
    school = make.school("Bjørkåsen skole")
    third, fifth = make.school_class("3B", at=school, grades=(3,)), make.school_class("5A", at=school, grades=(5,))
    nora, elias = make.pupil("Nora", "Warsame", in_class=third), make.pupil("Elias", "Warsame", in_class=fifth)
    amina = make.guardian("Amina", "Warsame", of=[nora, elias], language="en")
    anne = make.holder("contact_teacher", third, "Anne", "Bjørnstad")
    per = make.holder("contact_teacher", fifth, "Per", "Dalland")
    round = make.round(third, fifth)
    for teacher in (anne, per):
        for day in (15, 16):
            for place in range(6):
                make.slot(round, teacher, days=day, hour=16 + place // 2, minute=30 * (place % 2))
    make.conference(round, nora, anne)
    make.conference(round, elias, per)
    iver, ola = make.family(third, pupil_name="Iver", adult_name="Ola", family_name="Nordlie")
    make.booked(make.conference(round, iver, anne), by=ola, at=round.slots.filter(teacher=anne)[3])
    return amina, round


def test_two_children_in_four_taps_and_half_a_minute(visit, evening):
    amina, round = evening
    page, taps, errors = visit("phone"), [], []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def tap(target):
        taps.append(target)
        target.click()

    page.goto(link_for(amina, round, purpose="conferences.book").url())
    began = time.monotonic()
    tap(page.locator("button.sb-slot").nth(1))
    page.locator(".sb-bar button").wait_for()
    tap(page.locator(".sb-bar button"))
    page.get_by_role("heading", name="Fits together with Elias").wait_for()
    tap(page.locator("button.sb-slot--wide").first)
    page.locator(".sb-bar button").wait_for()
    tap(page.locator(".sb-bar button"))
    page.get_by_role("heading", name="Everything is booked").wait_for()
    assert time.monotonic() - began < MOST_SECONDS
    assert (len(taps) <= MOST_TAPS, errors) == (True, [])
    first, second = Booking.objects.filter(booked_by=amina).order_by("starts_at")
    assert (second.starts_at - first.ends_at).total_seconds() <= 45 * 60


def test_who_goes_back_sees_what_has_become_of_it(visit, live_server, evening):
    amina, _round = evening
    page = visit("phone", whole=True)
    enter(page, amina, live_server.url)
    page.goto("/conferences/")
    expect(page.locator("main").get_by_text("Choose a time")).to_have_count(2)
    page.locator("main .sb-rowlink", has_text="Nora").click()
    page.locator("button.sb-slot").nth(1).click()
    page.locator(".sb-bar button").click()
    page.get_by_role("heading", name="Fits together with Nora").wait_for()
    while not page.url.endswith("/conferences/"):
        page.go_back()

    expect(page.locator("main").get_by_text("Choose a time")).to_have_count(1)


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_every_page_on_the_way_is_whole(visit, evening, kind):
    amina, round = evening
    page = visit(kind)
    page.goto(link_for(amina, round, purpose="conferences.book").url())
    look(page)
    page.locator("button.sb-slot").nth(1).click()
    page.locator(".sb-bar button").wait_for()
    look(page)
    expect(page.locator("button[aria-pressed=true]").first).to_be_visible()
    page.locator(".sb-bar button").click()
    page.get_by_role("heading", name="Fits together with Elias").wait_for()
    look(page)
    page.get_by_role("link", name="None of these times fit").click()
    look(page)
    page.fill("[name=text]", "After 17")
    page.locator("main form .ds-button").first.click()
    look(page)
    booked = Conference.objects.get(booking__booked_by=amina)
    page.goto(f"{link_for(amina, round, purpose='conferences.book').url()}talks/{booked.pk}/")
    look(page)
    page.get_by_role("link", name="Give up the time").click()
    look(page)


def test_without_script_it_is_two_pages_a_child(visit, evening):
    amina, round = evening
    page = visit("phone", java_script_enabled=False)
    page.goto(link_for(amina, round, purpose="conferences.book").url())
    page.locator("button.sb-slot").first.click()
    page.locator(".sb-bar button").click()
    assert Booking.objects.filter(conference__pupil__given_name="Elias").exists()


def test_an_interpreter_is_asked_for_from_the_link_before_a_time_is_chosen(visit, evening):
    """Tapped through with htmx: the language stays from tap to tap, is booked with the talk, and is asked for with the next
    child without being said again."""
    amina, round = evening
    for talk in round.conferences.filter(booking=None):
        for minute in (0, 25, 50):
            make.slot(round, talk.teacher, days=17, hour=16, minute=minute)
    page = visit("phone")
    page.goto(link_for(amina, round, purpose="conferences.book").url())
    page.get_by_role("link", name="Do you need an interpreter?").click()
    look(page)
    page.get_by_label("Which language?").select_option("so")
    page.get_by_role("button", name="Show the times with an interpreter").click()
    page.get_by_text("An interpreter in Somali comes too").wait_for()
    page.locator("button.sb-slot").nth(0).click()
    page.get_by_role("button", name="Book 16:00").wait_for()
    page.locator("button.sb-slot").nth(1).click()
    page.get_by_role("button", name="Book 16:25").wait_for()
    look(page)
    page.locator(".sb-bar button").click()
    page.get_by_role("link", name="Elias").wait_for()
    expect(page.get_by_text("An interpreter in Somali comes too")).to_be_visible()
    booking = Booking.objects.get(booked_by=amina)
    assert booking.conference.interpreters.get().language == "so"
    assert booking.ends_at - booking.starts_at >= 2 * (booking.slot.ends_at - booking.slot.starts_at)


def test_a_time_lost_in_the_meantime_is_told_with_what_is_free(visit, evening):
    amina, round = evening
    page = visit("phone")
    page.goto(link_for(amina, round, purpose="conferences.book").url())
    page.locator("button.sb-slot").first.click()
    page.locator(".sb-bar button").wait_for()
    elias = Conference.objects.get(pupil__given_name="Elias")
    child, adult = make.family(elias.school_class, pupil_name="Liv", adult_name="Siv", family_name="Moe")
    first = round.slots.filter(teacher=elias.teacher).earliest("starts_at")
    make.booked(make.conference(round, child, elias.teacher), by=adult, at=first)
    page.locator(".sb-bar button").click()
    page.get_by_role("heading", name="Free times close to it").wait_for()
    look(page)
    page.locator("button.sb-slot--wide").first.click()
    page.locator(".sb-bar button").click()
    page.get_by_role("heading", name="Fits together with Elias").wait_for()


def test_with_the_keyboard_alone_one_stands_on_what_one_chose_and_hears_it_once(visit, evening):
    amina, round = evening
    page = visit("phone")
    page.goto(link_for(amina, round, purpose="conferences.book").url())
    told, standing = page.locator("#spoken"), page.locator(":focus")

    page.locator("button.sb-slot").nth(1).focus()
    page.keyboard.press("Enter")
    page.locator(".sb-bar button").wait_for()
    expect(standing).to_have_attribute("aria-pressed", "true")
    expect(told).to_contain_text("Elias with Per Dalland")
    expect(page.locator(".sb-bar [role=status]")).to_have_count(0)

    reach(page, page.locator(".sb-bar button"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Fits together with Elias").wait_for()
    expect(standing).to_have_text("Choose a time to talk")
    expect(told).to_have_text("A time is booked for Elias.")


def reach(page, wanted):
    for _press in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("never came there with Tab alone")
