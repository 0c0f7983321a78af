"""A class that plans a gathering and has not applied hears of the support: once, and only while it is of use."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from grants import actions
from grants.models import GrantScheme
from grants.schemes import actions as schemes
from networks.models import Gathering, Mute
from portal.messaging.kinds import KINDS
from portal.messaging.models import Delivery, Notice
from portal.messaging.tasks import remind
from portal.people.actions import end_role
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering
from tests.pages import address, as_, text

KIND = "grants.class_may_apply"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def long_planned(town):
    Gathering.objects.update(made_at=timezone.now() - timedelta(days=3))


def nudged():
    remind()
    return sorted(notice.recipient.given_name for notice in Notice.objects.filter(kind=KIND))


def notice_to(person):
    nudged()
    return Notice.objects.get(kind=KIND, recipient=person)


def test_both_contacts_hear_of_it_once_in_the_period(town):
    assert nudged() == ["Amir", "Zofia"]
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert nudged() == ["Amir", "Zofia"]

    with translation.override("en"):
        letter = KINDS[KIND](Notice.objects.get(kind=KIND, recipient=town.zofia))
    assert letter.subject == "1A can get support for its gathering"
    assert "Vinterlek i akebakken" in " ".join(letter.lines)
    assert letter.buttons[0].url.endswith(f"/grants/gatherings/{town.gathering.pk}/apply/")


@pytest.mark.parametrize("hour", [3, 12, 22])
def test_it_comes_in_the_daytime(town, hour):
    tonight = timezone.localtime().replace(hour=hour) + timedelta(days=1)
    with time_machine.travel(tonight, tick=False):
        remind()
    sent = Delivery.objects.filter(notice__kind=KIND, channel="email")

    assert {7 <= timezone.localtime(one.next_try_at).hour < 21 for one in sent} == {True}


def no_grade(town):
    GrantScheme.objects.update(grades=[8])


def no_gathering(town):
    Gathering.objects.update(state="cancelled", published_at=timezone.now(), cancelled_at=timezone.now())


def planned_today(town):
    Gathering.objects.update(made_at=timezone.now())


def theme_evening(town):
    Gathering.objects.update(kind=Gathering.Kind.THEME)


def begun(town):
    actions.draft_application(town.gathering, by=town.amir)


def withdrawn(town):
    actions.withdraw_application(applied(town.gathering, town.amir), by=town.amir)


def no_money(town):
    other = make.school_class("1B", at=town.school, grades=[1])
    _child, contact = make.family(other)
    make.role(contact, Role.Kind.CLASS_CONTACT, other)
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 100_000})
    application = applied(gathering(other, "Bål"), contact)
    actions.take_up_application(application, by=town.principal)
    actions.decide_application(application, by=town.principal, result="approved", amount=100_000)
    assert "There is no money left now" in text(as_(town.zofia).get(address("grants", "application_list")))


def closed(town):
    yesterday = timezone.localdate() - timedelta(days=1)
    GrantScheme.objects.update(opens_on=yesterday, closes_on=yesterday)


def muted(town):
    for person in (town.zofia, town.amir):
        Mute.objects.create(gathering=town.gathering, person=person)


REASONS = [no_grade, no_gathering, planned_today, theme_evening, begun, withdrawn, no_money, closed, muted]


@pytest.mark.parametrize("reason", REASONS)
def test_nobody_hears_of_what_is_of_no_use(town, reason):
    reason(town)

    assert nudged() == []


@pytest.mark.parametrize("reason", [one for one in REASONS if one is not planned_today])
def test_what_has_happened_before_it_is_sent_stops_it(town, reason):
    notice = notice_to(town.zofia)
    wanted = KINDS[KIND].wanted
    assert wanted(notice)

    reason(town)
    assert not wanted(Notice.objects.get(pk=notice.pk))


def test_who_is_no_longer_class_contact_hears_nothing(town):
    notice = notice_to(town.zofia)
    end_role(Role.objects.get(person=town.zofia, kind=Role.Kind.CLASS_CONTACT), by=town.principal)

    assert not KINDS[KIND].wanted(Notice.objects.get(pk=notice.pk))


def test_a_muted_gathering_leaves_the_next_one(town):
    Mute.objects.create(gathering=town.gathering, person=town.zofia)
    later = gathering(town.first, "Grilling", days=40)
    Gathering.objects.filter(pk=later.pk).update(made_at=timezone.now() - timedelta(days=3))

    letter = KINDS[KIND](notice_to(town.zofia))
    assert letter.buttons[0].url.endswith(f"/grants/gatherings/{later.pk}/apply/")
