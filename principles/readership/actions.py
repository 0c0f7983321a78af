"""Adding up how often a version was read."""

from datetime import date

from django.db.models import F

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import only_the_portal
from principles.models import PrincipleVersion
from principles.readership.models import ReadingTotal


@action(may=only_the_portal, claims=PrincipleVersion.objects.published, records="principles.readings_added")
def add_readings(version: PrincipleVersion, *, by: Person, month: date, times: int) -> None:
    """Add to the total of a month how often the version was read since the last time."""
    total, _made = ReadingTotal.objects.get_or_create(version=version, month=month)
    ReadingTotal.objects.filter(pk=total.pk).update(times=F("times") + times)
    record("principles.readings_added", version, by=by)
