"""What is said about the time of a talk: booked, moved, given up, offered, swapped, late."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.calendar import calendar_of, place_of
from conferences.models import Booking, Conference, Swap, TimeRequest
from conferences.notices.people import (
    conference_of,
    guardians,
    is_newest,
    names,
    open_talk,
    page,
    school_of,
    still_guards,
    still_teaches,
    the_teacher,
)
from conferences.notices.rounds import BOOK, link_to
from portal.ledger.models import Event
from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.messaging.notices import notice
from portal.speech import when


@notice(
    "conferences.time_booked",
    on="conferences.time_booked",
    to=guardians,
    category="invitations",
    duty=True,
    wanted=lambda notice: still_guards(notice) and is_booked(notice.subject) and is_newest(notice),
)
def time_booked(notice):
    """The confirmation, to every home, with the time as it is when the letter is written: moving a talk twice gives one
    letter, not two that say the same."""
    return about_time(
        notice.subject,
        _("The time is set: conference about %(child)s"),
        _("This is the time for the talk with %(teacher)s. Everyone who takes part is told."),
    )


@notice(
    "conferences.time_cancelled",
    on="conferences.time_cancelled",
    to=guardians,
    category="invitations",
    duty=True,
    urgent=True,
    wanted=lambda notice: still_guards(notice) and not is_booked(notice.subject),
)
def time_cancelled(notice):
    """The invitation is open again: a new time is one tap away."""
    conference = notice.subject
    return Letter(
        subject=_("Choose a new time: conference about %(child)s") % names(conference),
        lines=[
            _("The time you had is given up."),
            _("You can choose another one now. Nothing else has changed."),
        ],
        buttons=(Button(_("Choose a time"), where_to_choose(conference, notice.recipient)),),
        calendar=calendar_of(conference, booking=given_up(notice), cancelled=True),
        sender=conference.teacher.full_name,
    )


@notice(
    "conferences.teacher_told_of_time",
    on="conferences.time_cancelled",
    to=the_teacher,
    category="news",
    wanted=lambda notice: still_teaches(notice) and not is_booked(notice.subject),
)
def teacher_told_of_time(notice):
    conference = notice.subject
    return Letter(
        subject=_("A time is free again: %(child)s") % names(conference),
        lines=[_("The family has given up the time and can choose a new one.")],
        buttons=(Button(_("Open the conference"), page("talk_show", conference.pk)),),
    )


@notice(
    "conferences.times_requested",
    on="conferences.times_requested",
    to=the_teacher,
    category="tasks",
    wanted=lambda notice: (
        still_teaches(notice) and TimeRequest.objects.waiting().filter(conference=notice.subject).exists()
    ),
)
def times_requested(notice):
    conference = notice.subject
    return Letter(
        subject=_("No time fits: %(child)s") % names(conference),
        lines=[_("The family has told you when they can come. Offer two or three times, or call them.")],
        buttons=(Button(_("Offer times"), page("talk_show", conference.pk)),),
    )


@notice(
    "conferences.times_offered_privately",
    on="conferences.times_offered_privately",
    to=guardians,
    category="invitations",
    duty=True,
    wanted=lambda notice: still_guards(notice) and not is_booked(notice.subject),
)
def times_offered_privately(notice):
    conference = notice.subject
    return Letter(
        subject=_("New times for you: conference about %(child)s") % names(conference),
        lines=[
            _("%(teacher)s has found times that are kept for you. Choose the one that suits you best.")
            % names(conference)
        ],
        buttons=(Button(_("Choose a time"), where_to_choose(conference, notice.recipient)),),
        sender=conference.teacher.full_name,
    )


def the_other_family(event):
    swap = _swap(event)
    return swap.theirs.conference.guardians() if swap else []


def the_asking_family(event):
    swap = _swap(event)
    return swap.mine.conference.guardians() if swap else []


def _swap(event):
    return (
        Swap.objects.filter(pk=event.details.get("swap"))
        .select_related("mine__conference", "theirs__conference")
        .first()
    )


@notice(
    "conferences.swap_asked",
    on="conferences.swap_asked",
    to=the_other_family,
    category="invitations",
    wanted=lambda notice: _open_swaps(notice).exists(),
)
def swap_asked(notice):
    """Another family would like this time. Neither is told who the other is."""
    swap = _open_swaps(notice).select_related("mine", "theirs__conference__pupil").first()
    school = school_of(swap.theirs.conference)
    return Letter(
        subject=_("Would you swap times? Conference about %(child)s") % names(swap.theirs.conference),
        lines=[
            _("Another family would like to have your time. You may say no, and nobody asks why."),
        ],
        facts=(
            (_("Your time"), when(swap.theirs.starts_at, school)),
            (_("Their time"), when(swap.mine.starts_at, school)),
        ),
        buttons=(Button(_("Answer"), page("swap_answer", swap.key)),),
    )


def _open_swaps(notice):
    return Swap.objects.filter(
        state=Swap.State.ASKED,
        mine__conference=notice.subject,
        theirs__conference__in=Conference.objects.of_guardian(notice.recipient),
    )


def families_waiting(event):
    for conference in Conference.objects.open().filter(pk__in=event.details.get("conferences", [])):
        for person in conference.guardians():
            yield person, f"event {event.pk}"


@notice(
    "conferences.talk_late",
    on="conferences.talk_late",
    to=families_waiting,
    category="invitations",
    duty=True,
    urgent=True,
    delay=timedelta(),
    wanted=lambda notice: True,
)
def teacher_is_late(notice):
    """Sent at once: it is useful for ten minutes. The page says the rest."""
    minutes = Event.objects.get(pk=notice.event_id).details.get("minutes", 10)
    return Letter(
        subject=ngettext(
            "Your conference begins about %(n)s minute late", "Your conference begins about %(n)s minutes late", minutes
        )
        % {"n": minutes},
        lines=[_("The talk before yours takes a little longer. We are sorry that you have to wait.")],
    )


def given_up(notice):
    """As a booking that is not saved, for the calendars that still have it."""
    was_at = datetime.fromisoformat(Event.objects.get(pk=notice.event_id).details["was_at"])
    minutes = timedelta(minutes=notice.subject.round.minutes if notice.subject.round else 30)
    return Booking(conference=notice.subject, starts_at=was_at, ends_at=was_at + minutes, mode=Booking.Mode.PHONE)


@notice(
    "conferences.swap_declined",
    on="conferences.swap_answered",
    to=lambda event: [] if event.details["accepted"] else the_asking_family(event),
    category="news",
    wanted=lambda notice: True,
)
def swap_declined(notice):
    """To those who asked: both keep their times. The subject is the other family's talk, so it is not described."""
    return Letter(
        subject=_("You keep the time that you have"),
        lines=[_("The other family would rather keep its time. You can choose another one that is free.")],
        buttons=(Button(_("See the times"), page("conference_list")),),
    )


def the_other_homes(event):
    talks = {int(home): pk for home, pk in event.details["talks"].items()}
    conference = conference_of(event)
    talks[conference.home_id] = conference.pk
    for home, pk in talks.items():
        if home != event.details["household"]:
            for person in Conference.objects.get(pk=pk).guardians():
                yield person, f"event {event.pk}"


@notice(
    "conferences.talks_separated",
    on="conferences.talks_separated",
    to=the_other_homes,
    category="invitations",
    duty=True,
    wanted=lambda notice: (
        Conference.objects.open().of_guardian(notice.recipient).filter(pupil=notice.subject.pupil_id).exists()
    ),
)
def talks_separated(notice):
    """The other home hears what the school offers, not who asked or why. If the time of the joint talk went with the
    other home, it also hears that a time is to be chosen."""
    conference = notice.subject
    own = Conference.objects.open().of_guardian(notice.recipient).filter(pupil=conference.pupil_id)
    if own.filter(round=conference.round_id, round__isnull=False, booking=None, home__isnull=False).exists():
        line = _("The school offers each home a talk of its own. Choose a time that suits you.")
        button = Button(_("Choose a time"), where_to_choose(conference, notice.recipient))
    else:
        line = _("The school offers each home a talk of its own. If you had a time, you find it here.")
        button = Button(_("See your talk"), page("conference_list"))
    return Letter(
        subject=_("A talk of your own about %(child)s") % names(conference),
        lines=[line],
        buttons=(button,),
        sender=conference.teacher.full_name,
    )


@notice(
    "conferences.talk_arranged",
    on="conferences.talk_arranged",
    to=lambda event: [person for person in guardians(event) if person.pk != event.by],
    category="news",
    duty=True,
    wanted=lambda notice: still_guards(notice) and is_booked(notice.subject),
)
def talk_arranged(notice):
    """Everyone who takes part knows whether to come, call or open a link."""
    return about_time(
        notice.subject,
        _("Changed: conference about %(child)s"),
        _("The time is the same. This is how you meet:"),
    )


def is_booked(conference):
    return Booking.objects.filter(conference=conference).exists()


def about_time(conference, subject, line):
    return Letter(
        subject=subject % names(conference),
        lines=[line % names(conference)],
        facts=facts_in_words(conference, conference.booking),
        buttons=(open_talk(conference),),
        calendar=calendar_of(conference),
        sender=conference.teacher.full_name,
    )


def facts_in_words(conference, booking):
    return tuple(
        fact
        for fact in (
            (_("When"), when(booking.starts_at, school_of(conference))),
            (_("Where"), place_of(booking)),
            (_("With"), conference.teacher.full_name),
        )
        if fact[1]
    )


def where_to_choose(conference, person):
    if conference.round:
        return link_to(conference.round, person)
    return link_for(person, conference, purpose=BOOK).url()
