from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.messaging.models import Channel, Delivery, Preference
from portal.messaging.outlook import outlook
from portal.messaging.sending import send
from portal.messaging.timing import arrival, channels_of
from portal.people.models import Person
from tests import make
from tests.portal.messaging.kinds import tell

OSLO = ZoneInfo("Europe/Oslo")


def at(hour, minute=0, day=17):
    return datetime(2026, 11, day, hour, minute, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("ready", "arrives"),
    [
        (at(12), at(12)),
        (at(20, 59), at(20, 59)),
        (at(21), at(7, day=18)),
        (at(23, 30), at(7, day=18)),
        (at(3), at(7)),
        (at(7), at(7)),
    ],
)
def test_quiet_hours_hold_until_the_morning(ready, arrives):
    assert arrival(ready, Preference(), category="news") == arrives


def test_quiet_hours_by_day_and_none_at_all():
    by_day = Preference(quiet_from=time(8), quiet_until=time(16))
    never = Preference(quiet_from=time(0), quiet_until=time(0))

    assert arrival(at(12), by_day, category="news") == at(16)
    assert arrival(at(23), by_day, category="news") == at(23)
    assert arrival(at(23), never, category="news") == at(23)


def test_urgent_does_not_wait():
    assert arrival(at(23), Preference(digest="weekly"), category="news", urgent=True) == at(23)


def test_a_digest_gathers_news_and_leaves_reminders_and_duties_alone():
    daily, weekly = Preference(digest="daily"), Preference(digest="weekly")

    assert arrival(at(12), daily, category="news") == at(7, 30, day=18)
    assert arrival(at(12), weekly, category="news") == at(7, 30, day=23)
    assert arrival(at(12), daily, category="reminders") == at(12)
    assert arrival(at(12), weekly, category="news", duty=True) == at(12)


@pytest.mark.parametrize(
    ("way", "email", "phone", "channels"),
    [
        ("email", "a@example.org", "1", [Channel.EMAIL]),
        ("email", "", "1", [Channel.SMS]),
        ("email", "", "", [Channel.IN_APP]),
        ("sms", "a@example.org", "1", [Channel.SMS]),
        ("sms", "a@example.org", "", [Channel.EMAIL]),
        ("both", "a@example.org", "1", [Channel.EMAIL, Channel.SMS]),
        ("portal", "a@example.org", "1", [Channel.IN_APP]),
    ],
)
def test_the_receiver_chooses_the_way(way, email, phone, channels):
    person = Person(email=email, phone=phone)

    assert channels_of(person, Preference(news=way), category="news") == channels


def test_a_duty_is_sent_to_who_chose_the_portal_alone():
    person = Person(email="a@example.org")

    assert channels_of(person, Preference(decisions="portal"), category="decisions", duty=True) == [Channel.EMAIL]


@pytest.mark.django_db
def test_a_daily_digest_is_one_message_in_the_morning(server, school_class, amira, clock):
    Preference.objects.create(person=amira, digest="daily")
    tell(school_class, amira, occasion="first")
    clock.shift(timedelta(hours=3))
    tell(school_class, amira, occasion="second")
    send("email")
    assert server.messages == []

    clock.shift(timedelta(hours=17))
    send("email")

    assert len(server.messages) == 1
    assert Delivery.objects.filter(state="sent").count() == 2


@pytest.mark.django_db
def test_quiet_hours_chosen_after_queueing_hold(server, school_class, amira):
    tell(school_class, amira)
    Preference.objects.create(person=amira, quiet_from=time(11), quiet_until=time(14))

    send("email")

    assert server.messages == []
    assert Delivery.objects.get().next_try_at == at(14)


@pytest.mark.django_db
def test_outlook_says_who_how_and_when(school_class, amira, ben):
    late = make.person(email="late@example.org")
    Preference.objects.create(person=late, quiet_from=time(11), quiet_until=time(15))
    by_phone = make.person(email="", phone="+4790000001")
    nobody = make.person(email="", phone="")

    seen = outlook([amira, ben, late, by_phone, nobody])

    assert seen.by_email == [amira, ben, late]
    assert seen.by_sms == [by_phone]
    assert seen.unreachable == [nobody]
    assert seen.arrives == [(at(12, 5), 3), (at(15), 1)]
