"""What the clock does for readings: it adds up what was counted, of this month and the one before."""

from celery import shared_task

from portal.clock import HOUR, every
from portal.people.models import the_portal
from principles.models import PrincipleVersion
from principles.readership.actions import add_readings
from principles.readership.counting import added_up, counted, month_before, this_month


@shared_task(ignore_result=True)
@every(6 * HOUR)
def add_up_readings():
    published = PrincipleVersion.objects.published().in_bulk()
    for month in (month_before(this_month()), this_month()):
        for key, times in counted(published, month).items():
            add_readings(published[key], by=the_portal(), month=month, times=times)
            added_up(key, month, times)
