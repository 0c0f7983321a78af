"""Whoever applies together with the class contact also tells, pays back and is reminded: each page opens for them."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from grants.models import GrantReport, PayeeChange, Receipt
from grants.money import actions as money
from grants.reports import actions
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.actions import end_role
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.money.awards import together
from tests.grants.reports.files import PNG
from tests.grants.reports.telling import TOLD, went
from tests.ground import once
from tests.pages import address, as_

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@once
def shared(town):
    return together(town, town.parent)


def test_they_tell_with_receipts_and_take_one_away(town, shared):
    went(shared)
    per = as_(town.parent)
    assert per.get(page("report_write", shared.pk)).status_code == 200
    actions.add_receipts(shared, by=town.zofia, files=[PNG])
    receipt = Receipt.objects.get()
    assert per.post(page("receipt_open", receipt.pk)).status_code == 200
    assert per.post(page("receipt_remove", receipt.pk)).status_code == 302
    assert not Receipt.objects.exists()

    day = shared.gathering.starts_at.astimezone(shared.school.zone).date().isoformat()
    sent = per.post(page("report_write", shared.pk), {**TOLD, "held_on": day, "spent": "1000", "learned": ""})
    assert sent.url == page("report_show", shared.pk)
    assert GrantReport.objects.get().sent_by == town.parent


def test_they_ask_for_another_account(town, shared):
    per = as_(town.parent)
    assert per.get(page("payee_change", shared.pk)).status_code == 200
    said = {"payee_kind": "class_account", "account": "1503 20 30030", "account_holder": "Per Vik"}
    per.post(page("payee_change", shared.pk), said)

    assert PayeeChange.objects.get().asked_by == town.parent


def reminded(application):
    Notice.objects.all().delete()
    with time_machine.travel(application.gathering.ends_at + timedelta(days=31), tick=False):
        remind()
    told = Notice.objects.filter(kind="grants.report_reminder")
    return sorted(one.recipient.given_name for one in told)


def test_they_are_reminded_and_a_teacher_who_cannot_write_is_not(town, shared):
    money.mark_paid(shared, by=town.officer, paid_on=timezone.localdate())
    make.holder(Role.Kind.CONTACT_TEACHER, town.first, "Liv")
    went(shared)
    assert reminded(shared) == ["Amir", "Per", "Zofia"]
    for contact in (town.zofia, town.amir):
        end_role(contact.roles.get(), by=the_portal())
    assert reminded(shared) == ["Per"]


def test_another_guardian_of_the_class_still_has_no_way_in(town, shared):
    _child, other = make.family(town.first)
    actions.add_receipts(shared, by=town.zofia, files=[PNG])

    for name in ("report_write", "payee_change"):
        assert as_(other).get(page(name, shared.pk)).status_code == 403
    assert as_(other).post(page("receipt_open", Receipt.objects.get().pk)).status_code == 404
