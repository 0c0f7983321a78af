"""What families hear when a day is lost or a round is called off."""

from datetime import datetime

from django.utils.translation import gettext as _

from conferences.calendar import calendar_of
from conferences.models import Booking, Conference, ConferenceRound, ConferenceSlot
from conferences.notices.people import names, school_of
from conferences.notices.times import where_to_choose
from portal.ledger.models import Event
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.speech import when


def lost_time(notice, conference):
    """As a booking that is not saved; None if the talk had no time."""
    times = Event.objects.get(pk=notice.event_id).details["times"].get(str(conference.pk))
    if times is None:
        return None
    starts_at, ends_at = (datetime.fromisoformat(moment) for moment in times)
    return Booking(conference=conference, starts_at=starts_at, ends_at=ends_at, mode=Booking.Mode.PHONE)


def talk_in_letter(notice):
    key = notice.occasion.rpartition(" ")[2]
    return Conference.objects.select_related("pupil", "teacher", "round").get(pk=key)


def of_each(event, conferences):
    for conference in Conference.objects.filter(pk__in=conferences):
        for person in conference.guardians():
            yield person, f"event {event.pk} talk {conference.pk}"


def guards_talk_in_letter(notice):
    return notice.recipient in talk_in_letter(notice).guardians()


def still_without_time(notice):
    conference = talk_in_letter(notice)
    return (
        guards_talk_in_letter(notice)
        and conference.is_open
        and not Booking.objects.filter(conference=conference).exists()
    )


# A teacher cannot come


@notice(
    "conferences.day_moved",
    on="conferences.day_moved",
    to=lambda event: of_each(event, event.details["times"]),
    category="invitations",
    duty=True,
    urgent=True,
    wanted=still_without_time,
)
def day_moved(notice):
    conference, details = talk_in_letter(notice), Event.objects.get(pk=notice.event_id).details
    lost, school = lost_time(notice, conference), school_of(notice.subject)
    reserved = ConferenceSlot.objects.filter(reserved_for=conference, blocked=False).first()
    lines = [
        _("We are sorry: %(teacher)s cannot come, so the talk cannot be held as planned.") % names(conference),
        *([details["because"]] if details["because"] else []),
        _("We keep a new time for you. Take it with one tap, or choose another one.")
        if reserved
        else _("Choose a new time, or tell us when you can come."),
    ]
    facts = [(_("Falls away"), when(lost.starts_at, school))]
    if reserved:
        facts.append((_("New time"), when(reserved.starts_at, school)))
    return Letter(
        subject=_("Sorry, we have to move the conference: %(child)s") % names(conference),
        lines=lines,
        facts=tuple(facts),
        buttons=(Button(_("Choose a new time"), where_to_choose(conference, notice.recipient)),),
        calendar=calendar_of(conference, booking=lost, cancelled=True),
        sender=school.name,
    )


# The round is called off


@notice(
    "conferences.round_cancelled",
    on="conferences.round_cancelled",
    to=lambda event: of_each(event, event.details["conferences"]) if event.details["told"] else [],
    category="invitations",
    duty=True,
    urgent=True,
    wanted=lambda notice: guards_talk_in_letter(notice) and notice.subject.state == ConferenceRound.State.CANCELLED,
)
def round_cancelled(notice):
    conference, round = talk_in_letter(notice), notice.subject
    lost, school = lost_time(notice, conference), school_of(round)
    return Letter(
        subject=_("Called off: conference about %(child)s") % names(conference),
        lines=[_("%(title)s is called off.") % {"title": round.title}, round.cancelled_because],
        facts=((_("Falls away"), when(lost.starts_at, school)),) if lost else (),
        calendar=calendar_of(conference, booking=lost, cancelled=True) if lost else None,
        sender=school.name,
    )
