import io
import sys

import pytest
from django.core.management import call_command

from portal.messaging.models import Delivery
from portal.messaging.sending import send
from tests.portal.messaging.kinds import tell

pytestmark = pytest.mark.django_db

REPORT = """From: MAILER-DAEMON@example.org
To: no-reply@testserver
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

It did not arrive.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; example.org

Final-Recipient: rfc822; amira@example.org
Action: failed
Status: {status}
--x
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: News
--x--
"""


def come_back(monkeypatch, message_id, status):
    raw = REPORT.format(status=status, message_id=message_id).replace("\n", "\r\n").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("read_bounce", stdout=io.StringIO())


def test_a_bounce_marks_the_address_and_finds_another_way(server, school_class, amira, monkeypatch):
    tell(school_class, amira)
    send("email")

    for _time in range(2):
        come_back(monkeypatch, server.ids[0], "5.1.1")

    amira.refresh_from_db()
    assert amira.email_failed_at is not None
    assert sorted(Delivery.objects.values_list("channel", "state")) == [("email", "bounced"), ("in_app", "queued")]


def test_a_delay_is_not_a_bounce(server, school_class, amira, monkeypatch):
    tell(school_class, amira)
    send("email")

    come_back(monkeypatch, server.ids[0], "4.4.1")
    come_back(monkeypatch, "<somebody-else@example.org>", "5.1.1")

    amira.refresh_from_db()
    assert amira.email_failed_at is None
