"""How far a message has come, and what somebody has been told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from portal.messaging.models import Channel, Delivery, Notice, PersonalLink
from portal.people.models import Enrolment, GuardianRelation, Person, Role
from portal.people.rules import LEADERS

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
    """Guardians of children at the schools whose office this person runs, whose e-mail address does not work."""
    schools = Role.objects.live().filter(person_id=person.pk, kind__in=[Role.Kind.OFFICE, *LEADERS]).values("school")
    places = Enrolment.objects.current().filter(pupil=OuterRef("pupil"), school_class__school__in=schools)
    children = GuardianRelation.objects.live().filter(Exists(places), guardian=OuterRef("pk"))
    return Person.objects.active().filter(Exists(children), email_failed_at__isnull=False).in_name_order()
