"""What the clock does about money: account numbers, drafts and cases are kept no longer than they are needed."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from grants.models.payouts import NotChangeable
from grants.money import actions, keeping
from portal.clock import DAY, every
from portal.people.models import the_portal


@shared_task(ignore_result=True)
@every(DAY)
def forget_accounts():
    for application in keeping.with_old_accounts(timezone.now()):
        with suppress(NotChangeable):
            actions.forget_account(application, by=the_portal())


@shared_task(ignore_result=True)
@every(DAY)
def forget_drafts():
    for application in keeping.old_drafts(timezone.now()):
        with suppress(NotChangeable):
            actions.forget_draft(application, by=the_portal())


@shared_task(ignore_result=True)
@every(DAY)
def empty_cases():
    for application in keeping.old_cases(timezone.now()):
        with suppress(NotChangeable):
            actions.empty_case(application, by=the_portal())
