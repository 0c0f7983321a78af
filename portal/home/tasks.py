"""What the clock tidies away for the first page."""

from celery import shared_task
from django.utils import timezone

from portal.clock import DAY, every
from portal.home.morning import to_forget


@shared_task(ignore_result=True)
@every(DAY)
def forget_mornings():
    to_forget(timezone.now()).delete()
