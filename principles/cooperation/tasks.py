"""What the clock does for the yearly survey."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from portal.clock import MINUTE, every
from portal.people.models import the_portal
from portal.surveys.models import SurveyClosed
from principles.cooperation import actions
from principles.cooperation.models import CooperationSurvey


@shared_task(ignore_result=True)
@every(10 * MINUTE)
def close_cooperations():
    over = CooperationSurvey.objects.asking().filter(parents__closes_at__lte=timezone.now())
    for asked in over.select_related("school", "parents", "staff"):
        with suppress(SurveyClosed):
            actions.close_cooperation(asked, by=the_portal())
