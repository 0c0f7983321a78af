"""What everyone who is invited is told of a gathering, from the invitation to the day before."""

from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.bring.queries import own_part
from networks.calendar import calendar_of
from networks.leaving import belongs
from networks.models import Gathering, Rsvp
from networks.notices.letters import names_of, of_fixed_time, school_of, signature, to_answer
from networks.notices.people import (
    answered_for,
    answered_with_link,
    everyone_invited,
    everyone_told,
    has_answered,
    is_news,
    is_news_to_the_invited,
    is_soon,
    newcomers,
    silent,
    still_coming,
    still_guardian,
    still_to_remind,
)
from networks.polls.queries import said_to_fixed
from networks.programme.queries import programme_in_a_line
from networks.queries import INVITED
from networks.queries.asking import asked, not_yet_told
from portal.calendars import in_a_day
from portal.messaging.letters import Letter
from portal.messaging.notices import notice, reminder
from portal.speech import when


@notice(
    INVITED,
    on=("networks.gathering_published", "networks.newcomers_invited"),
    to=lambda event: newcomers(event) if event.verb == "networks.newcomers_invited" else everyone_invited(event),
    category="invitations",
    wanted=still_guardian,
)
def gathering_invited(notice):
    """A home that has answered meanwhile is not asked again, but still gets the calendar entry."""
    gathering = notice.subject
    answered = has_answered(gathering, notice.recipient)
    subject = _("Invitation: %(title)s with %(class)s") if answered else _("Are you coming? %(title)s with %(class)s")
    return to_answer(
        notice,
        subject=subject % names_of(gathering),
        lines=[
            _("%(class)s is going to meet: %(title)s. Everyone in the class is invited.") % names_of(gathering),
            *_of_poll(gathering, notice.recipient),
        ],
    )


def _of_poll(gathering, reader):
    if not hasattr(gathering, "poll"):
        return []
    return of_fixed_time(gathering, said_to_fixed(gathering, reader.household_id))


@reminder("networks.gathering_reminder", category="reminders", wanted=still_to_remind)
def gathering_reminder(notice):
    gathering = notice.subject
    return to_answer(
        notice,
        subject=_("We would like to hear from you: %(title)s with %(class)s") % names_of(gathering),
        lines=[_("You have not answered yet. One tap is enough, and no is an answer too.")],
    )


@gathering_reminder.due
def silent_due(now):
    """Not where an organiser has reminded them: once is enough."""
    open_ones = Gathering.objects.published().filter(answer_by__gt=now, reminded_at=None).select_related("school_class")
    come = [gathering for gathering in open_ones if gathering.is_reminded(now)]
    silent = asked(come).filter(has_answered=False, guardian__household__isnull=False)
    return not_yet_told(silent, come, gathering_reminder, "last")


@notice(
    "networks.silent_reminded",
    on="networks.silent_reminded",
    to=silent,
    category="reminders",
    wanted=still_to_remind,
)
def silent_reminded(notice):
    return gathering_reminder(notice)


@notice(
    "networks.gathering_changed",
    on="networks.gathering_changed",
    to=lambda event: [] if is_soon(event) else everyone_told(event),
    category="invitations",
    duty=True,
    wanted=is_news_to_the_invited,
)
def gathering_changed(notice):
    gathering = notice.subject
    return to_answer(
        notice,
        subject=_("Changed: %(title)s with %(class)s") % names_of(gathering),
        lines=[_("Something has changed. This is how it is now. If your answer is still right, you need do nothing.")],
    )


@notice(
    "networks.gathering_changed_soon",
    on="networks.gathering_changed",
    to=lambda event: everyone_told(event) if is_soon(event) else [],
    category="invitations",
    duty=True,
    urgent=True,
    wanted=is_news,
)
def gathering_changed_soon(notice):
    return gathering_changed(notice)


@notice(
    "networks.gathering_cancelled",
    on="networks.gathering_cancelled",
    to=everyone_invited,
    category="invitations",
    duty=True,
    urgent=True,
    wanted=lambda notice: belongs(notice),
)
def gathering_cancelled(notice):
    gathering = notice.subject
    return Letter(
        subject=_("Cancelled: %(title)s with %(class)s") % names_of(gathering),
        lines=[
            _("The gathering %(when)s will not take place.")
            % {"when": when(gathering.starts_at, school_of(gathering))},
            *([gathering.cancelled_because] if gathering.cancelled_because else []),
        ],
        calendar=calendar_of(gathering, cancelled=True),
        sender=signature(gathering, notice.recipient),
    )


@reminder("networks.day_before", category="reminders", wanted=still_coming)
def day_before(notice):
    gathering = notice.subject
    own = own_part(gathering, notice.recipient)
    happens = programme_in_a_line(gathering)
    return to_answer(
        notice,
        subject=_("Tomorrow: %(title)s with %(class)s") % names_of(gathering),
        lines=[
            _("See you soon. If something has come up, change your answer so that the organisers know."),
            *([_("You bring or do: %(what)s") % {"what": ", ".join(own)}] if own else []),
            *([_("What happens: %(programme)s") % {"programme": happens}] if happens else []),
        ],
    )


@day_before.due
def tomorrow(now):
    soon, days = (
        Gathering.objects.published().filter(starts_at__gt=now, starts_at__lte=in_a_day(now)),
        defaultdict(list),
    )
    for gathering in soon.select_related("school_class"):
        days[timezone.localdate(gathering.starts_at)].append(gathering)
    for day, gatherings in sorted(days.items()):
        planned = Rsvp.objects.planned_for().filter(
            gathering=OuterRef("gathering"), household=OuterRef("guardian__household")
        )
        coming = asked(gatherings).filter(Exists(planned))
        yield from not_yet_told(coming, gatherings, day_before, f"day before {day}")


@notice(
    "networks.answered_by_others",
    on="networks.gathering_answered",
    to=answered_with_link,
    category="news",
    duty=True,
    wanted=still_guardian,
)
def answered_by_others(notice):
    gathering = notice.subject
    return to_answer(
        notice,
        subject=_("Somebody else answered for you: %(title)s") % names_of(gathering),
        lines=[
            _(
                "A link of your family was used where somebody of another home was signed in. If the answer is not "
                "yours, open the link and take it back with one tap."
            )
        ],
    )


@notice(
    "networks.answered_on_behalf",
    on=("networks.gathering_answered", "networks.family_contacted"),
    to=answered_for,
    category="news",
    wanted=still_guardian,
)
def answered_on_behalf(notice):
    gathering = notice.subject
    of_home = gathering.rsvps.filter(household=notice.recipient.household_id)
    if of_home.filter(by_office=True).exists():
        line = _("The school's office wrote down what you said. If it is not right, you can change it here.")
    else:
        line = _("The class contact wrote down what you said. If it is not right, you can change it here.")
    return to_answer(notice, subject=_("Your answer is written down: %(title)s") % names_of(gathering), lines=[line])
