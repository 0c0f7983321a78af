"""What the clock and the workers do for conferences."""

import logging
from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.db.models import Max, Q
from django.utils import timezone

from conferences import actions
from conferences.actions.keeping import FEEDBACK_MONTHS, INTERPRETERS, PREPARATION_MONTHS, REQUESTS, TIMES_MONTHS
from conferences.models import ConferenceRound, NotNow
from conferences.queries import keeping
from conferences.queries.leaving import pupils_who_left
from conferences.timetables.tasks import book_timetable, plan_timetable, sweep_timetables
from portal.clock import DAY, MINUTE, every
from portal.people.models import the_portal

__all__ = ["book_timetable", "plan_timetable", "sweep_timetables"]  # a worker looks for them here

log = logging.getLogger(__name__)

AFTERWARDS = timedelta(days=7)


@shared_task(ignore_result=True)
@every(10 * MINUTE)
def follow_rosters():
    """Calls off what children leave behind in a class, and calls those who come to one. An error about one child is
    logged and tried again next time; it does not hold up the others."""
    for pupil in pupils_who_left():
        try:
            with suppress(NotNow):
                actions.end_place(pupil, by=the_portal())
        except Exception:
            log.exception("what pupil %s left behind could not be called off", pupil.pk)
    for round in ConferenceRound.objects.published().select_related("school"):
        with suppress(NotNow):
            actions.follow_roster(round, by=the_portal())


@shared_task(ignore_result=True)
@every(DAY)
def close_rounds():
    """A week after a round's last time, when the teachers have had time to look back."""
    before = timezone.now() - AFTERWARDS
    ended = ConferenceRound.objects.published().annotate(over_at=Max("slots__ends_at")).filter(closes_at__lt=before)
    for round in ended.filter(Q(over_at=None) | Q(over_at__lt=before)).select_related("school"):
        with suppress(NotNow):
            actions.close_round(round, by=the_portal())


@shared_task(ignore_result=True)
@every(DAY)
def forget_talks():
    """What nobody needs any longer: after three months, sixty days, ninety days, half a year and a year."""
    now, today = timezone.now(), timezone.localdate()
    for conference in keeping.prepared_before(keeping.months_before(now, PREPARATION_MONTHS)):
        _forget(actions.forget_preparation, conference)
    for school_class in keeping.classes_ended_by(keeping.months_before(today, TIMES_MONTHS)):
        _forget(actions.forget_times, school_class)
    for school_class in keeping.classes_with_feedback_ended_by(keeping.months_before(today, FEEDBACK_MONTHS)):
        _forget(actions.forget_feedback, school_class)
    for round in keeping.rounds_over_by(now - REQUESTS).filter(keeping.WITH_REQUESTS):
        _forget(actions.forget_requests, round)
    for round in keeping.rounds_over_by(now - INTERPRETERS).filter(keeping.WITH_INTERPRETERS):
        _forget(actions.forget_interpreters, round)
    for conference in keeping.extra_over_by(now - INTERPRETERS):
        _forget(actions.forget_extra_requests, conference)


def _forget(action, subject):
    with suppress(NotNow):
        action(subject, by=the_portal())
