"""What is said before a talk: the day before to everyone, two hours before to those who have chosen text messages."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.calendar import place_of
from conferences.models import Booking, guardians_of_each
from conferences.notices.people import names, open_talk, page, school_of, still_guards
from conferences.notices.times import about_time, facts_in_words
from conferences.queries.calendars import taught_on
from portal.calendars import in_a_day
from portal.messaging.letters import Button, Letter
from portal.messaging.models import Channel
from portal.messaging.notices import Due, reminder
from portal.speech import clock

DAY, TWO_HOURS = timedelta(hours=24), timedelta(hours=2)
MOMENT = "%Y-%m-%d %H:%M"


# To the homes


def day_before(booking):
    return f"day before {booking.starts_at:{MOMENT}}"


def hours_before(booking):
    return f"two hours before {booking.starts_at:{MOMENT}}"


def still_at(notice, occasion):
    booking = Booking.objects.filter(conference=notice.subject, starts_at__gt=timezone.now()).first()
    return booking if booking and occasion(booking) == notice.occasion and still_guards(notice) else None


def is_tomorrow(notice):
    booking = still_at(notice, day_before)
    return booking is not None and timezone.localdate(booking.starts_at) > timezone.localdate()


@reminder("conferences.tomorrow", category="reminders", wanted=is_tomorrow)
def tomorrow(notice):
    return about_time(
        notice.subject,
        _("Tomorrow: conference about %(child)s"),
        _("See you soon. If something has come up, call the school so that the time is not lost."),
    )


@reminder(
    "conferences.today",
    category="reminders",
    only=Channel.SMS,
    wanted=lambda notice: still_at(notice, hours_before) is not None,
)
def today(notice):
    """Keeps quiet hours: it waits until they end, and is dropped if the talk has begun by then."""
    conference, booking = notice.subject, notice.subject.booking
    at = {"at": clock(booking.starts_at, school_of(conference))}
    button = open_talk(conference)
    subject = _("Today at %(at)s: conference about %(child)s") % (names(conference) | at)
    return Letter(
        subject=subject,
        lines=[_("See you soon. If something has come up, call the school.")],
        facts=facts_in_words(conference, booking),
        buttons=(button,),
        sms=". ".join(filter(None, [subject, place_of(booking), button.url])),
        sender=conference.teacher.full_name,
    )


@tomorrow.due
def homes_of_the_next_day(now):
    """Only talks that were booked more than 24 hours ahead."""
    return _homes(coming(now, in_a_day(now)), DAY, day_before)


@today.due
def homes_of_the_next_hours(now):
    """Only talks that were booked more than two hours ahead."""
    return _homes(coming(now, now + TWO_HOURS), TWO_HOURS, hours_before)


def _homes(bookings, before, occasion):
    bookings = [booking for booking in bookings if booking.booked_at < booking.starts_at - before]
    guardians = guardians_of_each([booking.conference for booking in bookings])
    for booking in bookings:
        for person in guardians[booking.conference_id]:
            yield Due(booking.conference, person, occasion(booking))


def coming(now, until):
    soon = Booking.objects.filter(starts_at__gt=now, starts_at__lte=until, conference__state="called")
    return soon.select_related("conference__teacher").order_by("starts_at", "pk")


# To the teacher: once for the whole day, and about no child


def still_teaches_on(notice):
    day = day_in_letter(notice)
    return day > timezone.localdate() and taught_on(notice.recipient, day).exists()


@reminder("conferences.teacher_tomorrow", category="reminders", wanted=still_teaches_on)
def teacher_tomorrow(notice):
    talks = list(taught_on(notice.recipient, day_in_letter(notice)))
    subject = ngettext("Tomorrow you have %(n)s conference", "Tomorrow you have %(n)s conferences", len(talks))
    return Letter(
        subject=subject % counted(talks),
        lines=[_("The first begins at %(at)s.") % counted(talks)],
        buttons=(Button(_("Open the day"), page("teacher_day", day_in_letter(notice).isoformat())),),
    )


def begins_soon(notice):
    first = taught_on(notice.recipient, day_in_letter(notice)).first()
    return first is not None and timezone.now() < first.booking.starts_at <= timezone.now() + TWO_HOURS


@reminder("conferences.teacher_today", category="reminders", only=Channel.SMS, wanted=begins_soon)
def teacher_today(notice):
    talks = list(taught_on(notice.recipient, day_in_letter(notice)))
    button = Button(_("Open the day"), page("teacher_day"))
    subject = ngettext(
        "You have %(n)s conference today, at %(at)s",
        "You have %(n)s conferences today, the first at %(at)s",
        len(talks),
    )
    subject %= counted(talks)
    return Letter(
        subject=subject,
        lines=[_("Open the day to see who comes.")],
        buttons=(button,),
        sms=". ".join(filter(None, [subject, place_of(talks[0].booking), button.url])),
    )


def counted(talks):
    return {"n": len(talks), "at": clock(talks[0].booking.starts_at)}


def on_day(day):
    return f"day {day.isoformat()}"


def day_in_letter(notice):
    return date.fromisoformat(notice.occasion.removeprefix("day "))


@teacher_tomorrow.due
def day_before_first(now):
    today = timezone.localdate(now)
    return _teachers(booking for booking in coming(now, in_a_day(now)) if timezone.localdate(booking.starts_at) > today)


@teacher_today.due
def hours_before_first(now):
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    begun = Booking.objects.filter(starts_at__gte=midnight, starts_at__lte=now).values("conference__teacher")
    return _teachers(coming(now, now + TWO_HOURS).exclude(conference__teacher__in=begun))


def _teachers(bookings):
    return [
        Due(booking.conference.teacher, booking.conference.teacher, on_day(timezone.localdate(booking.starts_at)))
        for booking in bookings
    ]
