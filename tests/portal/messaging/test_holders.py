"""A link that is forwarded, or opened in the browser of somebody else."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from conferences.models import Booking, TimeRequest
from conferences.notices.rounds import BOOK
from networks.models import Rsvp
from networks.notices.letters import ANSWER
from portal.ledger.models import Event
from portal.messaging.links import link_for
from portal.messaging.models import PersonalLink, Preference
from portal.people import actions as people
from portal.people.models import Person, Role, the_portal
from tests import make
from tests.ground import once
from tests.pages import as_, text

pytestmark = pytest.mark.django_db

DETAILS = {"adults": "2", "siblings": "0", "lift": "none"}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@once
def town():
    """Ada and her twin go to 3B; Ben is of another family there, and Bo is their other home."""
    school = make.school("Lia skole")
    in_class = make.school_class("3B", at=school)
    ada = make.pupil("Ada", "Vik", in_class=in_class)
    twin = make.pupil("Ulla", "Vik", in_class=in_class)
    amira = make.guardian("Amira", "Vik", of=[ada, twin], language="en")
    partner = make.person("Pil", household=amira.household)
    bo = make.guardian("Bo", of=[ada, twin], language="en")
    _ola, ben = make.family(in_class, pupil_name="Ola", adult_name="Ben", family_name="Dahl")
    make.role(ben, Role.Kind.CLASS_CONTACT, in_class)
    teacher = make.holder(Role.Kind.CONTACT_TEACHER, in_class, "Anne", "Berg")
    round = make.round(in_class)
    return SimpleNamespace(
        amira=amira,
        partner=partner,
        bo=bo,
        ben=ben,
        ada=ada,
        gathering=make.published(in_class, by=ben),
        talk=make.conference(round, ada, teacher),
        slot=make.slot(round, teacher),
        round=round,
    )


def path(person, subject, purpose):
    return urlsplit(link_for(person, subject, purpose=purpose).url()).path


def answer_link(town):
    return path(town.amira, town.gathering, ANSWER), {"answer": "yes"}, Rsvp.objects.filter


def book_link(town):
    pressed = {"conference": town.talk.pk, "slot": town.slot.pk}
    return path(town.amira, town.round, BOOK), pressed, Booking.objects.filter


def choices_link(town):
    times = {"quiet_from": "21:00", "quiet_until": "07:00"}
    chosen = dict.fromkeys(("invitations", "reminders", "news", "decisions", "tasks"), "email")
    return (
        path(town.amira, town.amira, "messaging.preferences"),
        {**chosen, **times, "digest": "none"},
        Preference.objects.filter,
    )


def first(press):
    """The first press on a new device, after it has been said for whom."""
    return {**press, "go_on": "1"}


LINKS = pytest.mark.parametrize("kind", [answer_link, book_link, choices_link], ids=lambda kind: kind.__name__)


@LINKS
def test_a_link_saves_nothing_for_others_than_who_is_signed_in_until_they_say_so(town, kind):
    link, press, saved = kind(town)
    client, events = as_(town.ben), Event.objects.count()

    asked = client.get(link)
    pressed = client.post(link, press)

    for answer in (asked, pressed):
        assert answer.status_code == 200
        assert "You are signed in as Ben Dahl" in text(answer)
    assert "Nothing is saved yet" in text(pressed)
    assert not saved().exists()
    assert Event.objects.count() == events
    assert not PersonalLink.objects.filter(opened_at__isnull=False).exists()


def test_one_goes_on_only_explicitly_and_then_what_was_pressed_is_saved(town):
    link, press, saved = answer_link(town)
    client = as_(town.ben)
    pressed = client.post(link, press).content.decode()
    assert 'name="answer" value="yes"' in pressed

    client.post(link, {**press, "go_on": "1"})

    assert [rsvp.household for rsvp in saved()] == [town.amira.household]
    assert "You answer for the family of Ada and Ulla (3B)" in text(client.get(link))
    other = path(town.bo, town.gathering, ANSWER)
    assert "You are signed in as" in text(client.get(other))  # one link, not all of them


@LINKS
def test_going_on_leads_to_the_page_of_the_link(town, kind):
    link, _press, _saved = kind(town)
    client = as_(town.ben)

    gone_on = client.post(link, {"go_on": "1"})

    assert gone_on.url == link
    assert "You are signed in as" not in text(client.get(link))


def test_a_stranger_is_told_whose_link_it_is_and_nothing_else(town):
    link, _press, _saved = answer_link(town)

    asked = text(as_(town.ben).get(link))

    assert "This link is for the family of Ada and Ulla (3B)" in asked
    for word in ("Vik", "Amira", "Bonfire", "The shelter"):
        assert word not in asked


@pytest.mark.parametrize("kind", [answer_link, book_link])
def test_the_link_of_a_protected_family_names_nobody(town, kind):
    people.protect_address(town.amira, by=the_portal(), grade="strict", alias="Furu")
    link, _press, _saved = kind(town)

    asked = text(as_(town.ben).get(link))

    assert "This link is for somebody else" in asked
    for word in ("Ada", "Ulla", "3B", "Furu", "protected"):
        assert word not in asked.replace("Ben Dahl", "")


def test_the_other_home_reads_the_same_question_whether_or_not_the_first_is_protected(town):
    link, _press, _saved = answer_link(town)
    before = text(as_(town.bo).get(link))

    people.protect_address(town.amira, by=the_portal(), grade="strict")

    assert text(as_(town.bo).get(link)) == before
    assert "the family of Ada and Ulla (3B)" in before


def test_the_question_speaks_the_readers_language(town):
    link, _press, _saved = answer_link(town)
    Person.objects.filter(pk=town.ben.pk).update(language="nb")
    client = Client()
    client.force_login(town.ben)

    assert "This link" not in text(client.get(link))


@pytest.mark.parametrize("who", ["amira", "partner"])
def test_the_own_home_is_not_asked(town, who):
    link, press, saved = answer_link(town)

    as_(getattr(town, who)).post(link, press)

    assert saved().exists()


def test_the_choices_of_one_are_not_those_of_the_other_at_home(town):
    link, _press, _saved = choices_link(town)

    assert "You are signed in as" in text(as_(town.partner).get(link))


def test_that_a_stranger_opened_it_is_not_written_down(town):
    link = link_for(town.amira, town.gathering, purpose=ANSWER)

    answer = as_(town.ben).post(link.opened_path)

    link.refresh_from_db()
    assert (answer.status_code, link.opened_at) == (204, None)


def test_a_tap_that_changes_the_page_leads_a_stranger_to_the_question(town):
    link, press, saved = book_link(town)

    answer = as_(town.ben).post(link, press, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == link
    assert not saved().exists()


# A new device, without cookies and without a script


def test_one_is_told_for_whom_before_and_what_after_without_any_cookie(town):
    link, press, saved = answer_link(town)

    before = text(Client().get(link))
    asked = text(Client(enforce_csrf_checks=True).post(link, press))
    assert not saved().exists()
    Client(enforce_csrf_checks=True).post(link, {**press, "go_on": "1"})
    after = text(Client().get(link))

    assert "Nothing is saved yet" in asked
    assert "You answer for the family of Ada and Ulla (3B), at home with Amira" in asked
    assert before.index("You answer for the family of Ada and Ulla (3B)") < before.index("Yes, we are coming")
    assert "“We are coming” is saved for Ada and Ulla" in after
    assert saved().exists()


def test_a_get_saves_nothing(town):
    for kind in (answer_link, book_link, choices_link):
        link, press, saved = kind(town)
        Client().get(link, press)
        assert not saved().exists()


def test_a_time_is_booked_without_any_cookie_and_said_in_words(town):
    link, press, saved = book_link(town)

    before = text(Client().get(link))
    Client(enforce_csrf_checks=True).post(link, press)

    assert "You choose for the family of Ada" in before
    assert saved().exists()
    assert "A time is booked for Ada" in text(Client().get(link))


def test_the_page_of_a_protected_familys_link_names_nobody_before_or_after(town):
    people.protect_address(town.amira, by=the_portal(), grade="strict")
    link, press, _saved = answer_link(town)
    client = Client()

    before = text(client.get(link)) + text(client.post(link, press))
    client.post(link, first(press))
    after = text(client.get(link))

    assert "You answer for the family that got this link" in before
    assert "Your answer is saved" in after
    assert not any(name in before + after for name in ("Ada", "Ulla", "Vik", "Amira"))


def test_a_protected_familys_link_takes_the_answer_and_details_are_told_by_who_signs_in(town):
    people.protect_address(town.amira, by=the_portal(), grade="strict")
    link, press, saved = answer_link(town)
    client = Client()
    client.post(link, first(press))
    before = saved().values("adults", "siblings", "lift", "food").get()

    shown = text(client.post(link, {**DETAILS, "adults": "3"}))

    assert "Sign in to see it" in shown
    assert {pupil.given_name for pupil in saved().get().pupils.all()} == {"Ada", "Ulla"}
    assert saved().values("adults", "siblings", "lift", "food").get() == before


def test_what_a_home_eats_is_shown_again_only_where_it_was_written(town):
    link, press, _saved = answer_link(town)
    own, other = Client(), Client()
    own.post(link, first(press))
    own.post(link, {**DETAILS, "food": "no shellfish", "message": "a ramp, please"})

    assert "no shellfish" in own.get(link).content.decode()
    forwarded = other.get(link).content.decode()

    assert "no shellfish" not in forwarded
    assert "a ramp" not in forwarded
    assert "It is not shown in this browser" in text(other.get(link))
    assert "no shellfish" in as_(town.amira).get(link).content.decode()


def test_saving_in_another_browser_keeps_what_it_does_not_show_and_shows_it_no_more(town):
    link, press, saved = answer_link(town)
    Client().post(link, first(press))
    Client().post(link, first({**DETAILS, "food": "no shellfish", "message": ""}))
    other = Client()

    other.post(link, first({**DETAILS, "adults": "1", "food": "", "message": "We bring cake"}))

    assert [(rsvp.adults, rsvp.food, rsvp.message) for rsvp in saved()] == [(1, "no shellfish", "We bring cake")]
    assert "no shellfish" not in other.get(link).content.decode()


def test_a_page_says_the_same_of_hidden_words_whether_or_not_there_are_any(town):
    link, press, saved = answer_link(town)
    Client().post(link, first(press))
    without = text(Client().get(link))

    saved().update(food="no shellfish")

    assert text(Client().get(link)) == without


def test_the_cookie_of_what_was_written_goes_to_this_link_alone_and_tells_nothing(town):
    link, press, _saved = answer_link(town)
    client = Client()
    client.post(link, first(press))

    answer = client.post(link, {**DETAILS, "food": "no shellfish", "message": ""})

    (cookie,) = [one for name, one in answer.cookies.items() if name.startswith("written_")]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (link, True, "Lax")
    assert "fish" not in cookie.value


def test_a_forged_cookie_shows_nothing(town):
    link, press, saved = answer_link(town)
    Client().post(link, first(press))
    saved().update(food="no shellfish")
    client = Client()
    client.cookies[f"written_{PersonalLink.objects.get().pk}"] = "x.y." + "0" * 32

    assert "no shellfish" not in client.get(link).content.decode()


def test_a_word_to_the_teacher_is_shown_again_only_where_it_was_written(town):
    link, _press, saved = book_link(town)
    make.booked(town.talk, by=town.amira, at=town.slot, note="She is ill")
    talk = f"{link}talks/{town.talk.pk}/"
    client = Client()

    assert "She is ill" not in client.get(talk).content.decode()
    client.post(talk, {"mode": "phone", "language": "", "note": ""})
    assert saved().get().note == "She is ill"
    assert saved().get().mode == "phone"
    client.post(talk, {"mode": "phone", "language": "", "note": "She is well"})
    assert "She is well" in client.get(talk).content.decode()
    assert "She is well" not in Client().get(talk).content.decode()


def test_when_a_home_can_come_is_shown_again_only_where_it_was_written(town):
    link, _press, _saved = book_link(town)
    none = f"{link}talks/{town.talk.pk}/none/"
    client = Client()

    client.post(none, {"text": "After the hospital"})

    assert TimeRequest.objects.get().text == "After the hospital"
    assert "After the hospital" in client.get(none).content.decode()
    assert "After the hospital" not in Client().get(none).content.decode()


def test_a_no_and_a_maybe_are_said_for_both_twins_as_well(town):
    link, _press, _saved = answer_link(town)
    for answer, words in (("no", "We cannot come"), ("maybe", "Maybe")):
        Client().post(link, first({"answer": answer}))
        assert f"“{words}” is saved for Ada and Ulla" in text(Client().get(link))


def test_signed_in_the_same_words_are_said(town):
    client = as_(town.amira)
    shown = reverse("networks:gathering_show", args=[town.gathering.pk])

    client.post(shown, {"answer": "yes"})

    assert "“We are coming” is saved for Ada and Ulla" in text(client.get(shown))
