"""The bell and the clock. The database is the queue; every task is idempotent and may run as often as it likes."""

import logging

from celery import shared_task
from django.utils import timezone

from portal.clock import DAY, MINUTE, every
from portal.messaging.kinds import KINDS
from portal.messaging.models import Channel, Delivery, Notice, naming
from portal.messaging.queueing import Wanted, not_yet_told, queue
from portal.messaging.sending import BATCH, send

log = logging.getLogger(__name__)

MOST_BATCHES = 400  # of one channel in one sweep; the next comes within a minute


@shared_task(ignore_result=True)
def send_batch(channel):
    send(channel)


@shared_task(ignore_result=True)
@every(MINUTE)
def sweep():
    for channel in Channel.values:
        due = Delivery.objects.due(timezone.now()).filter(channel=channel).count()
        for _batch in range(min(-(-due // BATCH), MOST_BATCHES)):
            send_batch.delay(channel)


@shared_task(ignore_result=True)
@every(5 * MINUTE)
def remind():
    """One reminder that fails does not hold up the others."""
    now = timezone.now()
    for kind in list(KINDS.values()):
        for find in kind.finds:
            try:
                remind_of(kind, find, now)
            except Exception:
                log.exception("the reminder %s could not be asked", kind.name)


def remind_of(kind, find, now):
    wanted = [Wanted(*naming(due.subject).values(), due.recipient, str(due.occasion)) for due in find(now)]
    if wanted := not_yet_told(kind, wanted):
        for channel in sorted(queue(kind, wanted, now=now)):
            send_batch.delay(channel)


@shared_task(ignore_result=True)
@every(DAY)
def forget_passed_on():
    """What a worker has sent, or could not send, and died before it deleted it."""
    passing = [kind.name for kind in KINDS.values() if kind.passing]
    Notice.objects.filter(kind__in=passing).left_by_all().delete()
