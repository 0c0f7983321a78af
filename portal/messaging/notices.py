"""How a room says who hears of what: `@notice` for what happened, `@reminder` for what the clock finds."""

from functools import partial
from secrets import token_hex

from django.db import transaction

from portal.ledger.publish import subscribe
from portal.messaging.kinds import DELAY, Due, Kind, register
from portal.messaging.models import naming
from portal.messaging.queueing import Wanted, queue
from portal.messaging.tasks import send_batch

__all__ = ["Due", "notice", "pass_on", "passing", "reminder"]


def notice(name, *, on, to, category, duty=False, wanted=None, delay=DELAY, urgent=False):
    """Register the decorated function as the letter that the people of `to(event)` get when the event `on` has
    happened.

    `to` and `wanted` are asked again on sending: anybody no longer meant gets nothing.
    """

    def declare(write):
        verbs = (on,) if isinstance(on, str) else tuple(on)
        kind = register(
            Kind(name, write, category, on=verbs, to=to, duty=duty, urgent=urgent, delay=delay, wanted=wanted)
        )
        for verb in verbs:
            subscribe(verb, partial(hear, kind))
        return kind

    return declare


def reminder(name, *, category="reminders", wanted, duty=False, urgent=False, only="", at=None):
    """Register the decorated function as the letter of a reminder; its `.due` registers the clock's query. One with
    `only` goes to those who have chosen that channel, one with `at` at the hour that this gives."""

    def declare(write):
        return register(Kind(name, write, category, duty=duty, urgent=urgent, only=only, at=at, wanted=wanted))

    return declare


def passing(name, *, category, wanted=None):
    """Register the decorated function as the letter of what is passed on from one to another and kept nowhere. What is
    passed on stands in `notice.text` until it is sent. It goes out even to those who chose the portal alone, since
    nothing of it stays there."""

    def declare(write):
        return register(Kind(name, write, category, duty=True, passing=True, wanted=wanted))

    return declare


def pass_on(kind, people, text):
    """The notice is about nobody but its reader, and comes from no event."""
    queue_now(kind, [Wanted(*naming(person).values(), person, token_hex(8), text) for person in people])


def hear(kind, event):
    wanted = [
        Wanted(event.subject_type, event.subject_id, person, occasion) for person, occasion in kind.recipients(event)
    ]
    queue_now(kind, wanted, event_id=event.pk)


def queue_now(kind, wanted, **from_):
    due = sorted(queue(kind, wanted, **from_))
    transaction.on_commit(lambda: [send_batch.delay(channel) for channel in due], robust=True)
