"""What held when somebody pressed is asked again when their turn comes: they waited for what another was changing."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.actions import book, cancel_booking
from conferences.models import Booking, Conference, ExtraRequest, NotNow, Participant
from portal.messaging.links import link_for
from portal.messaging.tokens import path_of
from tests import make
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def again(row):
    return type(row).objects.get(pk=row.pk)


def while_pressing(do, press):
    """`press` waits for the lock that `do` holds until it commits. Returns what the other was told."""
    told = []
    with transaction.atomic():
        do()
        waiting = in_a_thread(told, press)
        waiting.join(1)
        assert waiting.is_alive()
    waiting.join(30)
    return told


@pytest.fixture
def separated(conference, yusuf):
    return lambda: actions.ask_separate(again(conference), by=yusuf)


def test_a_home_does_not_book_what_became_the_other_homes_own(conference, amina, yusuf, slot, separated):
    talk, at = again(conference), again(slot)
    assert while_pressing(separated, lambda: book(talk, by=amina, slot=at)) == [PermissionDenied]
    assert again(conference).home_id == yusuf.household_id
    assert again(conference).time is None


def test_a_home_does_not_cancel_what_became_the_other_homes_own(conference, amina, yusuf, slot, separated):
    make.booked(conference, by=yusuf, at=slot)
    talk = again(conference)
    assert while_pressing(separated, lambda: cancel_booking(talk, by=amina)) == [PermissionDenied]
    assert again(conference).time is not None


def test_a_home_does_not_arrange_what_became_the_other_homes_own(conference, amina, yusuf, slot, separated):
    make.booked(conference, by=yusuf, at=slot)
    talk = again(conference)
    assert while_pressing(separated, lambda: actions.arrange(talk, by=amina, note="ours")) == [PermissionDenied]
    assert again(conference).time.note == ""


def test_who_is_restricted_while_waiting_books_nothing_and_not_as_staff(conference, round, nora, yusuf, slot):
    type(round).objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    talk, at, restricted = again(conference), again(slot), []

    def teacher_works():
        list(Conference.objects.select_for_update(no_key=True).filter(pk=conference.pk))

    told = []
    with transaction.atomic():
        teacher_works()
        waiting = in_a_thread(told, lambda: book(talk, by=yusuf, slot=at))
        waiting.join(1)
        assert waiting.is_alive()
        in_a_thread(restricted, lambda: make.restricted(again(yusuf), nora)).join(30)
        assert restricted == ["yes"]
    waiting.join(30)
    assert told == [PermissionDenied]
    assert again(conference).time is None


@pytest.mark.parametrize("who", ["yusuf", "amina"])
def test_talks_are_separated_once(conference, yusuf, amina, separated, who):
    talk = again(conference)
    told = while_pressing(separated, lambda: actions.ask_separate(talk, by={"yusuf": yusuf, "amina": amina}[who]))
    assert told == ["yes"]
    assert sorted(Conference.objects.values_list("home", flat=True)) == sorted([yusuf.household_id, amina.household_id])


def test_an_extra_talk_is_asked_for_once(nora, amina, school_class):
    def ask():
        return actions.ask_extra(nora, by=amina, school_class=school_class, reason="family")

    assert while_pressing(ask, ask) == [NotNow]
    assert ExtraRequest.objects.count() == 1


def test_two_teachers_who_join_each_other_do_not_wait_in_a_ring(conference, round, school_class, amina, teacher, slot):
    bo = make.holder("subject_teacher", school_class, "Bo", "Berg")
    iver, ola = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    theirs, other = make.conference(round, iver, bo), make.slot(round, bo)
    Participant.objects.create(conference=conference, kind="teacher", person=bo, added_by=bo)
    Participant.objects.create(conference=theirs, kind="teacher", person=teacher, added_by=bo)
    for _time in range(60):
        told, gate = [], Barrier(2)

        def press(talk, by, at, gate=gate):
            with connection.cursor() as cursor:
                cursor.execute("SET deadlock_timeout = '10ms'")
            talk, at = again(talk), again(at)
            gate.wait(30)
            book(talk, by=by, slot=at)

        both = (conference, amina, slot), (theirs, ola, other)
        for thread in [in_a_thread(told, lambda one=one: press(*one)) for one in both]:
            thread.join(60)
        assert len(told) == 2
        assert Booking.objects.count() == told.count("yes") >= 1
        Booking.objects.all().delete()


def test_the_way_to_one_extra_talk_leads_to_no_other(client, nora, amina, yusuf, teacher, school_class):
    talks = [_extra(nora, teacher, school_class, by, hours) for by, hours in ((amina, 1), (teacher, 3))]
    sent = {"conference": [one.pk for one in talks], "slot": [one.private_slots.get().pk for one in talks]}
    link = path_of(link_for(amina, talks[0], purpose="conferences.book"))

    assert client.post(link, sent).status_code == 404
    client.force_login(amina)
    assert client.post(reverse("conferences:conference_time", args=[talks[0].pk]), sent).status_code == 404
    assert not Booking.objects.exists()


def _extra(nora, teacher, school_class, by, hours):
    wish = actions.ask_extra(nora, by=by, school_class=school_class, reason="family")
    at = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=3, hours=hours)
    return actions.schedule_extra(wish, by=teacher, teacher=teacher, times=[at], minutes=20)


def test_a_key_of_many_digits_is_nobody(client, school):
    client.force_login(make.holder("office", school))
    assert client.get(reverse("conferences:teacher_day"), {"teacher": "9" * 5000}).status_code == 404


def test_a_session_of_a_name_that_cannot_be_is_none(client):
    answer = client.get(reverse("conferences:conference_list"), headers={"cookie": 'sessionid="abcdefgh\\000"'})
    assert answer.status_code == 302
