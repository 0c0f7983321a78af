"""What families are told of a poll, and that it has closed to those who fix the time."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.leaving import belongs
from networks.models import Gathering, Poll, PollAnswer
from networks.notices.letters import ANSWER, OPEN_AFTER, names_of, page_of, school_of, signature
from networks.notices.people import answered_for, answered_with_link, everyone_invited, has_room, is_muted, told_before
from networks.polls.queries import poll_board
from networks.queries import REMINDERS, organisers_of
from networks.queries.asking import asked, not_yet_told, organisers_of_each
from portal.ledger.models import Event
from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.messaging.notices import Due, notice, reminder
from portal.speech import capital, day, period


def poll_open(notice):
    poll = Poll.objects.filter(gathering=notice.subject.pk).first()
    return poll if poll and notice.subject.is_draft and poll.is_open() and belongs(notice) else None


def has_said(poll, person):
    return PollAnswer.objects.filter(time__poll=poll, household=person.household_id).exists()


def _still_silent(notice):
    poll = poll_open(notice)
    return (
        poll is not None
        and not has_said(poll, notice.recipient)
        and has_room(notice)
        and not is_muted(notice)
        and not told_before(notice).filter(kind__in=REMINDERS).exists()
    )


@reminder("networks.poll_sent", category="invitations", wanted=lambda notice: poll_open(notice) is not None)
def poll_sent(notice):
    """To everyone in the class, also those who come while it is open."""
    return _to_say(
        notice,
        subject=_("When does it suit you? %(title)s with %(class)s"),
        lines=[
            _("%(class)s is going to meet: %(title)s. Everyone in the class is invited. The time is not fixed yet.")
            % names_of(notice.subject),
            _("Say what suits you. What you leave open does not count as a no."),
        ],
    )


@poll_sent.due
def to_ask(_now):
    polled = list(Gathering.objects.polled().filter(poll__in=Poll.objects.open()).select_related("school_class"))
    return not_yet_told(asked(polled), polled, poll_sent, "asked")


@reminder("networks.poll_reminder", category="reminders", wanted=_still_silent)
def poll_reminder(notice):
    return _to_say(
        notice,
        subject=_("We would like to hear from you: %(title)s with %(class)s"),
        lines=[_("You have not said yet when it suits you. One tap for each time is enough.")],
    )


@poll_reminder.due
def silent_to_poll(now):
    polls = Poll.objects.open(now).select_related("gathering__school_class")
    come = [poll.gathering for poll in polls if (at := poll.reminder_at()) and at <= now]
    said = PollAnswer.objects.filter(
        time__poll__gathering=OuterRef("gathering"), household=OuterRef("guardian__household")
    )
    silent = asked(come).filter(~Exists(said), guardian__household__isnull=False)
    return not_yet_told(silent, come, poll_reminder, "last")


@notice(
    "networks.poll_called_off",
    on="networks.poll_called_off",
    to=everyone_invited,
    category="invitations",
    duty=True,
    wanted=lambda notice: (
        belongs(notice) and Poll.objects.filter(gathering=notice.subject.pk, called_off_at__isnull=False).exists()
    ),
)
def poll_called_off(notice):
    gathering = notice.subject
    because = gathering.poll.called_off_because
    return Letter(
        subject=_("None of the times: %(title)s with %(class)s") % names_of(gathering),
        lines=[
            _("You were asked when it suits you. None of those times is used."),
            *([because] if because else []),
        ],
        sender=signature(gathering, notice.recipient),
    )


@notice(
    "networks.poll_answered_by_others",
    on="networks.poll_answered",
    to=answered_with_link,
    category="news",
    duty=True,
    wanted=lambda notice: poll_open(notice) is not None,
)
def poll_answered_by_others(notice):
    return _to_say(
        notice,
        subject=_("Somebody else answered for you: %(title)s with %(class)s"),
        lines=[
            _(
                "A link of your family was used where somebody of another home was signed in. If the answers are not "
                "yours, open the link and change them."
            )
        ],
    )


@notice(
    "networks.poll_answered_on_behalf",
    on="networks.poll_answered",
    to=answered_for,
    category="news",
    wanted=lambda notice: poll_open(notice) is not None,
)
def poll_answered_on_behalf(notice):
    if Event.objects.get(pk=notice.event_id).details.get("by_office"):
        line = _("The school's office wrote down what you said. If it is not right, you can change it here.")
    else:
        line = _("Those who organise wrote down what you said. If it is not right, you can change it here.")
    return _to_say(notice, subject=_("Your answer is written down: %(title)s"), lines=[line])


def still_to_fix(notice):
    closed = Poll.objects.closed().filter(gathering=notice.subject.pk)
    return closed.exists() and notice.recipient in organisers_of(notice.subject)


@reminder("networks.poll_closed", category="tasks", wanted=still_to_fix)
def poll_closed(notice):
    gathering, school = notice.subject, school_of(notice.subject)
    board = poll_board(gathering.poll, notice.recipient)
    best = board.best and period(board.best.time.starts_at, board.best.time.ends_at, school)
    said = ngettext("%(n)s family has answered.", "%(n)s families have answered.", board.answered)
    return Letter(
        subject=_("Fix a time: %(title)s") % names_of(gathering),
        lines=[
            said % {"n": board.answered},
            _("%(time)s suits most families.") % {"time": capital(best)} if best else _("No time suits anybody yet."),
        ],
        buttons=(Button(_("Fix a time"), page_of("networks:poll_organise", gathering)),),
    )


@poll_closed.due
def to_fix(now):
    closed = Gathering.objects.polled().filter(poll__in=Poll.objects.closed(now), ends_at__gt=now)
    waiting = list(closed.select_related("school_class__school"))
    for key, people in organisers_of_each(waiting).items():
        gathering = next(one for one in waiting if one.pk == key)
        yield from (Due(gathering, person, "closed") for person in people)


def _to_say(notice, *, subject, lines):
    gathering, school = notice.subject, school_of(notice.subject)
    poll = gathering.poll
    link = link_for(notice.recipient, gathering, purpose=ANSWER, expires_at=gathering.ends_at + OPEN_AFTER)
    times = [capital(period(one.starts_at, one.ends_at, school)) for one in poll.times.all()]
    return Letter(
        subject=subject % names_of(gathering),
        preheader=_("Answer by %(day)s. It takes a tap for each time.") % {"day": day(poll.closes_at, school)},
        lines=[*lines, *([gathering.description] if gathering.description else [])],
        facts=(
            *((_("Time %(n)s") % {"n": n}, said) for n, said in enumerate(times, start=1)),
            (_("Where"), gathering.place),
        ),
        buttons=(Button(_("Say when it suits"), link.url()),),
        sender=signature(gathering, notice.recipient),
        mute=link.url("networks:gathering_mute"),
    )
