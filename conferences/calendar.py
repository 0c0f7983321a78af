"""The entry of a conference in people's calendars: one for its whole life, in letters, on the page and in feeds."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Booking
from portal.messaging.calendars import event, without_place
from portal.messaging.composing import protected_among


def calendar_of(conference, *, booking=None, cancelled=False):
    """The entry as it is now. A cancelled talk has no booking any more: `booking` is the one that was given up."""
    booking = booking or conference.time
    return event(
        f"conference-{conference.pk}",
        conference.sequence,
        booking.starts_at,
        booking.ends_at,
        _("Conference at school"),
        place_of(booking),
        settings.SITE_URL + reverse("conferences:conference_show", args=[conference.pk]),
        cancelled=cancelled,
    )


def calendar_file(conference, person):
    """What the person may keep in a calendar: a protected family's entry tells no place."""
    entry = calendar_of(conference)
    return (without_place(entry) if protected_among([person]) else entry).to_ical()


def place_of(booking):
    """Where the talk is, in words: the room, the video meeting, or the phone."""
    if booking.mode == Booking.Mode.PHONE:
        return _("By phone")
    if booking.mode == Booking.Mode.VIDEO:
        return booking.slot.video_url or _("By video")
    return booking.slot.room.name if booking.slot.room else ""
