"""What the clock does for letters: it writes down when each class was told, and when an alert has come back."""

from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from grants.appeal import actions
from grants.appeal.queries import alert_of
from grants.models import Decision, ReasonsDemand
from portal.clock import MINUTE, every
from portal.people.models import the_portal

LOOKED_AT = timedelta(days=14)  # what has not come back by then does not come back


@shared_task(ignore_result=True)
@every(5 * MINUTE)
def note_alerts():
    decisions = Decision.objects.select_related("application__scheme", "application__school")
    for decision in decisions.untold():
        if day := alert_of(decision).sent_on:
            with suppress(actions.NotTold):
                actions.tell_decision(decision, by=the_portal(), told_on=day)
    lately = timezone.localdate() - LOOKED_AT
    for decision in decisions.filter(told_on__gte=lately, told_by_hand=False):
        if alert_of(decision).came_back:
            with suppress(actions.NotTold):
                actions.take_back_alert(decision, by=the_portal())
    for demand in ReasonsDemand.objects.untold().select_related("decision__application__school"):
        if day := alert_of(demand).sent_on:
            with suppress(actions.NotTold):
                actions.tell_reasons(demand, by=the_portal(), told_on=day)
    given = ReasonsDemand.objects.filter(told_on__gte=lately, told_by_hand=False)
    for demand in given.select_related("decision__application__school"):
        if alert_of(demand).came_back:
            with suppress(actions.NotTold):
                actions.take_back_reasons(demand, by=the_portal())
