"""What a worker does for the office: read an uploaded roster, write a confirmed one."""

from celery import shared_task
from django.utils import translation

from portal.people.models import RosterImport, the_portal
from portal.people.rosters import actions


@shared_task(ignore_result=True)
def read_uploaded_roster(roster_id):
    entry = RosterImport.objects.select_related("uploaded_by", "school", "municipality").get(pk=roster_id)
    with translation.override(entry.uploaded_by.language):
        actions.show_roster(entry, by=the_portal())


@shared_task(ignore_result=True)
def write_confirmed_roster(roster_id):
    entry = RosterImport.objects.select_related("uploaded_by", "school", "municipality").get(pk=roster_id)
    with translation.override(entry.uploaded_by.language):
        actions.write_roster(entry, by=the_portal())


@shared_task(ignore_result=True)
def sweep_rosters():
    """Imports whose bell nobody heard; one that is under way is locked, and this finds it done or waits for it."""
    for entry in RosterImport.objects.at_work():
        reads = entry.state == RosterImport.State.READ
        (read_uploaded_roster if reads else write_confirmed_roster).delay(entry.pk)
