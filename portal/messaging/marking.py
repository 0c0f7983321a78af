"""What was handed over is written down in small groups, so that no message waits for the database.

A worker that is killed leaves at most one group unmarked: those messages go again, with the same Message-ID. If a group
cannot be marked, each of its messages is marked alone, so that one does not cause the others to be sent twice.
"""

import logging
import time

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from portal.messaging.models import Channel, Delivery

log = logging.getLogger(__name__)

MOST = 50  # messages
LONGEST = 0.05  # seconds from the first of a group
# Delivered, told, and the portal's own copy kept: one statement, so that no crash comes in between. Each row is found by
# its key: `state || ''` keeps off the index of what is due, which would be read whole for every group.
MARK_SENT = """
    WITH handed_over AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[],
            %s::text[], %s::text[], %s::text[], %s::text[])
            AS row (delivery, notice, at, answer, title, text, link, link_label)
    ), sent AS (
        UPDATE messaging_delivery SET state = 'sent', sent_at = at, claimed_until = NULL, answer = handed_over.answer
        FROM handed_over WHERE id = delivery AND state || '' = 'queued' RETURNING handed_over.*
    )
    UPDATE messaging_notice SET state = 'told', told_at = COALESCE(told_at, at),
        title = sent.title, text = sent.text, link = sent.link, link_label = sent.link_label
    FROM sent WHERE id = sent.notice
"""


class Marks:
    """The messages handed over and not yet marked: few, not for long, and all marked on exit.

    A text message has no Message-ID that would give a copy away, so each is marked at once.
    """

    def __init__(self, channel):
        self.most = 1 if channel == Channel.SMS else MOST
        self.rows, self.messages, self.since = [], 0, 0.0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.write()

    def add(self, bundle, lines, answer):
        if not self.rows:
            self.since = time.monotonic()
        now = timezone.now()
        for row, line in zip(bundle, lines, strict=True):
            self.rows.append((row.pk, row.notice_id, now, answer[:200], *line.values()))
        self.messages += 1
        if self.messages >= self.most or time.monotonic() - self.since >= LONGEST:
            self.write()

    def write(self):
        rows, self.rows, self.messages = self.rows, [], 0
        if not rows or _marked(rows):
            return
        for row in rows:
            if not _marked([row]):
                _mark_bare(row)


def _marked(rows):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(MARK_SENT, [list(column) for column in zip(*rows, strict=True)])
    except Exception:
        log.exception("%s messages that were handed over could not be marked together", len(rows))
        return False
    return True


def _mark_bare(row):
    """It has been sent, so it must not go again, even if the portal cannot keep its own copy."""
    delivery, _notice, at, answer, *_words = row
    try:
        with transaction.atomic():
            Delivery.objects.queued().filter(pk=delivery).update(
                state=Delivery.State.SENT, sent_at=at, claimed_until=None, answer=answer, attempts=F("attempts") + 1
            )
    except Exception:
        log.exception("delivery %s was handed over and cannot be marked at all", delivery)
