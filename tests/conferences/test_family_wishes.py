"""Wishes, requests for other times, a talk for each home: who may, what is refused, what the other home sees."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSetting,
    Hold,
    NotNow,
    Preparation,
    TimeRequest,
    TimeWish,
)
from conferences.queries.times import times_of
from portal.ledger.models import Event
from portal.people.hats import PARENT, Hat
from tests import make
from tests.ground import once
from tests.pages import todos_of


@once
def stranger(school_class):
    return make.family(school_class, pupil_name="Iver", adult_name="Ola")[1]


@once
def early(round):
    """Booking has not opened yet, and families may say what suits them."""
    later = timezone.now() + timedelta(days=2)
    ConferenceRound.objects.filter(pk=round.pk).update(opens_at=later, wishes_by=later - timedelta(days=1))
    round.refresh_from_db()
    return round


def test_say_wish_records(conference, amina, early):
    wish = actions.say_wish(early, by=amina, times=["2026-11-10 evening"], cannot_move=True)
    assert wish.household == amina.household
    assert Event.objects.get(verb="conferences.wish_said").subject_id == str(early.pk)


def test_saying_it_again_changes_it(conference, amina, early):
    actions.say_wish(early, by=amina, times=["2026-11-10 evening"])
    actions.say_wish(early, by=amina, times=[])
    assert TimeWish.objects.get().times == []


def test_say_wish_refuses_when_it_is_too_late(conference, amina, round):
    with pytest.raises(NotNow):
        actions.say_wish(round, by=amina, times=[])


def test_say_wish_denies_strangers(conference, stranger, early):
    with pytest.raises(PermissionDenied):
        actions.say_wish(early, by=stranger, times=[])


def test_what_suits_comes_first(conference, amina, early, teacher, slot):
    evening = make.slot(early, teacher, hour=19)
    day = f"{evening.starts_at.astimezone(early.school.zone):%Y-%m-%d}"
    morning = make.slot(early, teacher, hour=8)
    actions.say_wish(early, by=amina, times=[f"{day} morning"])
    assert [time.slot for time in times_of(conference, household=amina.household).best] == [morning]


def test_the_other_home_does_not_see_a_wish(conference, amina, yusuf, early, client):
    actions.say_wish(early, by=amina, times=[], note="Nattevakt")
    assert not TimeWish.objects.visible_to(yusuf).exists()
    client.force_login(yusuf)
    assert "Nattevakt" not in client.get(reverse("conferences:wish_edit", args=[early.pk])).content.decode()


def test_wish_edit_saves_what_is_ticked(client, conference, amina, early, slot):
    client.force_login(amina)
    path = reverse("conferences:wish_edit", args=[early.pk])
    value = client.get(path).context["form"].fields["times"].choices[0][0]
    client.post(path, {"times": [value], "cannot_move": "on", "note": "x"})
    assert TimeWish.objects.get().times == [value]
    forged = client.post(path, {"times": ["2026-11-10 midnight"]})
    assert forged.status_code == 200
    assert TimeWish.objects.get().times == [value]


def test_wish_edit_is_not_found_for_strangers(client, conference, stranger, early):
    client.force_login(stranger)
    assert client.get(reverse("conferences:wish_edit", args=[early.pk])).status_code == 404


def test_ask_for_times_records(conference, amina):
    asked = actions.ask_for_times(conference, by=amina, text="After 17")
    actions.ask_for_times(conference, by=amina, text="After 18", call_me=True)
    asked.refresh_from_db()
    assert (asked.text, asked.call_me) == ("After 18", True)
    assert Event.objects.filter(verb="conferences.times_requested").count() == 2


def events(verb):
    return Event.objects.filter(verb=f"conferences.{verb}").count()


@once
def long_slot(slot, round, teacher):
    """A slot with a free one after it, for an interpreter."""
    make.slot(round, teacher, minute=20)
    return slot


def test_a_wish_said_three_times_is_said_once(conference, amina, early):
    for _press in range(3):
        actions.say_wish(early, by=amina, times=[], note="After work")

    assert events("wish_said") == 1


def test_what_is_pressed_three_times_is_told_once(conference, amina, long_slot):
    make.booked(conference, by=amina, at=long_slot)
    for _press in range(3):
        actions.ask_for_times(conference, by=amina, text="Mondays")
        actions.arrange(conference, by=amina, mode="phone", note="hei", language="so")

    assert [events(verb) for verb in ("times_requested", "talk_arranged")] == [1, 1]


@pytest.mark.parametrize("changed", [{"mode": "video"}, {"note": "Hello"}, {"language": "ar"}, {"language": ""}])
def test_a_talk_held_in_another_way_is_told(conference, amina, long_slot, changed):
    make.booked(conference, by=amina, at=long_slot)
    said = {"mode": "phone", "note": "hei", "language": "so"}
    actions.arrange(conference, by=amina, **said)
    actions.arrange(conference, by=amina, **(said | changed))

    assert events("talk_arranged") == 2


def test_ask_for_times_refuses_when_the_talk_is_over(conference, amina):
    Conference.objects.filter(pk=conference.pk).update(state="held", ended_at=timezone.now())
    with pytest.raises(NotNow):
        actions.ask_for_times(conference, by=amina, text="After 17")


def test_ask_for_times_denies_strangers(conference, stranger):
    with pytest.raises(PermissionDenied):
        actions.ask_for_times(conference, by=stranger, text="After 17")


def test_the_other_home_does_not_see_a_request(conference, amina, yusuf):
    actions.ask_for_times(conference, by=amina, text="After 17")
    assert TimeRequest.objects.visible_to(amina).exists()
    assert not TimeRequest.objects.visible_to(yusuf).exists()


def test_booking_answers_the_own_request(conference, amina, yusuf, slot):
    actions.ask_for_times(conference, by=amina, text="After 17")
    actions.ask_for_times(conference, by=yusuf, text="In the morning")
    actions.book(conference, by=amina, slot=slot)
    assert TimeRequest.objects.waiting().get().household == yusuf.household


def test_none_fit_asks_for_words_or_a_call(client, conference, amina):
    client.force_login(amina)
    path = reverse("conferences:none_fit", args=[conference.pk])
    said = client.get(path).content.decode()
    assert f"Lærer {conference.teacher} finner" in said
    assert f"Lærer {conference.teacher.given_name}" in said  # never read as the child
    assert client.post(path, {"text": ""}).context["form"].errors
    assert client.post(path, {"text": "", "call_me": "on"}).status_code == 302
    assert TimeRequest.objects.get().call_me


# A talk for each home


def test_ask_separate_gives_each_home_its_own(conference, amina, yusuf, slot):
    make.booked(conference, by=amina, at=slot)
    actions.ask_for_times(conference, by=yusuf, text="In the morning")
    Preparation.objects.create(conference=conference, part="guardian", household=yusuf.household, by=yusuf)
    own = actions.ask_separate(conference, by=yusuf)
    assert own.home == yusuf.household
    assert Conference.objects.of_guardian(amina).get().pk == conference.pk
    assert Conference.objects.of_guardian(yusuf).get() == own
    assert Booking.objects.get().conference_id == conference.pk
    assert not Hold.objects.filter(household=yusuf.household).exists()
    assert (TimeRequest.objects.get().conference, Preparation.objects.get().conference) == (own, own)
    assert Event.objects.get(verb="conferences.talks_separated").details["household"] == yusuf.household_id


def test_then_both_homes_book_their_own(conference, amina, yusuf, slot, round, teacher):
    own = actions.ask_separate(conference, by=yusuf)
    actions.book(own, by=yusuf, slot=slot)
    other = Conference.objects.of_guardian(amina).get()
    actions.book(other, by=amina, slot=make.slot(round, teacher, hour=18))
    assert Booking.objects.count() == 2


def test_ask_separate_refuses_one_home(conference, amina):
    with pytest.raises(NotNow):
        actions.ask_separate(conference, by=amina)


def test_ask_separate_refuses_a_talk_that_is_over(conference, amina, yusuf):
    Conference.objects.filter(pk=conference.pk).update(state="held", ended_at=timezone.now())
    with pytest.raises(NotNow):
        actions.ask_separate(conference, by=amina)


def test_ask_separate_denies_when_the_school_does_not_offer_it(conference, amina, yusuf, school):
    ConferenceSetting.objects.create(school=school, minutes=20, separate_talks=False)
    with pytest.raises(PermissionDenied):
        actions.ask_separate(conference, by=amina)


def test_ask_separate_denies_strangers_and_what_is_separate(conference, amina, yusuf, stranger):
    with pytest.raises(PermissionDenied):
        actions.ask_separate(conference, by=stranger)
    own = actions.ask_separate(conference, by=amina)
    with pytest.raises(PermissionDenied):
        actions.ask_separate(own, by=amina)


def test_separate_ask_page(client, conference, amina, yusuf):
    client.force_login(amina)
    path = reverse("conferences:separate_ask", args=[conference.pk])
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    assert Conference.objects.count() == 2
    client.force_login(yusuf)
    assert client.get(reverse("conferences:conference_show", args=[conference.pk])).status_code == 404


# What waits


def titles(person):
    return [todo.url for todo in todos_of(Hat(person, PARENT))]


def test_a_parent_is_asked_to_choose_until_it_is_done(conference, amina, slot, round):
    assert reverse("conferences:family_book", args=[round.pk]) in titles(amina)
    make.booked(conference, by=amina, at=slot)
    assert reverse("conferences:family_book", args=[round.pk]) not in titles(amina)


def test_a_parent_is_not_asked_when_it_is_not_necessary(conference, amina, round):
    Conference.objects.filter(pk=conference.pk).update(wanted="not_needed")
    assert titles(amina) == []


def test_a_parent_is_told_of_offers_and_wishes(conference, amina, early, teacher):
    assert titles(amina) == [reverse("conferences:wish_edit", args=[early.pk])]
    make.slot(early, teacher, reserved_for=conference)
    actions.say_wish(early, by=amina, times=[])
    assert titles(amina) == [f"{reverse('conferences:family_book', args=[early.pk])}?talk={conference.pk}"]
