"""When the class was told, until when it can appeal, and what pages and letters say of an appeal."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from grants.deadlines import last_day_to_appeal
from grants.models import Decision
from portal.ledger.models import Event
from portal.messaging.models import Channel, Delivery, Notice

ALERTS = ("grants.decision_sent", "grants.correction_sent")
BY_THEN = timedelta(days=1)  # quiet hours are over by then: an alert that was not sent has failed


@dataclass(frozen=True)
class Alert:
    """The day on which the first alert of a letter was sent; or that none was, and none will be."""

    sent_on: date | None
    has_failed: bool


def alert_of(decision: Decision) -> Alert:
    events = Event.objects.about(decision.application).filter(details__decision=decision.pk)
    notices = Notice.objects.filter(kind__in=ALERTS, event_id__in=list(events.values_list("pk", flat=True)))
    tried = Delivery.objects.filter(notice__in=notices).exclude(channel=Channel.IN_APP)
    sent = tried.filter(state=Delivery.State.SENT).order_by("sent_at").first()
    if sent:
        return Alert(timezone.localtime(sent.sent_at, decision.application.school.zone).date(), has_failed=False)
    is_late = timezone.now() > decision.decided_at + BY_THEN
    is_waiting = tried.queued().exists() or (not is_late and not tried.exists())
    return Alert(None, has_failed=not is_waiting)


def last_day_of(decision: Decision, told_on: date, *, asked: date | None = None, given: date | None = None):
    """None where the scheme sets no limit, and for what cannot be appealed."""
    weeks = decision.application.scheme.appeal_weeks
    if weeks is None or decision.is_final:
        return None
    country = decision.application.school.country
    return last_day_to_appeal(told_on, country=country, weeks=weeks, reasons_asked=asked, reasons_given=given)


def untold(decisions):
    """Letters whose alert should have been sent by now, and was not."""
    return decisions.latest_versions().untold().filter(decided_at__lte=timezone.now() - BY_THEN)
