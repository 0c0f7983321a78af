"""What the clock does after gatherings."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from networks.after import actions
from networks.models import Pulse
from portal.clock import MINUTE, every
from portal.people.models import the_portal
from portal.surveys.models import SurveyClosed


@shared_task(ignore_result=True)
@every(10 * MINUTE)
def close_pulses():
    over = Pulse.objects.asking().filter(survey__closes_at__lte=timezone.now())
    for pulse in over.select_related("gathering__school_class", "survey"):
        with suppress(SurveyClosed):
            actions.close_pulse(pulse, by=the_portal())
