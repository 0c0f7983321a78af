"""The clock prepares the letter of the month that has ended, for every class that has a class contact."""

from contextlib import suppress

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from networks.digests import actions
from networks.models import ClassDigest, month_before
from portal.clock import DAY, every
from portal.people.models import Role, SchoolClass, the_portal


@shared_task(ignore_result=True)
@every(DAY)
def prepare_digests():
    """In the first week of a month, so that a day without a clock loses nothing."""
    today = timezone.localdate()
    if today.day > 7:
        return
    month = month_before(today)
    contact = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class=OuterRef("pk"))
    prepared = ClassDigest.objects.filter(school_class=OuterRef("pk"), month=month)
    for school_class in SchoolClass.objects.current().filter(Exists(contact), ~Exists(prepared)):
        with suppress(actions.NothingToSay, actions.NobodySends, actions.PreparedAlready):
            actions.prepare_digest(school_class, by=the_portal(), month=month)
