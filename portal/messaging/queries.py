"""How far a message has come, and what somebody has been told."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Q

from portal.messaging.composing import protected_among
from portal.messaging.models import Channel, Delivery, Notice, PersonalLink
from portal.people.models import GuardianRelation, Person

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
    """What this person has been told, as it was told, the newest first; but nothing about a child whose family is
    protected today and whom the person has nothing to do with any more. Two queries more for each kind of row with a
    child, however many messages."""
    told = Notice.objects.visible_to(person)
    hidden = Q()
    for label in told.order_by().values_list("subject_type", flat=True).distinct():
        if keys := _hidden(label, told.filter(subject_type=label), person):
            hidden |= Q(subject_type=label, subject_id__in=keys)
    return told.exclude(hidden).newest_first() if hidden else told.newest_first()


def _hidden(label, notices, person):
    """The keys of the rows of one kind that are about a protected child and that the person may not see today."""
    model = apps.get_model(label)
    if not any(column.name == "pupil" for column in model._meta.concrete_fields):
        return []
    keys = set(notices.order_by().values_list("subject_id", flat=True))
    unseen = model.objects.filter(pk__in=keys).exclude(pk__in=model.objects.visible_to(person).values("pk"))
    children = {row.pk: row.pupil for row in unseen.select_related("pupil")}
    protected = protected_among(children.values()) | _with_protected_guardian(children.values())
    return [str(key) for key, child in children.items() if child.pk in protected]


def _with_protected_guardian(children):
    relations = GuardianRelation.objects.live().filter(pupil__in=list(children)).select_related("guardian")
    adults = protected_among([relation.guardian for relation in relations])
    return {relation.pupil_id for relation in relations if relation.guardian_id in adults}


def unreachable_at(person):
    """Those whose e-mail address does not work, at the schools whose office this person runs."""
    own = Person.objects.at(person.roles.schools_run())
    return own.active().filter(email_failed_at__isnull=False).in_name_order()
