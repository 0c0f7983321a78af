"""What the school plans, in people's calendars: one entry for its whole life."""

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from portal.calendars import Entry, stands_in_calendars
from portal.schoolyear.models import SchoolEvent


def entry_of(event):
    return _entry(event, f"{event.title} ({event.whom})", cancelled=event.is_cancelled)


def _entry(event, summary, **more):
    return Entry(
        f"school-event-{event.pk}",
        event.sequence,
        event.starts_at,
        event.ends_at,
        summary,
        event.place,
        settings.SITE_URL + event.get_absolute_url(),
        **more,
    )


@stands_in_calendars
def events_to_come(person, since, *, at_home):
    """As a guardian; away from the home page also for the classes one teaches, and for the whole of the school where
    one works. What is called off is marked there."""
    events = SchoolEvent.objects.filter(ends_at__gte=since).select_related("school")
    if at_home:
        meant = SchoolEvent.classes.through.objects.filter(schoolevent=OuterRef("pk")).values("schoolclass")
        ahead = events.for_guardian(person).standing().annotate(class_keys=ArraySubquery(meant))
        return [_coming(one) for one in ahead]
    return [entry_of(one) for one in events.in_calendar_of(person).prefetch_related("classes")]


def _coming(event):
    classes = None if event.whole_school else tuple(event.class_keys)
    return _entry(event, event.title, school=event.school, classes=classes)
