"""Who hears of an event, and the one place that tells them."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from portal.ledger.models import Event

_subscribers = defaultdict(list)


def subscribe(verb, heard):
    """`heard(event)` is called in the transaction that marks the event as published."""
    _subscribers[verb].append(heard)


def subscribers(verb):
    return tuple(_subscribers[verb])


def publish(event_id):
    """Every subscriber hears the event exactly once: a second call finds it published and does nothing."""
    with transaction.atomic():
        unheard = Event.objects.unpublished().select_for_update(of=("self",), skip_locked=True)
        for event in unheard.filter(pk=event_id).order_by():
            for heard in _subscribers[event.verb]:
                heard(event)
            event.published_at = timezone.now()
            event.save(update_fields=["published_at"])
