"""What a worker does for people's sign-ins: tell the addresses of a move, forget what is old."""

import logging
from datetime import timedelta

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from portal.clock import DAY, MINUTE, every
from portal.people.letters import new_ones, tell_new_address, tell_old_address, untold
from portal.people.models import Availability, CarePlace, CodeGuesses, Household, SignInMove

log = logging.getLogger(__name__)

KEPT = timedelta(days=90)  # how long an address that was left is remembered


@shared_task(ignore_result=True)
@every(MINUTE)
def tell_of_moves():
    """An address that cannot be told waits for the next run."""
    _tell_each(untold, tell_old_address, told_at=timezone.now())
    _tell_each(new_ones, tell_new_address, tells_new=False)


def _tell_each(waiting, tell, **told):
    for key in list(waiting().values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                move = waiting().select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
                if move:
                    tell(move)
                    SignInMove.objects.filter(pk=key).update(**told)
        except Exception:
            log.exception("an address of move %s could not be told", key)


@shared_task(ignore_result=True)
@every(DAY)
def forget_ways_in():
    now = timezone.now()
    SignInMove.objects.filter(asked_at__lt=now - KEPT).delete()
    CodeGuesses.objects.filter(day__lt=timezone.localdate(now) - KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@shared_task(ignore_result=True)
@every(DAY)
def forget_absences():
    """Also which children went to after-school care of a school they have left."""
    over = Availability.objects.filter(away_until__lt=timezone.localdate())
    over.update(away_until=None, stand_in=None)
    CarePlace.objects.left().delete()


@shared_task(ignore_result=True)
@every(DAY)
def forget_free_days():
    """Days that a home has kept free, once they have passed."""
    today = timezone.localdate()
    for home in Household.objects.filter(free_days__0__lt=today):
        ahead = [day for day in home.free_days if day >= today]
        Household.objects.filter(pk=home.pk, free_days=home.free_days).update(free_days=ahead)
