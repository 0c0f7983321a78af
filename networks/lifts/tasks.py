"""What the clock does for lifts."""

from contextlib import suppress

from celery import shared_task

from networks import actions
from networks.models import Lift, NotNow
from portal.clock import MINUTE, every
from portal.people.models import the_portal


@shared_task(ignore_result=True)
@every(10 * MINUTE)
def lapse_lifts():
    for lift in Lift.objects.of_those_gone():
        with suppress(NotNow):
            actions.lapse_lift(lift, by=the_portal())
