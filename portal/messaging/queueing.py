"""From events to rows: one notice per person and occasion, one delivery per channel."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.messaging.models import Channel, Delivery, Notice
from portal.messaging.timing import choices_of

ROWS = 1000
TOGETHER = timedelta(minutes=10)


@dataclass(frozen=True)
class Wanted:
    subject_type: str
    subject_id: str
    person: object
    occasion: str
    text: str = ""

    @property
    def key(self):
        return self.subject_type, self.subject_id, self.person.pk, self.occasion


def not_yet_told(kind, wanted):
    """Those with no notice yet. One query, or none for an empty list."""
    if not wanted:
        return []
    told = Notice.objects.filter(
        kind=kind.name,
        subject_type__in={row.subject_type for row in wanted},
        subject_id__in={row.subject_id for row in wanted},
        recipient__in={row.person.pk for row in wanted},
    )
    known = set(told.values_list("subject_type", "subject_id", "recipient", "occasion"))
    return [row for row in wanted if row.key not in known]


@transaction.atomic
def queue(kind, wanted, *, event_id=None, now=None):
    """Write down who is to be told and by which channels, all or nothing. Existing notices stay as they are. Returns
    the channels that are due now."""
    ready_at = (now or timezone.now()) + kind.delay
    rows = list({row.key: row for row in wanted}.values())
    choices = choices_of([row.person for row in rows])
    rows = [row for row in rows if kind.channels(row.person, choices[row.person.pk])]
    if not rows:
        return set()
    Notice.objects.bulk_create(
        [
            Notice(
                kind=kind.name,
                subject_type=row.subject_type,
                subject_id=row.subject_id,
                recipient=row.person,
                occasion=row.occasion,
                text=row.text,
                category=kind.category,
                event_id=event_id,
                not_before=ready_at,
            )
            for row in rows
        ],
        batch_size=ROWS,
        ignore_conflicts=True,
    )
    deliveries = _plan(kind, rows, choices, ready_at)
    Delivery.objects.bulk_create(deliveries, batch_size=ROWS, ignore_conflicts=True)
    _delay_companions(deliveries)
    return {delivery.channel for delivery in deliveries if delivery.next_try_at <= timezone.now()}


def _plan(kind, rows, choices, ready_at):
    people = {row.person.pk: row.person for row in rows}
    keys = {row.key for row in rows}
    undelivered = Notice.objects.filter(
        kind=kind.name,
        subject_type__in={row.subject_type for row in rows},
        subject_id__in={row.subject_id for row in rows},
        recipient__in=people,
        state=Notice.State.WAITING,
        deliveries=None,
    )
    planned = []
    for notice in undelivered.order_by("pk"):  # and so in the order in which they were wanted
        if (notice.subject_type, notice.subject_id, notice.recipient_id, notice.occasion) not in keys:
            continue
        person = people[notice.recipient_id]
        chosen = choices[person.pk]
        at = kind.arrives(ready_at, chosen)
        for channel in kind.channels(person, chosen):
            when = ready_at if channel == Channel.IN_APP else at  # what makes no sound need not wait for morning
            planned.append(Delivery(notice=notice, channel=channel, next_try_at=when, urgent=kind.urgent))
    return planned


def _delay_companions(deliveries):
    """Earlier messages to the same people wait for these, ten minutes at most, so that they travel as one. They are locked
    in one statement and in the order of keys, and nobody waits for one that another worker is moving or sending at this
    moment: a transaction that tells of several things would wait in any order."""
    groups = defaultdict(list)
    for delivery in deliveries:
        if not delivery.urgent and delivery.channel != Channel.IN_APP:
            groups[delivery.channel, delivery.next_try_at].append(delivery.notice.recipient_id)
    meant, now = Q(pk=None), timezone.now()
    for group, people in groups.items():
        meant |= _earlier(*group, people)
    earlier = Delivery.objects.unclaimed(now).filter(meant).order_by("pk")
    locked = list(earlier.select_for_update(of=("self",), no_key=True, skip_locked=True).values_list("pk", flat=True))
    for group, people in sorted(groups.items()):
        Delivery.objects.filter(_earlier(*group, people), pk__in=locked).update(next_try_at=group[1])


def _earlier(channel, at, people):
    soon = {"next_try_at__lt": at, "next_try_at__gte": at - TOGETHER, "notice__not_before__gte": at - TOGETHER}
    return Q(channel=channel, urgent=False, attempts=0, notice__recipient__in=people, **soon)


def fall_back(delivery, person, now):
    """Tell it another way when this channel is closed for good: nothing is lost, and each channel is tried once."""
    channel = Channel.SMS if delivery.channel == Channel.EMAIL and person.phone else Channel.IN_APP
    Delivery.objects.bulk_create(
        [Delivery(notice_id=delivery.notice_id, channel=channel, next_try_at=now, urgent=delivery.urgent)],
        ignore_conflicts=True,
    )


def forget(notices):
    """Nothing is kept of what was passed on, nor of how."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).delete()


def apart(deliveries):
    Delivery.objects.queued().filter(pk__in=[row.pk for row in deliveries]).update(bundle=F("pk"))
    for row in deliveries:
        row.bundle = row.pk
    return deliveries


def postpone(deliveries, at):
    """Release claimed rows and try again at `at`; nothing was attempted, so no attempt is counted."""
    Delivery.objects.queued().filter(pk__in=[row.pk for row in deliveries]).update(next_try_at=at, claimed_until=None)


def retry(deliveries, delays, answer, now):
    spent = [row for row in deliveries if row.attempts >= len(delays)]
    for row in deliveries:
        if row not in spent:
            Delivery.objects.queued().filter(pk=row.pk).update(
                next_try_at=now + delays[row.attempts],
                claimed_until=None,
                attempts=F("attempts") + 1,
                answer=answer[:200],
            )
    return spent
