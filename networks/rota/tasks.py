"""What the clock does for turns."""

from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from networks.models import Gathering, NotNow, Turn
from networks.rota import actions
from networks.rota.halves import half_around
from portal.clock import DAY, HOUR, every
from portal.people.models import SchoolClass, the_portal


@shared_task(ignore_result=True)
@every(HOUR)
def begin_turns():
    """Whoever has said yes to a half-year helps with its first gathering to come, and with the next when that one is
    cancelled. While the families are asked when it suits, nobody knows in which half it will be."""
    open_ones, gatherings = Turn.objects.to_begin(), Gathering.objects
    timed = Q(state__in=Gathering.OPEN) | Q(pk__in=gatherings.timed_drafts().values("pk"))
    planned = gatherings.upcoming().filter(timed, school_class__cohort__in=open_ones.values("cohort"))
    for gathering in planned.select_related("school_class__school", "school_class__year"):
        due = open_ones.filter(cohort=gathering.school_class.cohort_id, half=half_around(gathering))
        for turn in due.select_related("answered_by"):
            with suppress(NotNow):
                actions.begin_turn(turn, by=the_portal(), gathering=gathering)


@shared_task(ignore_result=True)
@every(DAY)
def tidy_turns():
    """Who has left frees the place; and when a class has left school, all of it is deleted."""
    cohorts = Turn.objects.values("cohort")
    for school_class in SchoolClass.objects.current().filter(cohort__in=cohorts).select_related("school", "year"):
        with suppress(NotNow):
            actions.free_turns(school_class, by=the_portal())
    a_year_ago = timezone.localdate() - timedelta(days=365)
    ended = SchoolClass.objects.filter(cohort__in=cohorts, year__ends_on__lt=a_year_ago)
    still = SchoolClass.objects.filter(year__ends_on__gte=a_year_ago).values("cohort")
    for school_class in ended.exclude(cohort__in=still.filter(cohort__isnull=False)):
        with suppress(NotNow):
            actions.forget_turns(school_class, by=the_portal())
