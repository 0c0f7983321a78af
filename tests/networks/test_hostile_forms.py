"""Days, keys and texts that nobody writes by accident."""

from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from icalendar import Calendar

from networks.calendar import calendar_file
from networks.models import Gathering
from portal.messaging.composing import mail_of
from portal.messaging.letters import Letter

pytestmark = pytest.mark.django_db

TYPED = {"title": "Torches", "kind": "families", "starts": "20:00", "ends": "09:00", "place": "The school yard"}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1900-01-01", "2999-01-01", "99999-01-01"])
def test_a_day_that_cannot_be_is_refused_calmly(client, town, day):
    client.force_login(town.jurgita)

    answer = client.post(reverse("networks:gathering_draft", args=[town.first.pk]), {**TYPED, "day": day})

    assert answer.status_code == 200
    assert not Gathering.objects.exists()


def test_a_key_beyond_all_keys_is_not_found(client, town, bonfire):
    client.force_login(town.jurgita)
    beyond = 10**30

    assert client.get(reverse("networks:home_reach", args=[bonfire.pk, beyond])).status_code == 404
    assert client.get(reverse("networks:gathering_show", args=[beyond])).status_code == 404
    assert client.get(reverse("networks:class_show", args=[beyond])).status_code == 404


def test_a_title_cannot_add_lines_to_a_calendar_or_a_mail(town, bonfire):
    evil = "Fire\r\nATTENDEE:mailto:x@example.org\r\nBcc: x@example.org;,\\n"
    Gathering.objects.filter(pk=bonfire.pk).update(title=evil, place=evil)
    bonfire.refresh_from_db()

    entry = Calendar.from_ical(calendar_file(bonfire, town.amira).to_ical()).walk("VEVENT")[0]
    mail = mail_of([Letter(subject=evil, lines=["<script>"])], town.amira, key="k", school="", preferences_url="u")

    assert "ATTENDEE" not in entry
    travels = message_from_bytes(mail.written, policy=policy.default)
    assert travels["Bcc"] is None
    assert "<script>" not in travels.get_body(("html",)).get_content()
