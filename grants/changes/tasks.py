"""What the clock does: an award of a period that is over, for a gathering that was cancelled, is free again."""

from contextlib import suppress

from celery import shared_task

from grants.changes.actions import lapse_award
from grants.changes.queries import awards_never_used
from grants.models.applications import NotMovable
from portal.clock import DAY, every
from portal.people.models import the_portal


@shared_task(ignore_result=True)
@every(DAY)
def lapse_unused_awards():
    for application in awards_never_used():
        with suppress(NotMovable):
            lapse_award(application, by=the_portal())
