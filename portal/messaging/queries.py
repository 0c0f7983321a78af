"""How far a message has got, and what somebody has been told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Case, F, Min, Q, When

from portal.messaging.models import Channel, Delivery, Notice, PersonalLink, Preference
from portal.messaging.outcomes import AWAY
from portal.people import protection
from portal.people.models import Person, keys_of

State = Delivery.State


@dataclass(frozen=True)
class Reach:
    state: str
    at: datetime
    channel: str


ORDER = {"stopped": 0, "failed": 1, "queued": 2, "sent": 3, "opened": 4}


def reach_of(subject, kind, *, opened=True):
    """{person's key: Reach}, the best of each person's deliveries. Two queries, and one for whoever does not read whether
    it was `opened`."""
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
    if not opened:
        return reached
    links = PersonalLink.objects.about(subject).filter(person__in=reached, opened_at__isnull=False)
    for link in links.order_by("opened_at"):
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
    """Newest first. Nothing about a child whose family is protected today and who no longer concerns the person. Two
    more queries for each kind of row with a child, however many messages."""
    told = Notice.objects.visible_to(person)
    hidden = Q()
    for label in told.order_by().values_list("subject_type", flat=True).distinct():
        if keys := _hidden(label, told.filter(subject_type=label), person):
            hidden |= Q(subject_type=label, subject_id__in=keys)
    return told.exclude(hidden).newest_first() if hidden else told.newest_first()


def _hidden(label, notices, person):
    model = apps.get_model(label)
    if not any(column.name == "pupil" for column in model._meta.concrete_fields):
        return []
    keys = set(notices.order_by().values_list("subject_id", flat=True))
    unseen = model.objects.filter(pk__in=keys).exclude(pk__in=model.objects.visible_to(person).values("pk"))
    children = {row.pk: row.pupil for row in unseen.select_related("pupil")}
    protected = protection.covered_among([child.pk for child in children.values()])
    return [str(key) for key, child in children.items() if child.pk in protected]


def unreachable_at(person):
    own = Person.objects.at(keys_of.schools_run(person)).unrestricted_for(person)
    return own.active().filter(email_failed_at__isnull=False).in_name_order()


def unsent_at(person):
    own = Person.objects.at(keys_of.schools_run(person)).unrestricted_for(person).active().exclude(pk=person.pk)
    return (
        Notice.objects.set_aside().filter(recipient__in=own).select_related("recipient").order_by("-not_before", "-pk")
    )


def longest_wait(now):
    """Of the most overdue message, since it was due; of one a worker has already tried (the mail server is away), since
    it was ready. What its own mailbox defers, and what waits for the morning or a digest, is not late."""
    soon = now + AWAY
    unsent = Delivery.objects.unclaimed(now).filter(attempts=0, next_try_at__lte=soon)
    overdue = unsent.filter(Q(bundle__isnull=False) | Q(next_try_at__lte=now))
    since = Case(When(bundle=None, then=F("next_try_at")), default=F("notice__not_before"))
    first = overdue.aggregate(first=Min(since))["first"]
    return max(now - first, timedelta()) if first else timedelta()


def wants_morning(person):
    return not Preference.objects.filter(person=person, morning=False).exists()
