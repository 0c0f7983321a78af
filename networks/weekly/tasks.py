"""What the clock does for weekly lines."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from networks.models import WeeklyLine
from networks.weekly import actions
from portal.actions import Gone
from portal.clock import DAY, every
from portal.people.models import the_portal


@shared_task(ignore_result=True)
@every(DAY)
def forget_weekly_lines():
    for line in WeeklyLine.objects.to_forget(timezone.localdate()).select_related("school_class"):
        with suppress(Gone):
            actions.forget_weekly(line, by=the_portal())
