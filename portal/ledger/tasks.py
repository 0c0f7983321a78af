"""The bell and the clock: publish one event now, or sweep up those that the bell did not reach."""

from celery import shared_task

from portal.ledger.models import Event
from portal.ledger.publish import publish

SWEEP = 500


@shared_task(ignore_result=True)
def publish_event(event_id):
    publish(event_id)


@shared_task(ignore_result=True)
def sweep():
    for event_id in Event.objects.unpublished().values_list("pk", flat=True)[:SWEEP]:
        publish(event_id)
