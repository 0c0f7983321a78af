"""The bell and the clock: both make a worker publish what is waiting."""

import logging

from celery import shared_task
from django.core.cache import cache

from portal.clock import MINUTE, every
from portal.ledger.models import Event
from portal.ledger.publish import publish

log = logging.getLogger(__name__)

SWEEP = 500
BELL, RINGS = "ledger-bell", 30  # seconds after which no worker is on its way any more


def ring():
    """Wake a worker, unless one is already on its way: the work itself waits in the database."""
    if cache.add(BELL, True, timeout=RINGS):
        sweep.delay()


@shared_task(ignore_result=True)
@every(MINUTE)
def sweep(after=0):
    """An event that fails is left for the next sweep and does not hold up the others."""
    cache.delete(BELL)  # before looking: anything written from now on rings again
    waiting = list(Event.objects.unpublished().filter(pk__gt=after).values_list("pk", flat=True)[:SWEEP])
    for event_id in waiting:
        try:
            publish(event_id)
        except Exception:
            log.exception("event %s could not be published", event_id)
    if len(waiting) == SWEEP:
        sweep.delay(waiting[-1])
