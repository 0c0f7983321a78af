"""The entry of a conference in people's calendars: one for its whole life, in letters, on the page and in feeds."""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Booking
from conferences.queries.calendars import ahead_of, taken_part_in
from portal.calendars import Entry, stands_in_calendars
from portal.messaging.calendars import event, published, without_place
from portal.people import protection
from portal.people.queries.naming import unnamed_among


def calendar_of(conference, *, booking=None, cancelled=False):
    """One entry by itself. A cancelled talk has lost its booking: `booking` is the one that was given up."""
    return event(entry_of(conference, booking=booking, cancelled=cancelled))


def entry_of(conference, *, booking=None, cancelled=False, child=""):
    booking = booking or conference.time
    return Entry(
        f"conference-{conference.pk}",
        conference.sequence,
        booking.starts_at,
        booking.ends_at,
        _("Conference about %(child)s") % {"child": child} if child else _("Conference at school"),
        place_of(booking),
        settings.SITE_URL + reverse("conferences:conference_show", args=[conference.pk]),
        cancelled=cancelled,
    )


def calendar_file(conference, person):
    """A protected family's entry names no place."""
    entry = published(entry_of(conference))
    return without_place(entry) if protection.sheltered_among([person.pk]) else entry


@stands_in_calendars
def talks_to_come(person, since, *, at_home):
    if at_home:
        talks = ahead_of(person)
        unnamed = unnamed_among(talks, person, "teacher")
        return [_coming(talk, person, is_named=talk.teacher_id not in unnamed) for talk in talks]
    return [entry_of(talk, child=_child_in(talk, person)) for talk in taken_part_in(person, since)]


def _coming(talk, person, *, is_named):
    shown = {
        "title": _title(talk, person, is_named=is_named),
        "hue": "conferences",
        "school": talk.school_class.school,
        "child": talk.pupil_id,
    }
    return replace(entry_of(talk), **shown)


def _title(talk, person, *, is_named):
    teacher = str(talk.teacher) if is_named else ""
    if talk.pupil_id != person.pk:
        about = _("Conference about %(child)s") % {"child": talk.pupil.given_name}
        return " · ".join(filter(None, [about, teacher]))
    return _("Conference with %(teacher)s") % {"teacher": teacher} if teacher else _("Conference at school")


def _child_in(talk, person):
    """Empty for the reader's own name, and for teachers when the child's family is protected."""
    return "" if talk.pupil_id == person.pk or talk.is_unnamed else talk.pupil.given_name


def place_of(booking):
    if booking.mode == Booking.Mode.PHONE:
        return _("By phone")
    if booking.mode == Booking.Mode.VIDEO:
        return booking.slot.video_url or _("By video")
    return booking.slot.room.name if booking.slot.room else ""
