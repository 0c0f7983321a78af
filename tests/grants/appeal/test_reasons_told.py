"""Reasons whose alert reached nobody are posted, and the time to appeal runs from that day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from grants.appeal import actions
from grants.appeal.actions import NotTold
from grants.appeal.todos import reasons_to_post
from grants.deadlines import last_day_to_appeal
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.models import Delivery
from portal.people.hats import hats_of
from tests.grants.appeal.test_told import later, note_alerts
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def demand(town, approved):
    """Given just now, in the notice of an event."""
    asked = actions.ask_reasons(approved, by=town.zofia)
    actions.give_reasons(asked, by=town.principal, reasons="All were invited.")
    publish(Event.objects.get(verb="grants.reasons_given").pk)
    asked.refresh_from_db()
    return asked


def ends(state):
    kept = Delivery.objects.filter(notice__kind="grants.reasons_given")
    kept.update(state=state, sent_at=None if state == "failed" else timezone.now())


def waits(person):
    return [todo.url for hat in hats_of(person) for todo in reasons_to_post(hat)]


def looked_at(demand):
    note_alerts()
    demand.refresh_from_db()
    return demand.told_on


def test_a_failed_alert_waits_for_those_who_handle_the_case_until_it_is_posted(town, demand):
    ends("failed")
    at = address("grants", "reasons_told", demand.decision_id)
    assert waits(town.principal) == []  # quiet hours may last
    with later():
        assert waits(town.principal) == waits(town.deputy) == [at]
        assert waits(town.officer) == []
        principal, day = as_(town.principal), town.school.today()
        assert "No message about the reasons has reached the class." in text(principal.get(at))
        done = principal.post(at, {"told_on": day.isoformat()}, follow=True)
        assert "The time to appeal runs from it." in text(done)
        assert waits(town.principal) == []
        assert "Nothing was changed." in text(principal.post(at, {"told_on": day.isoformat()}))  # a second press
    demand.refresh_from_db()
    demand.decision.refresh_from_db()
    assert (demand.told_on, demand.told_by_hand) == (day, True)
    assert demand.decision.last_day_to_appeal == last_day_to_appeal(day, country="NO")
    assert Event.objects.filter(verb="grants.reasons_told").count() == 1


def test_an_alert_that_came_back_was_none_and_what_was_posted_stands(town, demand):
    ends("sent")
    assert looked_at(demand) is not None
    ends("bounced")
    assert looked_at(demand) is None
    with later():
        assert waits(town.principal) == [address("grants", "reasons_told", demand.decision_id)]
        actions.tell_reasons(demand, by=town.principal, told_on=town.school.today())
        assert looked_at(demand) == town.school.today()


@pytest.mark.parametrize("days", [-1, 3])
def test_a_day_that_cannot_be_is_refused(town, demand, days):
    ends("failed")
    day = town.school.today() + timedelta(days=days)
    with later(), pytest.raises(NotTold):
        actions.tell_reasons(demand, by=town.principal, told_on=day)


def test_nobody_writes_a_day_while_an_alert_may_still_come_nor_who_does_not_handle_it(town, demand):
    with pytest.raises(NotTold):
        actions.tell_reasons(demand, by=town.principal, told_on=town.school.today())
    for person in (town.zofia, town.officer):
        with pytest.raises(PermissionDenied):
            actions.tell_reasons(demand, by=person, told_on=town.school.today())
