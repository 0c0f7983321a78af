"""What a worker does for the office: read an uploaded roster, write a confirmed one, tell the addresses of a move."""

import logging
from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone, translation

from portal.clock import DAY, MINUTE, every
from portal.people.letters import new_ones, tell_new_address, tell_old_address, untold
from portal.people.models import CodeGuesses, RosterImport, SignInMove, the_portal
from portal.people.models.rosters import NotInThisState
from portal.rosters import actions

log = logging.getLogger(__name__)

KEPT = timedelta(days=90)  # how long an address that was left is remembered


@shared_task(ignore_result=True)
def read_uploaded_roster(roster_id):
    entry = RosterImport.objects.select_related("uploaded_by", "school", "municipality").get(pk=roster_id)
    with translation.override(entry.uploaded_by.language), suppress(NotInThisState):
        actions.take_up_roster(entry, by=the_portal(), state=RosterImport.State.READ)
        actions.show_roster(entry, by=the_portal())


@shared_task(ignore_result=True)
def write_confirmed_roster(roster_id):
    entry = RosterImport.objects.select_related("uploaded_by", "school", "municipality").get(pk=roster_id)
    with translation.override(entry.uploaded_by.language), suppress(NotInThisState):
        actions.take_up_roster(entry, by=the_portal(), state=RosterImport.State.RUNNING)
        actions.write_roster(entry, by=the_portal())


@shared_task(ignore_result=True)
@every(2 * MINUTE)
def sweep_rosters():
    """Imports whose bell nobody heard, or whose worker died; one that has ended three workers is given up.
    A file that nobody has said yes or no to for a month is thrown away."""
    left = RosterImport.objects.left(timezone.now() - actions.SILENT).select_related("uploaded_by")
    for entry in left:
        if entry.tries >= actions.TRIES:
            with translation.override(entry.uploaded_by.language), suppress(NotInThisState):
                actions.give_up_roster(entry, by=the_portal())
            continue
        reads = entry.state == RosterImport.State.READ
        (read_uploaded_roster if reads else write_confirmed_roster).delay(entry.pk)
    for entry in RosterImport.objects.unanswered(timezone.now() - actions.KEPT):
        with suppress(NotInThisState):
            actions.discard_roster(entry, by=the_portal())


@shared_task(ignore_result=True)
@every(MINUTE)
def tell_of_moves():
    """Tell every address that is left, or is to be, and every one that counts in its place. One that cannot be told waits
    for the next run."""
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
    """Addresses that were left long ago, and old counts of wrong codes."""
    now = timezone.now()
    SignInMove.objects.filter(asked_at__lt=now - KEPT).delete()
    CodeGuesses.objects.filter(day__lt=timezone.localdate(now) - KEPT).delete()
