"""What a home has told is deleted after its last day."""

from contextlib import suppress

from celery import shared_task

from portal.actions import Gone
from portal.clock import HOUR, every
from portal.people.models import the_portal
from principles.confided.actions import forget_confidence
from principles.confided.models import Confidence


@shared_task(ignore_result=True)
@every(HOUR)
def forget_confidences():
    for confidence in Confidence.objects.over():
        with suppress(Gone):  # taken back meanwhile
            forget_confidence(confidence, by=the_portal())
