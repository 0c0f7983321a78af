"""What is passed on and not kept: whole in itself, by one way, and gone when it is sent or cannot be."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.messaging.kinds import KINDS
from portal.messaging.models import Delivery, Notice, PersonalLink, Preference
from portal.messaging.notices import pass_on
from portal.messaging.sending import send
from portal.messaging.tasks import forget_passed_on
from portal.people.actions import end_relation
from portal.people.models import GuardianRelation, Person, the_portal
from tests.portal.messaging.conftest import NOBODY
from tests.portal.messaging.kinds import tell

pytestmark = pytest.mark.django_db
NUMBER = "+4741200401"


def pass_it_on(*people, kind="tests.passing"):
    pass_on(KINDS[kind], people, NUMBER)


def plain(message):
    return message.get_body(("plain",)).get_content()


def left():
    return [model.objects.count() for model in (Notice, Delivery, PersonalLink)]


def test_it_is_gone_when_it_is_sent_and_made_no_link(server, amira):
    pass_it_on(amira)
    assert left() == [1, 1, 0]

    send("email")

    [message] = server.messages
    assert NUMBER in plain(message)
    assert message["List-Unsubscribe"] == f"<http://testserver{reverse('messaging:preference_edit')}>"
    assert left() == [0, 0, 0]


def test_it_travels_alone_since_nothing_of_it_can_be_read_later(server, school_class, amira):
    tell(school_class, amira)
    pass_it_on(amira)

    send("email")

    assert len(server.messages) == 2
    assert [NUMBER in plain(message) for message in server.messages].count(True) == 1
    assert [notice.kind for notice in Notice.objects.all()] == ["tests.news"]


def test_of_two_ways_it_takes_one(amira):
    Person.objects.filter(pk=amira.pk).update(phone="+4790000001")
    amira.refresh_from_db()
    Preference.objects.create(person=amira, tasks="both")

    pass_it_on(amira)

    assert [one.channel for one in Delivery.objects.all()] == ["email"]


def test_who_cannot_be_reached_gets_none_and_nothing_waits(amira):
    Person.objects.filter(pk=amira.pk).update(email="")
    amira.refresh_from_db()

    pass_it_on(amira)

    assert left() == [0, 0, 0]


def test_two_for_one_person_are_two(server, amira):
    pass_it_on(amira)
    pass_it_on(amira)

    send("email")

    assert len(server.messages) == 2
    assert left() == [0, 0, 0]


def test_what_the_server_does_not_take_now_is_tried_again(server, amira, clock):
    server.data = ["451 try later"]
    pass_it_on(amira)

    send("email")
    assert left() == [1, 1, 0]
    clock.shift(timedelta(minutes=10))
    send("email")

    assert len(server.messages) == 1
    assert left() == [0, 0, 0]


def test_a_dead_address_ends_it_and_a_phone_takes_it_over(server, amira, ben):
    Person.objects.filter(pk=ben.pk).update(phone="+4790000001")
    ben.refresh_from_db()
    server.recipients = [NOBODY, NOBODY]
    pass_it_on(amira, ben)

    send("email")

    assert [(one.notice.recipient, one.channel) for one in Delivery.objects.queued()] == [(ben, "sms")]
    assert [notice.recipient for notice in Notice.objects.all()] == [ben]


def test_what_is_not_wanted_any_more_is_gone_too(server, amira):
    pass_it_on(amira, kind="tests.passing_live")
    end_relation(GuardianRelation.objects.get(guardian=amira), by=the_portal())

    send("email")

    assert server.messages == []
    assert left() == [0, 0, 0]


def test_forget_passed_on_takes_what_a_worker_that_died_has_left_and_twice(school_class, amira, ben):
    tell(school_class, amira)
    pass_it_on(amira, ben)
    Delivery.objects.filter(notice__recipient=amira).update(state=Delivery.State.FAILED)

    forget_passed_on()
    forget_passed_on()

    assert {(notice.kind, notice.recipient) for notice in Notice.objects.all()} == {
        ("tests.news", amira),
        ("tests.passing", ben),
    }
