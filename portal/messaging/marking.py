"""What was handed over is written down in small groups, so that a message does not wait for the database.

A worker that is killed leaves one group unmarked at the most: those messages go again, with the same Message-ID.
"""

import time

from django.db import connection
from django.utils import timezone

from portal.messaging.models import Channel

MOST = 20  # messages
LONGEST = 0.05  # seconds from the first of a group
# Delivered, told, and the portal's own copy kept: one statement, so that no crash comes in between.
MARK_SENT = """
    WITH handed_over AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[],
            %s::text[], %s::text[], %s::text[], %s::text[])
            AS row (delivery, notice, at, answer, title, text, link, link_label)
    ), sent AS (
        UPDATE messaging_delivery SET state = 'sent', sent_at = at, claimed_until = NULL, answer = handed_over.answer
        FROM handed_over WHERE id = delivery AND state = 'queued' RETURNING handed_over.*
    )
    UPDATE messaging_notice SET state = 'told', told_at = COALESCE(told_at, at),
        title = sent.title, text = sent.text, link = sent.link, link_label = sent.link_label
    FROM sent WHERE id = sent.notice
"""


class Marks:
    """The messages that were taken and are not yet marked: few, not for long, and all marked on the way out.

    A text message has no Message-ID that would show a copy as one, so each is marked at once.
    """

    def __init__(self, channel):
        self.most = 1 if channel == Channel.SMS else MOST
        self.rows, self.messages, self.since = [], 0, 0.0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.write()

    def add(self, bundle, lines, answer):
        """One message was handed over; it may have carried several letters, each with its line in the portal."""
        if not self.rows:
            self.since = time.monotonic()
        now = timezone.now()
        for row, line in zip(bundle, lines, strict=True):
            self.rows.append((row.pk, row.notice_id, now, answer[:200], *line.values()))
        self.messages += 1
        if self.messages >= self.most or time.monotonic() - self.since >= LONGEST:
            self.write()

    def write(self):
        """Mark all that wait, and commit."""
        if self.rows:
            with connection.cursor() as cursor:
                cursor.execute(MARK_SENT, [list(column) for column in zip(*self.rows, strict=True)])
            self.rows, self.messages = [], 0
