"""What the clock does for gatherings."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from networks import actions
from networks.agreements.tasks import close_surveys
from networks.models import Gathering, NotNow
from portal.clock import DAY, HOUR, every
from portal.people.models import the_portal

__all__ = ["close_surveys", "forget", "welcome_newcomers"]  # a worker looks for them here


@shared_task(ignore_result=True)
@every(HOUR)
def welcome_newcomers():
    for gathering in Gathering.objects.published().upcoming().select_related("school_class"):
        with suppress(NotNow):
            actions.invite_newcomers(gathering, by=the_portal())


@shared_task(ignore_result=True)
@every(DAY)
def forget():
    """Sixty days after a gathering nobody needs to know who was called; when the school year is over, nor who came."""
    for gathering in Gathering.objects.to_forget(timezone.now()):
        with suppress(NotNow):
            actions.forget_reaching_out(gathering, by=the_portal())
    for gathering in Gathering.objects.of_a_past_year(timezone.localdate()).filter(rsvps__isnull=False).distinct():
        with suppress(NotNow):
            actions.forget_answers(gathering, by=the_portal())
