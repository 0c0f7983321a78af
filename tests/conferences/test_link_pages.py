"""Each page behind a personal link has an address of its own, where the link holds as it does on its first page; and an
address from before that leads there."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences.models import Booking, ConferenceRound, TimeRequest, TimeWish
from conferences.notices.rounds import BOOK
from conferences.views.ways import SIGNED_IN
from portal.messaging.links import FORGERIES_AN_HOUR, OPENINGS_A_MINUTE, link_for
from portal.messaging.models import PersonalLink
from portal.messaging.tokens import path_of, token_of
from portal.people.models import AddressProtection
from tests import make
from tests.ground import once
from tests.pages import as_, text

FURTHER = ("wish", *SIGNED_IN)
EACH = pytest.mark.parametrize("page", FURTHER)
SAID = {
    "wish": "What suits you?",
    "show": "Talk about Nora",
    "calendar": "BEGIN:VCALENDAR",
    "cancel": "Keep it",
    "none": "Send to the teacher",
    "swap": "Keep my time",
    "separate": "Have a talk of our own",
}
HELD = {"Cache-Control": "private, no-store", "Referrer-Policy": "same-origin"}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@once
def amina(nora):
    return make.guardian("Amina", "Warsame", of=nora, language="en")


@once
def talk(conference, amina, yusuf, slot, round):
    make.booked(conference, by=amina, at=slot)
    soon = timezone.now() + timedelta(days=1)
    ConferenceRound.objects.filter(pk=round.pk).update(wishes_by=soon)
    return conference


@once
def link(talk, amina, round):
    return link_for(amina, round, purpose=BOOK)


def at(link, page, talk, token=""):
    keys = [] if page == "wish" else [talk.pk]
    return reverse(f"conferences:{page}_link", args=[token or token_of(link), *keys])


def before(link, page, talk):
    return f"{path_of(link)}?do={page}" + ("" if page == "wish" else f"&talk={talk.pk}")


def says(answer):
    return {name: answer.headers.get(name) for name in HELD}


@EACH
def test_a_page_opens_at_its_own_address_without_signing_in_and_is_kept_by_nobody(link, talk, page):
    answer = Client().get(at(link, page, talk), follow=True)

    assert (answer.status_code, says(answer)) == (200, HELD)
    assert SAID[page] in answer.content.decode()
    assert "?do=" not in answer.content.decode()


@EACH
def test_an_earlier_address_leads_to_the_page_and_takes_along_what_was_pressed(link, talk, page):
    for send in (Client().get, Client().post):
        answer = send(before(link, page, talk))

        assert (answer.status_code, answer.url, says(answer)) == (308, at(link, page, talk), HELD)


@EACH
def test_an_earlier_address_leads_nowhere_when_the_link_is_worn_out_or_forged(link, talk, page):
    assert Client().get(before(link, page, talk).replace(token_of(link), "forged")).status_code == 404
    PersonalLink.objects.update(expires_at=timezone.now())

    assert Client().get(before(link, page, talk)).status_code == 410


def test_what_was_pressed_on_a_page_from_before_is_saved(link, talk, amina):
    browser = Client(enforce_csrf_checks=True)

    browser.post(before(link, "show", talk), {"mode": "phone", "language": "", "note": "We call"}, follow=True)
    browser.post(before(link, "wish", talk), {"times": [], "note": "Nights"}, follow=True)
    assert (Booking.objects.get().mode, Booking.objects.get().note) == ("phone", "We call")
    browser.post(before(link, "cancel", talk), follow=True)
    answer = browser.post(before(link, "none", talk), {"text": "Mondays"}, follow=True)

    assert TimeWish.objects.get().note == "Nights"
    assert not Booking.objects.exists()
    assert TimeRequest.objects.get().text == "Mondays"
    assert "The teacher is told" in text(answer)


def test_what_was_pressed_before_by_somebody_of_another_home_is_asked_first_and_then_saved(link, talk, yusuf):
    browser = as_(yusuf)
    pressed = {"mode": "phone", "language": "", "note": ""}

    assert "You are signed in as" in text(browser.post(before(link, "show", talk), pressed, follow=True))
    assert Booking.objects.get().mode != "phone"
    browser.post(before(link, "show", talk), {**pressed, "go_on": "1"}, follow=True)

    assert Booking.objects.get().mode == "phone"


@pytest.mark.parametrize("query", ["?do=", "?do=other", "?do=book", "?do=show_link"])
def test_an_address_that_never_was_is_the_first_page(link, query):
    assert "You choose for the family of Nora" in text(Client().get(path_of(link) + query))


@pytest.mark.parametrize("talk_named", ["", "x", "-1", "9" * 40, "1%00"])
def test_an_earlier_address_without_a_talk_is_not_there(link, talk, talk_named):
    answer = Client().get(f"{path_of(link)}?do=show&talk={talk_named}", follow=True)

    assert answer.status_code == 404


@EACH
def test_the_link_holds_on_each_page(link, talk, page, yusuf):
    own = at(link, page, talk)
    other = link_for(yusuf, yusuf, purpose="messaging.preferences")

    assert Client().get(at(link, page, talk, token="forged")).status_code == 404
    assert Client().get(at(other, page, talk)).status_code == 404
    assert "You are signed in as" in text(as_(yusuf).get(own))
    assert "You are signed in as" not in text(as_(link.person).get(own))
    PersonalLink.objects.update(rotation=2)
    assert Client().get(own).status_code == 410


def test_pages_below_a_link_are_counted_together(link, talk):
    answers = [Client().get(at(link, FURTHER[n % len(FURTHER)], talk)) for n in range(OPENINGS_A_MINUTE + 1)]

    assert {answer.status_code for answer in answers[:-1]} <= {200, 302}
    assert answers[-1].status_code == 429


def test_who_guesses_below_a_link_is_shut_out(db, talk):
    answers = [Client().get(at(None, "show", talk, token=f"forged{n}")) for n in range(FORGERIES_AN_HOUR + 1)]

    assert {answer.status_code for answer in answers[:-1]} == {404}
    assert answers[-1].status_code == 429


@EACH
def test_a_link_opens_no_page_about_anothers_talk(link, talk, page, round, school_class, teacher, amina):
    stranger, _adult = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    of_others = make.conference(round, stranger, teacher)
    of_another_round = make.conference(make.round(school_class), talk.pupil, teacher)
    extra = make.conference(None, talk.pupil, teacher, kind="extra")

    if page == "wish":
        assert Client().get(at(link_for(amina, extra, purpose=BOOK), page, extra)).status_code == 404
    else:
        for other in (of_others, of_another_round, extra):
            assert Client().get(at(link, page, other)).status_code == 404
            assert Client().post(at(link, page, other)).status_code in (404, 405)
        assert Client().get(at(link_for(amina, extra, purpose=BOOK), page, talk)).status_code == 404


def test_a_word_written_on_one_page_of_a_link_is_known_on_all_of_them(link, talk):
    browser = Client()
    answer = browser.post(at(link, "show", talk), {"mode": "phone", "language": "", "note": "Ill"})

    (cookie,) = [one for name, one in answer.cookies.items() if name.startswith("written_")]
    assert cookie["path"] == path_of(link)


def test_a_link_that_an_earlier_key_has_signed_is_kept_to_its_own_address(link, talk, settings):
    old = token_of(link)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 60, [settings.SECRET_KEY]
    browser, shown = Client(), at(link, "show", talk, token=old)

    answer = browser.post(shown, {"mode": "phone", "language": "", "note": "Ill"})

    assert answer.url == shown
    assert "Ill" in browser.get(shown).content.decode()
    assert token_of(link) not in browser.get(shown).content.decode()


def test_a_protected_familys_pages_lead_on_to_each_other_and_name_nobody(link, talk, nora):
    AddressProtection.objects.create(person=nora, grade="strict", valid_from=make.LONG_AGO)

    shown = Client().get(at(link, "show", talk))

    for page in ("calendar", "cancel"):
        assert f'href="{at(link, page, talk)}"' in shown.content.decode()
    assert "Nora" not in text(shown)
