"""When a case is over, and who ended it: only what is over goes into the extract of a year."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from grants.deadlines import a_year_after
from grants.models import Appeal, GrantApplication
from grants.models.applications import AWARDED, Status


@dataclass(frozen=True)
class Closed:
    application: GrantApplication
    at: datetime
    by: str


def closed_in(municipality, year: int) -> list[Closed]:
    """The cases of a municipality that were over in a calendar year, each at its own school's midnight."""
    sent = GrantApplication.objects.sent().with_names().filter(school__municipality=municipality).order_by("pk")
    found = [closed for application in sent if (closed := closed_of(application, timezone.now()))]
    return [one for one in found if one.at.astimezone(one.application.school.zone).year == year]


def closed_of(application: GrantApplication, now: datetime) -> Closed | None:
    """Awarded: when somebody has closed it, or when it lapsed. Refused: the day after the last day to appeal, when no
    appeal is open; then, and when it was appealed, no earlier than the end of the appeal. Withdrawn: when the class did so."""
    if application.status == Status.WITHDRAWN:
        by = _("Class %(class)s") % {"class": application.school_class.name}
        return Closed(application, application.changed_at, by)
    closed = _decided(application, now)
    return closed and replace(closed, at=max(closed.at, *_appealed(application)))


def _appealed(application):
    """Whenever something happened to an appeal: a case that was appealed is over no earlier."""
    moments = Appeal.objects.filter(decision__application=application).values_list(
        "sent_at", "reviewed_at", "recorded_at", "withdrawn_at"
    )
    return [application.decided_at, *(at for appeal in moments for at in appeal if at)]


def _decided(application, now):
    if not application.is_decided or Appeal.objects.is_open().filter(decision__application=application).exists():
        return None
    if closing := getattr(application, "closing", None):
        return Closed(application, closing.closed_at, closing.closed_by.full_name)
    if application.status == Status.LAPSED:
        return Closed(application, application.changed_at, application.school.name)
    return None if application.status in AWARDED else _refused(application, now)


def _refused(application, now):
    decision = application.decisions.latest_versions().select_related("decided_by").get()
    last = decision.last_day_to_appeal or (decision.told_on and a_year_after(decision.told_on))
    if last is None:
        return None  # nobody has been told yet
    at = datetime.combine(last + timedelta(days=1), time(), tzinfo=application.school.zone)
    return Closed(application, at, decision.decided_by.full_name) if at <= now else None
