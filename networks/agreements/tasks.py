"""What the clock does for agreements."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from networks.agreements import actions
from networks.models import SharedNormAgreement
from portal.clock import MINUTE, every
from portal.people.models import the_portal
from portal.surveys.models import SurveyClosed


@shared_task(ignore_result=True)
@every(10 * MINUTE)
def close_surveys():
    over = SharedNormAgreement.objects.asking().filter(survey__closes_at__lte=timezone.now())
    for agreement in over.select_related("school_class", "survey"):
        with suppress(SurveyClosed):
            actions.close_survey_of(agreement, by=the_portal())
