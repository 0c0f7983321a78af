"""What the clock does for hearings: a year after the reply it forgets who wrote what."""

from contextlib import suppress

from celery import shared_task

from portal.clock import DAY, every
from portal.people.models import the_portal
from principles.hearings import actions
from principles.hearings.models import Hearing, HearingChanged


@shared_task(ignore_result=True)
@every(DAY)
def forget_hearing_answers():
    for hearing in Hearing.objects.to_forget():
        with suppress(HearingChanged):
            actions.forget_answers(hearing, by=the_portal())
