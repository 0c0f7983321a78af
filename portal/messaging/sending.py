"""Send a batch: claim rows, check that they are still wanted, write, hand over, mark. Every step row by row.

A claim is a lease. If a worker dies, its lease runs out and another goes on where it stopped; only the few messages
that were handed over and not yet marked go again, with the same Message-ID.

A fault of the program in one row affects that row alone. It counts as an attempt, and after the third the row is set
aside: the office sees whom it did not reach.
"""

import logging
import time
from collections import defaultdict
from contextlib import nullcontext, suppress
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation

from portal.ledger.models import Event
from portal.messaging import composing
from portal.messaging.email import Post
from portal.messaging.kinds import KINDS, is_passing
from portal.messaging.links import links_for
from portal.messaging.marking import Marks
from portal.messaging.models import Category, Channel, Delivery, Notice
from portal.messaging.outcomes import AFTER_FAULTS, AWAY, DELAYS, Outcome
from portal.messaging.queueing import apart, fall_back, forget, postpone, retry
from portal.messaging.sms import dialled, telephone
from portal.messaging.timing import after_quiet, choices_of, ways_open_to
from portal.people import protection
from portal.people.actions import mark_email_failed
from portal.people.actions.persons import NotFailed
from portal.people.models import the_portal

log = logging.getLogger(__name__)

BATCH = 800
LEASE = timedelta(minutes=10)
LONGEST_TURN = 300  # seconds; then the remaining rows are released, long before the lease runs out


def send(channel):
    """Send what is due by this channel, at most one batch; returns how many rows were claimed."""
    now = timezone.now()
    claimed = claim(channel, now)
    if claimed:
        _send(channel, now, claimed)
    return len(claimed)


def _send(channel, now, rows):
    """If the batch itself fails, the rest is tried message by message, so that one does not stop the others."""
    batch = Batch(channel, now)
    try:
        batch.send(rows)
    except Exception as fault:
        log.exception("a batch of %s could not be sent", channel)
        queued = set(Delivery.objects.queued().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        left = [row for row in rows if row.pk in queued]
        bundles = _bundles(left)
        for bundle in bundles if len(bundles) > 1 else []:
            _send(channel, now, bundle)
        if len(bundles) == 1:
            batch.finish(left, Outcome.fault(fault))


def _bundles(rows):
    bundles = defaultdict(list)
    for row in rows:
        bundles[row.bundle].append(row)
    return list(bundles.values())


def claim(channel, now):
    """Lock and lease a batch of due rows, and with them whatever else is due to the same people, to this worker alone."""
    with transaction.atomic():
        due = Delivery.objects.due(now).filter(channel=channel).select_for_update(of=("self",), skip_locked=True)
        rows = list(due.select_related("notice__recipient").order_by("next_try_at", "pk")[:BATCH])
        people = {row.notice.recipient_id for row in rows}
        mates = due.filter(notice__recipient__in=people).exclude(pk__in=[row.pk for row in rows])
        rows += list(mates.select_related("notice__recipient").order_by("pk")[:BATCH])
        _bundle(rows, channel, now + LEASE)
    return rows


def _bundle(rows, channel, claimed_until):
    """What goes to one person together stays together, so a retry is the same message. Urgent messages go alone, and so
    do decisions: the subject says what was decided, and that letter must not be page three of another. What is only
    passing must be whole in itself."""
    heads, fresh = {}, defaultdict(list)
    for row in sorted(rows, key=lambda row: row.pk):
        if row.bundle is None:
            is_alone = row.urgent or channel == Channel.IN_APP or row.notice.category == Category.DECISIONS
            is_alone = is_alone or is_passing(row.notice)
            head = row.pk if is_alone else heads.setdefault(row.notice.recipient_id, row.pk)
            row.bundle = head
            fresh[head].append(row.pk)
    alone = {head for head, members in fresh.items() if len(members) == 1}
    Delivery.objects.filter(pk__in=alone).update(bundle=F("pk"), claimed_until=claimed_until)
    for head in fresh.keys() - alone:
        Delivery.objects.filter(pk__in=fresh[head]).update(bundle=head)
    Delivery.objects.filter(pk__in=[row.pk for row in rows if row.pk not in alone]).update(claimed_until=claimed_until)


class Batch:
    def __init__(self, channel, now):
        self.channel, self.now = channel, now
        self.deadline = time.monotonic() + LONGEST_TURN

    def send(self, rows):
        rows = self.still_wanted(rows)
        people = list({row.notice.recipient_id: row.notice.recipient for row in rows}.values())
        self.protected = protection.sheltered_among(person.pk for person in people)
        self.preferences = {}
        if self.channel == Channel.EMAIL:
            lasting = {row.notice.recipient_id for row in rows if not is_passing(row.notice)}
            pairs = [(person, person) for person in people if person.pk in lasting]
            self.preferences = links_for(pairs, purpose="messaging.preferences")
        with Post() if self.channel == Channel.EMAIL else nullcontext() as post, Marks(self.channel) as marks:
            self.hand_over_all(_bundles(rows), post, marks)

    # Is it still wanted?

    def still_wanted(self, rows):
        choices = choices_of([row.notice.recipient for row in rows])
        share_subjects([row.notice for row in rows])
        meant = Meant(rows)
        wanted, unwanted, quiet = [], [], defaultdict(list)
        for row in rows:
            try:
                at = self.due(row, choices, meant)
            except Exception as fault:
                log.exception("whether notice %s is wanted could not be told", row.notice_id)
                self.finish([row], Outcome.fault(fault))
                continue
            if at is None:
                unwanted.append(row)
            elif at > self.now:
                quiet[at].append(row)
            elif self.channel not in (*ways_open_to(row.notice.recipient), Channel.IN_APP):
                self.give_up(row, "no address")
            else:
                wanted.append(row)
        self.drop(unwanted)
        for at, waiting in quiet.items():
            postpone(waiting, at)
        return wanted

    def due(self, row, choices, meant):
        if not self.is_wanted(row.notice, meant) or not self.is_chosen(row, choices):
            return None
        if row.urgent or self.channel == Channel.IN_APP:
            return self.now
        return after_quiet(self.now, choices[row.notice.recipient_id])

    def is_wanted(self, notice, meant):
        kind = KINDS.get(notice.kind)
        if kind is None or notice.subject is None or not notice.recipient.is_active or not meant(notice):
            return False
        if notice.state not in (Notice.State.WAITING, Notice.State.TOLD):
            return False
        return kind.wanted is None or kind.wanted(notice)

    def is_chosen(self, row, choices):
        """Whether a message with one channel only is still chosen by that channel: choices apply to waiting messages
        too."""
        kind, person = KINDS[row.notice.kind], row.notice.recipient
        return row.channel != kind.only or bool(kind.channels(person, choices[person.pk]))

    def drop(self, rows):
        Delivery.objects.queued().filter(pk__in=[row.pk for row in rows]).update(
            state=Delivery.State.STOPPED, claimed_until=None
        )
        Notice.objects.unqueued().filter(pk__in=[row.notice_id for row in rows]).update(state=Notice.State.UNWANTED)
        forget([row.notice for row in rows if is_passing(row.notice)])

    # The words

    def write(self, bundle):
        """(bundle, lines in the portal, what travels) in the receiver's language. If one of several letters cannot be
        written, each travels alone."""
        with translation.override(bundle[0].notice.recipient.language):
            try:
                letters = [KINDS[row.notice.kind](row.notice) for row in bundle]
                if bundle[0].notice.recipient_id in self.protected:
                    letters = [composing.neutral(letter) for letter in letters]
                return [(bundle, [composing.line_of(letter) for letter in letters], self.compose(bundle, letters))]
            except Exception as error:
                log.exception("notice %s could not be written", bundle[0].notice_id)
                fault = error
        if len(bundle) > 1:
            return [done for row in apart(bundle) for done in self.write([row])]
        self.finish(bundle, Outcome.fault(fault))
        return []

    def compose(self, bundle, letters):
        head = min(bundle, key=lambda row: row.notice_id)
        person, is_protected = head.notice.recipient, head.notice.recipient_id in self.protected
        if self.channel == Channel.SMS:
            return composing.sms_of(letters, is_protected=is_protected), composing.key_of(head)
        if self.channel == Channel.EMAIL:
            mail = composing.mail_of(
                letters,
                person,
                key=composing.key_of(head),
                school="" if is_protected else school_of(head.notice),
                preferences_url=self.choices_url(head.notice),
            )
            _ = mail.written  # what cannot be written fails here
            return mail
        return None

    def choices_url(self, notice):
        """A personal link would stay behind as a row: what is passing leads to where one signs in."""
        if is_passing(notice):
            return settings.SITE_URL + reverse("messaging:preference_edit")
        return self.preferences[notice.recipient_id].url()

    # Handing over

    def hand_over_all(self, bundles, post, marks):
        """Each is written whole and then handed over, so that one that cannot be written leaves nothing on the wire."""
        for place, bundle in enumerate(bundles):
            written = self.write(bundle)
            for part, (rows, lines, message) in enumerate(written):
                wait = self.turn(rows, lines, message, post, marks)
                if wait is not None:
                    left = [rows for rows, _lines, _message in written[part:]] + bundles[place + 1 :]
                    postpone([row for rows in left for row in rows], timezone.now() + wait)
                    return

    def turn(self, rows, lines, message, post, marks):
        """Hand one over. How long all that is left must wait, when it was not taken."""
        if time.monotonic() > self.deadline:
            return timedelta()
        outcome = self.hand_over(rows, message, post)
        if outcome.state == "away":
            return AWAY
        if outcome.state == "sent" and is_passing(rows[0].notice):
            forget([rows[0].notice])
        elif outcome.state == "sent":
            marks.add(rows, lines, outcome.answer)
        else:
            self.finish(rows, outcome)
        return None

    def hand_over(self, bundle, message, post):
        if self.channel == Channel.EMAIL:
            return post.send(message)
        if self.channel == Channel.SMS:
            return self.text(bundle, message)
        return Outcome.sent()

    def text(self, bundle, message):
        try:
            return telephone().send(dialled(bundle[0].notice.recipient.phone), *message)
        except Exception as fault:
            log.exception("notice %s could not be handed over", bundle[0].notice_id)
            return Outcome.fault(fault)

    def finish(self, bundle, outcome):
        rows = bundle
        if outcome.state in ("later", "fault"):
            delays = DELAYS if outcome.state == "later" else AFTER_FAULTS
            rows = retry(bundle, delays, outcome.answer, timezone.now())
        elif outcome.is_address and self.channel == Channel.EMAIL:
            with suppress(NotFailed):
                mark_email_failed(bundle[0].notice.recipient, by=the_portal())
        for row in rows:
            self.give_up(row, outcome.answer)

    @transaction.atomic
    def give_up(self, row, answer):
        failed = (
            Delivery.objects.queued()
            .filter(pk=row.pk)
            .update(state=Delivery.State.FAILED, claimed_until=None, answer=answer[:200], attempts=F("attempts") + 1)
        )
        if failed and is_passing(row.notice) and not (row.channel == Channel.EMAIL and row.notice.recipient.phone):
            forget([row.notice])
        elif failed:
            fall_back(row, row.notice.recipient, timezone.now())


class Meant:
    def __init__(self, rows):
        events = Event.objects.in_bulk({row.notice.event_id for row in rows if row.notice.event_id})
        people = {row.notice.recipient_id for row in rows}
        self.known = {}
        for name, key in {(row.notice.kind, row.notice.event_id) for row in rows if row.notice.kind in KINDS}:
            if key in events:
                try:
                    self.known[name, key] = self._still(KINDS[name], events[key], people)
                except Exception as fault:
                    self.known[name, key] = fault

    def __call__(self, notice):
        meant = self.known.get((notice.kind, notice.event_id))
        if isinstance(meant, Exception):
            raise meant
        return meant is None or notice.recipient_id in meant

    def _still(self, kind, event, people):
        found = kind.to(event)
        if isinstance(found, models.QuerySet) and not found.query.is_sliced:
            return set(found.filter(pk__in=people).values_list("pk", flat=True))
        return {(one[0] if isinstance(one, tuple) else one).pk for one in found}


def share_subjects(notices):
    """Fetch each subject once for the whole batch."""
    keys = defaultdict(set)
    for notice in notices:
        keys[notice.subject_type].add(notice.subject_id)
    for label, ids in keys.items():
        found = {}
        with suppress(LookupError):
            model = apps.get_model(label)
            found = {str(row.pk): row for row in model._base_manager.filter(pk__in=ids)}
        for notice in notices:
            if notice.subject_type == label:
                notice.subject = found.get(notice.subject_id)


def school_of(notice):
    school = getattr(notice.subject, "school", None)
    return school.name if school else ""
