import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from portal.messaging.models import Delivery
from portal.messaging.sending import send
from portal.people.models import AddressProtection, GuardianRelation
from tests.portal.messaging.kinds import URL, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(settings):
    """A gateway on loopback: `answers` are given first, then 200."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            code = kept.answers.pop(0) if kept.answers else 200
            if code == 200:
                kept.messages.append({**body, "auth": self.headers["Authorization"]})
            self.send_response(code)
            self.end_headers()

        def log_message(self, *args):
            pass

    kept = HTTPServer(("127.0.0.1", 0), Handler)
    kept.answers, kept.messages = [], []
    threading.Thread(target=kept.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://:secret@127.0.0.1:{kept.server_port}/send"
    yield kept
    kept.shutdown()
    kept.server_close()


@pytest.fixture
def by_phone(amira):
    amira.email, amira.phone = "", "+47 900 00 001"
    amira.save(update_fields=["email", "phone"])
    return amira


def test_a_text_message_goes_through_the_gateway(gateway, school_class, by_phone):
    tell(school_class, by_phone)

    send("sms")
    send("sms")

    [message] = gateway.messages
    assert message["to"] == "+4790000001"
    assert message["text"] == f"Lia skole: tur på fredag. {URL}"
    assert message["auth"] == "Bearer secret"
    assert Delivery.objects.get().state == "sent"


def test_a_gateway_that_is_busy_is_asked_again_with_the_same_id(gateway, school_class, by_phone, clock):
    gateway.answers = [503, 429]
    tell(school_class, by_phone)

    for _try in range(3):
        send("sms")
        clock.shift(timedelta(minutes=10))

    assert len(gateway.messages) == 1


def test_a_wrong_number_fails_and_the_portal_keeps_the_message(gateway, school_class, by_phone):
    gateway.answers = [422]
    tell(school_class, by_phone)

    send("sms")

    assert sorted(Delivery.objects.values_list("channel", "state")) == [("in_app", "queued"), ("sms", "failed")]


def test_a_protected_familys_text_message_names_no_school(gateway, school_class, by_phone):
    pupil = GuardianRelation.objects.get(guardian=by_phone).pupil
    AddressProtection.objects.create(person=pupil, grade="strict", valid_from=timezone.localdate())
    tell(school_class, by_phone)

    send("sms")

    assert "Lia" not in gateway.messages[0]["text"]
    assert URL in gateway.messages[0]["text"]


def test_several_text_messages_become_one(gateway, school_class, by_phone):
    tell(school_class, by_phone, occasion="first")
    tell(school_class, by_phone, occasion="second")

    send("sms")

    assert len(gateway.messages) == 1
    assert gateway.messages[0]["text"].endswith("/messages/")
    assert len(gateway.messages[0]["text"]) <= 160
