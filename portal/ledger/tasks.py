"""The bell and the clock: publish one event now, or sweep up those that the bell did not reach."""

import logging

from celery import shared_task

from portal.ledger.models import Event
from portal.ledger.publish import publish

log = logging.getLogger(__name__)

SWEEP = 500


@shared_task(ignore_result=True)
def publish_event(event_id):
    publish(event_id)


@shared_task(ignore_result=True)
def sweep():
    """One event that fails stays for the next sweep and does not hold up the others."""
    for event_id in Event.objects.unpublished().values_list("pk", flat=True)[:SWEEP]:
        try:
            publish(event_id)
        except Exception:
            log.exception("event %s could not be published", event_id)
