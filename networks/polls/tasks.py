"""What the clock does for polls: forgets what each home said. That one closes is a question of the time alone."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from networks.models import NotNow, Poll
from networks.polls import actions
from portal.clock import DAY, every
from portal.people.models import the_portal


@shared_task(ignore_result=True)
@every(DAY)
def forget_polls():
    for poll in Poll.objects.to_forget(timezone.now()).select_related("gathering"):
        with suppress(NotNow):
            actions.forget_poll(poll.gathering, by=the_portal())
