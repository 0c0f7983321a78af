"""How far a message has come, and what somebody has been told."""

from dataclasses import dataclass
from datetime import datetime

from portal.messaging.models import Channel, Delivery, Notice, PersonalLink
from portal.people.models import Person

State = Delivery.State


@dataclass(frozen=True)
class Reach:
    """How one person was reached: `queued`, `sent`, `opened`, `failed` (also what came back) or `stopped`."""

    state: str
    at: datetime
    channel: str


ORDER = {"stopped": 0, "failed": 1, "queued": 2, "sent": 3, "opened": 4}


def reach_of(subject, kind):
    """{person's key: Reach}, the best of each person's deliveries. Two queries."""
    reached = {}
    rows = (
        Delivery.objects.filter(notice__in=Notice.objects.about(subject).filter(kind=kind))
        .exclude(notice__state=Notice.State.UNWANTED)
        .select_related("notice")
        .order_by("pk")
    )
    for row in rows:
        reach = _reach(row)
        person = row.notice.recipient_id
        if person not in reached or ORDER[reach.state] >= ORDER[reached[person].state]:
            reached[person] = reach
    opened = PersonalLink.objects.about(subject).filter(person__in=reached, opened_at__isnull=False)
    for link in opened.order_by("opened_at"):
        if reached[link.person_id].state != "opened":
            reached[link.person_id] = Reach("opened", link.opened_at, reached[link.person_id].channel)
    return reached


def _reach(delivery):
    if delivery.notice.read_at and delivery.state == State.SENT:
        return Reach("opened", delivery.notice.read_at, delivery.channel)
    state = {State.BOUNCED: "failed"}.get(delivery.state, delivery.state)
    if delivery.channel == Channel.IN_APP and state == "sent":
        return Reach("sent", delivery.sent_at, Channel.IN_APP)
    return Reach(str(state), delivery.sent_at or delivery.next_try_at, delivery.channel)


def messages_of(person):
    """What this person has been told, the newest first."""
    return Notice.objects.visible_to(person).newest_first()


def unreachable_at(person):
    """Those whose e-mail address does not work, at the schools whose office this person runs."""
    own = Person.objects.at(person.roles.schools_run())
    return own.active().filter(email_failed_at__isnull=False).in_name_order()


def unsent_at(person):
    """What could not be sent to people at the schools whose office this person runs, the newest first."""
    own = Person.objects.at(person.roles.schools_run()).active().exclude(pk=person.pk)
    return (
        Notice.objects.set_aside().filter(recipient__in=own).select_related("recipient").order_by("-not_before", "-pk")
    )
