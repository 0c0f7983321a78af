"""Two families swap, unnamed: both times change at once or neither does."""

from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from conferences import actions
from conferences.models import Booking, Conference, Hold, InterpreterRequest, NotNow, SlotTaken, Swap
from portal.actions import Refusal
from portal.ledger.models import Event
from portal.people.hats import PARENT, Hat
from tests import make
from tests.ground import once
from tests.pages import todos_of


@once
def mine(conference, amina, slot):
    return make.booked(conference, by=amina, at=slot)


@once
def ola(school_class):
    return make.family(school_class, pupil_name="Iver", adult_name="Ola", family_name="Nordlie")[1]


@once
def theirs(round, teacher, ola):
    child = ola.pupil_relations.get().pupil
    return make.booked(make.conference(round, child, teacher), by=ola, at=make.slot(round, teacher, hour=18))


@once
def swap(mine, theirs, amina):
    return actions.ask_swap(mine, by=amina, theirs=theirs.booking)


def times_by_talk():
    return dict(Booking.objects.values_list("conference", "slot"))


def test_ask_swap_records(swap, mine):
    event = Event.objects.get(verb="conferences.swap_asked")
    assert (event.subject_id, event.details["swap"]) == (str(mine.pk), swap.pk)


def test_ask_swap_refuses_a_second_question(swap, mine, amina, theirs):
    with pytest.raises(NotNow):
        actions.ask_swap(mine, by=amina, theirs=theirs.booking)


def test_ask_swap_refuses_without_a_time(conference, amina, theirs):
    with pytest.raises(NotNow):
        actions.ask_swap(conference, by=amina, theirs=theirs.booking)


def test_ask_swap_refuses_a_talk_with_an_interpreter(mine, theirs, amina, ola, round, teacher):
    make.slot(round, teacher, hour=18, minute=25)
    actions.arrange(theirs, by=ola, language="so")
    with pytest.raises(NotNow):
        actions.ask_swap(mine, by=amina, theirs=Booking.objects.get(conference=theirs))


def test_nobody_learns_from_a_swap_that_another_family_or_home_has_an_interpreter(client, mine, theirs, amina, ola):
    """Whether it makes the talk longer or not: no such time stands on the page, and the refusal does not say why."""
    InterpreterRequest.objects.create(
        conference=theirs, household=ola.household, language="so", state="confirmed", asked_by=ola
    )
    client.force_login(amina)
    address = reverse("conferences:swap_ask", args=[mine.pk])
    assert client.get(address).context["days"] == {}
    assert client.post(address, {"theirs": theirs.booking.pk}).status_code == 404
    with pytest.raises(NotNow) as refused:
        actions.ask_swap(mine, by=amina, theirs=theirs.booking)
    assert "interpreter" not in str(refused.value)


def test_ask_swap_denies_strangers_and_other_teachers(mine, theirs, ola, round, school_class, amina):
    with pytest.raises(PermissionDenied):
        actions.ask_swap(mine, by=ola, theirs=theirs.booking)
    other = make.holder("subject_teacher", school_class, "Per", "Regn")
    elsewhere = make.booked(make.conference(round, theirs.pupil, other), by=ola, at=make.slot(round, other, days=16))
    with pytest.raises(PermissionDenied):
        actions.ask_swap(mine, by=amina, theirs=elsewhere.booking)


def test_answer_swap_changes_both_at_once(swap, mine, theirs, ola):
    before = times_by_talk()
    answered = actions.answer_swap(swap, by=ola, accept=True)
    after = times_by_talk()
    assert (after[mine.pk], after[theirs.pk]) == (before[theirs.pk], before[mine.pk])
    assert (answered.key, answered.state) == (swap.key, Swap.State.DONE)
    for talk in (mine, theirs):
        held = Hold.objects.get(pupil=talk.pupil)
        assert held.during.lower == Booking.objects.get(conference=talk).starts_at
        assert Conference.objects.get(pk=talk.pk).sequence == talk.sequence + 1


def test_a_no_changes_nothing(swap, mine, theirs, ola):
    before = times_by_talk()
    assert actions.answer_swap(swap, by=ola, accept=False).state == Swap.State.DECLINED
    assert times_by_talk() == before


def test_answer_swap_denies_the_asker_and_strangers(swap, amina, school_class):
    for person in (amina, make.family(school_class, pupil_name="Per", adult_name="Liv")[1]):
        with pytest.raises(PermissionDenied):
            actions.answer_swap(swap, by=person, accept=True)


def test_the_question_is_withdrawn_when_one_moves(swap, mine, amina, ola, round, teacher):
    actions.book(mine, by=amina, slot=make.slot(round, teacher, hour=19))
    swap.refresh_from_db()
    assert swap.state == Swap.State.WITHDRAWN
    with pytest.raises(NotNow):
        actions.answer_swap(swap, by=ola, accept=True)


def test_withdraw_swap_records(swap, amina, ola):
    with pytest.raises(PermissionDenied):
        actions.withdraw_swap(swap, by=ola)
    actions.withdraw_swap(swap, by=amina)
    assert Event.objects.filter(verb="conferences.swap_withdrawn").exists()


def test_a_swap_that_would_put_somebody_in_two_talks_changes_nothing(swap, amina, ola, round, school, theirs):
    beside = make.school_class("5A", at=school, grades=(5,))
    elias = make.pupil("Elias", "Warsame", in_class=beside)
    make.confirmed(amina, elias)
    other = make.holder("contact_teacher", beside)
    make.booked(make.conference(round, elias, other), by=amina, at=make.slot(round, other, hour=18, minute=10))
    before = times_by_talk()
    with pytest.raises(SlotTaken):
        actions.answer_swap(swap, by=ola, accept=True)
    assert times_by_talk() == before
    swap.refresh_from_db()
    assert swap.state == Swap.State.ASKED


def test_swap_ask_page_tells_no_names(client, mine, theirs, amina):
    client.force_login(amina)
    path = reverse("conferences:swap_ask", args=[mine.pk])
    text = client.get(path).content.decode()
    assert f'value="{theirs.booking.pk}"' in text
    assert "Iver" not in text
    assert "Nordlie" not in text
    assert client.post(path, {"theirs": mine.booking.pk}).status_code == 404
    assert client.post(path, {"theirs": theirs.booking.pk}).status_code == 302
    assert Swap.objects.get().theirs == theirs.booking


def test_swap_answer_page_is_for_both_families_alone(client, swap, amina, ola, mine, theirs, school_class):
    path = reverse("conferences:swap_answer", args=[swap.key])
    client.force_login(make.family(school_class, pupil_name="Per", adult_name="Liv")[1])
    assert client.get(path).status_code == 404
    client.force_login(amina)
    assert "Iver" not in client.get(path).content.decode()
    client.force_login(ola)
    assert "Nora" not in client.get(path).content.decode()
    assert path in [todo.url for todo in todos_of(Hat(ola, PARENT))]
    before = times_by_talk()
    assert client.post(path, {"answer": "yes"}).status_code == 302
    assert times_by_talk()[mine.pk] == before[theirs.pk]
    assert client.get(path).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_move_at_once_leave_each_time_to_one(mine, theirs, swap, amina, ola, round, teacher):
    third, told = make.slot(round, teacher, hour=19), []

    def at_once(act):
        try:
            act()
            told.append("done")
        except Refusal:
            told.append("refused")
        finally:
            connection.close()

    acts = [
        lambda: actions.answer_swap(swap, by=ola, accept=True),
        lambda: actions.book(Conference.objects.get(pk=mine.pk), by=amina, slot=third),
    ]
    threads = [Thread(target=at_once, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(told) == 2
    slots = times_by_talk()
    assert len(slots) == len(set(slots.values())) == 2
    assert Hold.objects.filter(pupil__isnull=False).count() == 2
