"""The entry of a gathering in people's calendars: one for its whole life, in letters and on the page."""

from django.conf import settings
from django.urls import reverse

from portal.messaging.calendars import event, without_place
from portal.messaging.composing import protected_among


def calendar_of(gathering, *, cancelled=False):
    """The entry as it is now; the sequence tells calendars which one is newest."""
    return event(
        f"gathering-{gathering.pk}",
        gathering.sequence,
        gathering.starts_at,
        gathering.ends_at,
        f"{gathering.title} ({gathering.school_class})",
        gathering.place,
        settings.SITE_URL + reverse("networks:gathering_show", args=[gathering.pk]),
        cancelled=cancelled,
    )


def calendar_file(gathering, person):
    """What the person may keep in a calendar: a protected family's entry tells no place."""
    entry = calendar_of(gathering, cancelled=gathering.is_cancelled)
    return (without_place(entry) if protected_among([person]) else entry).to_ical()
