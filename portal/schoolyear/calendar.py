"""What the school plans, in people's calendars: one entry for its whole life."""

from dataclasses import replace

from django.conf import settings

from portal.calendars import Entry, stands_in_calendars
from portal.schoolyear.models import SchoolEvent


def entry_of(event):
    return Entry(
        f"school-event-{event.pk}",
        event.sequence,
        event.starts_at,
        event.ends_at,
        f"{event.title} ({event.whom})",
        event.place,
        settings.SITE_URL + event.get_absolute_url(),
        cancelled=event.is_cancelled,
    )


@stands_in_calendars
def events_to_come(person, since, *, at_home):
    """As a guardian; away from the home page also for the classes one teaches, and for the whole of the school where
    one works. What is called off is marked there."""
    events = SchoolEvent.objects.filter(ends_at__gte=since).select_related("school").prefetch_related("classes")
    if at_home:
        return [_coming(one) for one in events.for_guardian(person).standing()]
    return [entry_of(one) for one in events.in_calendar_of(person)]


def _coming(event):
    classes = None if event.whole_school else tuple(one.pk for one in event.classes.all())
    return replace(entry_of(event), title=event.title, school=event.school, classes=classes)
