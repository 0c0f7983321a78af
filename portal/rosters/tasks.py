"""What a worker does for the office: read an uploaded roster, write a confirmed one."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone, translation

from portal.clock import MINUTE, every
from portal.people.models import RosterImport, the_portal
from portal.people.models.rosters import NotInThisState
from portal.rosters import actions


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
    """Resume imports whose signal was lost or whose worker died; after three dead workers, give up. A file that has
    gone unanswered for a month is thrown away."""
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
