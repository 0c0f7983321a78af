"""People who have an entry in their calendar and no longer take part are told so once, and the entry is removed."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from portal.calendars import Entry
from portal.ledger.models import Event
from portal.messaging.calendars import event, without_place
from portal.messaging.letters import Letter
from portal.messaging.models import Channel, Delivery, Notice

AFTER = "after notice "


def entries_sent(kinds, *, ended_by):
    travelled = Delivery.objects.filter(notice=OuterRef("pk"), channel=Channel.EMAIL, state=Delivery.State.SENT)
    same = {name: OuterRef(name) for name in ("subject_type", "subject_id", "recipient")}
    ended = Notice.objects.filter(kind__in=ended_by, pk__gt=OuterRef("pk"), **same)
    return Notice.objects.told().filter(Exists(travelled), ~Exists(ended), kind__in=kinds).order_by("pk")


def after(notice):
    """The occasion is the notice whose entry is removed, so a later entry can be removed again."""
    return f"{AFTER}{notice.pk}"


def taken_out(notice, uid, sequence):
    """Removes the entry, and reveals nothing that has changed since the person was last told: neither where, when nor
    why."""
    entry = Entry(uid, sequence, _told_start(notice), None, "", cancelled=True)
    return Letter(
        subject=_("A time in your calendar no longer applies"),
        lines=[_("You need not come. This message takes the time out of your calendar.")],
        calendar=without_place(event(entry)),
    )


def _told_start(notice):
    told = Notice.objects.told().filter(
        subject_type=notice.subject_type,
        subject_id=notice.subject_id,
        recipient=notice.recipient_id,
        pk__lte=int(notice.occasion.removeprefix(AFTER)),
    )
    last = Event.objects.filter(pk__in=told.values("event_id"), details__has_key="starts_at").order_by("-pk").first()
    return last and datetime.fromisoformat(last.details["starts_at"])
