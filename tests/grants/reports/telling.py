"""A gathering that has been, and what the class tells of it."""

from datetime import timedelta

from django.utils import timezone

from grants.reports import actions
from networks.models import Gathering

TOLD = {
    "families": 12,
    "adults": 15,
    "children": 13,
    "siblings": 4,
    "involved": "Barna valgte lekene.",
    "used_for": "Saft og boller.",
    "spent": 100_000,
}


def went(application, *, days=2):
    ended = timezone.now() - timedelta(days=days)
    Gathering.objects.filter(pk=application.gathering_id).update(
        starts_at=ended - timedelta(hours=2), ends_at=ended, answer_by=ended - timedelta(days=3)
    )
    application.refresh_from_db()
    return application


def tell(application, by, **said):
    day = application.gathering.starts_at.astimezone(application.school.zone).date()
    return actions.send_report(application, by=by, **{**TOLD, "held_on": day, **said})
