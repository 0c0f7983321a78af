"""The reminders before a talk, from the clock to the mail server and the text messages' gateway on loopback."""

import json
import re
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine
from aiosmtpd.controller import Controller

from conferences import actions
from conferences.models import Booking, Conference
from portal.checkout.local import free_port
from portal.messaging.models import Delivery, Notice, Preference
from portal.messaging.sending import send
from portal.messaging.tasks import remind
from portal.people import actions as people
from portal.people.models import the_portal
from tests import make
from tests.ground import once

NOON = datetime(2026, 11, 17, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(db):
    """A Tuesday at noon, before anything of the test exists."""
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


@pytest.fixture
def school(clock):
    return make.school()


@pytest.fixture
def texts(settings):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    taken = []
    gateway = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=gateway.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{gateway.server_port}/send"
    yield taken
    gateway.shutdown()
    gateway.server_close()


@pytest.fixture
def mails(settings):
    class Handler:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802 aiosmtpd's name
            subject = message_from_bytes(envelope.content, policy=policy.default)["Subject"]
            taken.append((envelope.rcpt_tos[0], str(subject)))
            return "250 OK"

    taken = []
    server = Controller(Handler(), hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "portal.messaging.email.Wire"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    yield taken
    server.stop()


@once
def amina(nora):
    return by_text(make.guardian("Amina", "Warsame", of=nora, language="en", phone="+47 900 00 001"))


@once
def yusuf(nora):
    return make.guardian("Yusuf", "Warsame", of=nora, language="en", phone="+47 900 00 002")


@once
def teacher(school_class):
    return make.holder("contact_teacher", school_class, "Anne", "Bjørnstad", language="en", phone="+47 900 00 003")


def by_text(person, way="sms", **choices):
    Preference.objects.update_or_create(person=person, defaults={"reminders": way, **choices})
    return person


def work():
    """What the clock and the worker do, twice, since every task is idempotent."""
    for _run in range(2):
        remind()
        for channel in ("email", "sms", "in_app"):
            send(channel)


@pytest.fixture
def booked(conference, amina, yusuf, round, teacher, school, clock):
    """On Thursday at 16:00 in room 204; then the clock is set back from that by so much."""
    slot = make.slot(round, teacher, days=2, room=school.rooms.create(name="Room 204"))
    actions.book(conference, by=teacher, slot=slot)

    def before(**ahead):
        clock.move_to(slot.starts_at - timedelta(**ahead))
        return Conference.objects.get(pk=conference.pk)

    return before


def receivers(mails):
    return [receiver for receiver, subject in mails if re.search("Tomorrow|Today|today", subject)]


def told(kind):
    return set(Notice.objects.filter(kind=kind, state="told").values_list("recipient", flat=True))


def test_two_hours_before_those_who_want_texts_get_one(booked, amina, texts, mails):
    conference = booked(hours=1, minutes=58)
    work()
    [text] = texts
    assert text["to"] == "+4790000001"
    assert text["text"].startswith("Today at 16:00: conference about Nora. Room 204. http")
    assert text["text"].endswith(f"/conferences/{conference.pk}/")
    assert len(text["text"]) <= 160
    assert receivers(mails) == []
    assert told("conferences.today") == {amina.pk}
    assert not told("conferences.tomorrow")


def test_not_yet_three_hours_before_and_not_after(booked, texts):
    booked(hours=3)
    work()
    assert texts == []
    booked(minutes=-1)
    work()
    assert texts == []


def test_who_wants_both_gets_the_day_before_twice_and_the_hours_before_once(booked, amina, texts, mails):
    by_text(amina, way="both")
    booked(hours=23)
    work()
    assert (len(texts), receivers(mails).count(amina.email)) == (1, 1)
    mails.clear()
    booked(hours=1)
    work()
    assert (len(texts), receivers(mails)) == (2, [])


def test_without_a_number_nothing_is_kept_waiting(booked, amina, texts):
    amina.phone = ""
    amina.save(update_fields=["phone"])
    booked(hours=1)
    work()
    assert not Notice.objects.filter(kind="conferences.today").exists()


def test_a_choice_that_is_taken_back_holds_for_what_waits(booked, amina, texts):
    booked(hours=1)
    remind()
    by_text(amina, way="email")
    send("sms")
    assert texts == []
    assert Delivery.objects.get(notice__kind="conferences.today").state == "stopped"


@pytest.mark.parametrize("change", ["moved", "cancelled", "restricted"])
def test_a_talk_that_is_no_more_is_not_reminded_of(booked, change, amina, nora, round, teacher, texts, mails):
    conference = booked(hours=1)
    remind()
    if change == "moved":
        actions.book(conference, by=teacher, slot=make.slot(round, teacher, days=1, hour=18))
    elif change == "cancelled":
        actions.cancel_booking(conference, by=teacher)
    else:
        make.restricted(amina, nora)
    send("sms")
    assert texts == []
    assert Notice.objects.get(kind="conferences.today").state == "unwanted"


def test_a_talk_that_is_moved_is_reminded_of_at_its_new_time(booked, round, teacher, texts, clock):
    conference = booked(hours=1)
    remind()
    later = make.slot(round, teacher, days=1, hour=18)
    actions.book(conference, by=teacher, slot=later)
    clock.move_to(later.starts_at - timedelta(hours=1))
    work()
    assert ["18:00" in text["text"] for text in texts] == [True]


def test_a_time_taken_within_the_two_hours_is_not_reminded_of(booked, texts):
    conference = booked(hours=1)
    Booking.objects.filter(conference=conference).update(booked_at=NOON + timedelta(days=2, hours=3, minutes=1))
    work()
    assert texts == []


def test_quiet_hours_hold_it_until_they_end_and_never_beyond_the_talk(booked, amina, texts, clock):
    by_text(amina, quiet_from="10:00", quiet_until="15:00")
    booked(hours=2)
    work()
    assert texts == []
    booked(minutes=59)
    work()
    assert len(texts) == 1

    texts.clear()
    Notice.objects.all().delete()
    by_text(amina, quiet_from="10:00", quiet_until="17:00")
    booked(hours=2)
    work()
    booked(minutes=-61)
    work()
    assert texts == []


def test_a_protected_familys_text_names_nothing(booked, amina, nora, texts):
    people.protect_address(nora, by=the_portal(), grade="address")
    booked(hours=1)
    work()
    [text] = texts
    assert not re.search("Nora|204|16:00", text["text"])


def test_the_day_before_both_homes_are_told_once_and_the_teacher(booked, amina, yusuf, teacher, texts, mails):
    booked(hours=23)
    work()
    assert told("conferences.tomorrow") == {amina.pk, yusuf.pk}
    assert told("conferences.teacher_tomorrow") == {teacher.pk}
    assert sorted(receivers(mails)) == sorted([yusuf.email, teacher.email])
    assert len(texts) == 1


def test_the_day_before_a_talk_that_is_given_up_is_not_reminded_of(booked, teacher, mails):
    conference = booked(hours=23)
    remind()
    actions.cancel_booking(conference, by=teacher)
    send("email")
    assert not told("conferences.tomorrow") | told("conferences.teacher_tomorrow")


def test_tomorrow_is_not_said_of_today(booked, amina, yusuf):
    """The clock stood still the whole day before."""
    booked(hours=15)
    work()
    assert not told("conferences.tomorrow") | told("conferences.teacher_tomorrow")


def test_a_teacher_with_many_talks_is_told_once_for_the_day(booked, round, teacher, school_class, texts, mails):
    by_text(teacher)
    child, _adult = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    later = make.slot(round, teacher, days=2, hour=17)
    actions.book(make.conference(round, child, teacher), by=teacher, slot=later)
    booked(hours=22)
    work()
    assert next(text["text"] for text in texts if text["to"] == "+4790000003").startswith("Tomorrow you have 2 conf")
    texts.clear()
    booked(hours=1)
    work()
    [text] = [text["text"] for text in texts if text["to"] == "+4790000003"]
    assert text.startswith("You have 2 conferences today, the first at 16:00. Room 204. http")
    assert not re.search("Nora|Iver", text)
    texts.clear()
    booked(minutes=-10)
    work()
    assert texts == []


def test_a_teacher_who_has_left_is_not_told(booked, teacher, texts, mails):
    by_text(teacher)
    booked(hours=23)
    remind()
    people.end_role(teacher.roles.get(), by=the_portal())
    send("sms")
    assert not told("conferences.teacher_tomorrow")
