"""Who hears about a gathering, and in which words."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.calendar import calendar_of
from networks.leaving import belongs
from networks.models import Gathering, Rsvp
from networks.queries import INVITED, board_of, contacts_of, organisers_of, silent_homes
from networks.queries.asking import asked, for_organisers, invited_and_open, not_yet_told, silent_at_first_sight
from portal.calendars import in_a_day
from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.messaging.models import Notice
from portal.messaging.notices import notice, reminder
from portal.people import protection
from portal.people.models import Person, School
from portal.people.queries import families_of
from portal.speech import money, when

ANSWER = "networks.answer"
SOON = timedelta(hours=24)
KEPT_OPEN = timedelta(days=7)


# Who


def everyone_invited(event):
    return _guardians(Gathering.objects.get(pk=event.subject_id))


def everyone_told(event):
    """Only a change to something people have been told of; a draft may change freely."""
    return everyone_invited(event) if event.details.get("told") else []


def _is_soon(event):
    """From a day before it begins, quiet hours do not hold the news back."""
    return Gathering.objects.filter(pk=event.subject_id, starts_at__lte=event.at + SOON).exists()


def newcomers(event):
    gathering = Gathering.objects.get(pk=event.subject_id)
    return [person for person in _guardians(gathering) if person.household_id in event.details["homes"]]


def silent(event):
    """Except the sender's own home. Asked afresh each time, so the event is the occasion."""
    asking = Person.objects.filter(pk=event.by).values_list("household", flat=True).first()
    homes = silent_homes(Gathering.objects.get(pk=event.subject_id), but_for=asking)
    return [adult for family in homes.values() for adult in family.adults]


def the_helper(event):
    return Person.objects.active().filter(pk=event.details["helper"])


def answered_for(event):
    """The other adults in a home that somebody answered for on the phone, so that all of them know."""
    if not event.details.get("on_behalf"):
        return []
    gathering = Gathering.objects.get(pk=event.subject_id)
    return [person for person in _guardians(gathering) if person.household_id == event.details["household"]]


def _guardians(gathering):
    people = {adult.pk: adult for family in families_of(gathering.school_class) for adult in family.adults}
    return list(people.values())


# Is it still wanted when it is sent?


def still_guardian(notice):
    return notice.subject.state == Gathering.State.PUBLISHED and belongs(notice)


def is_news(notice):
    """Not when it has changed again since: the later letter covers it all."""
    return still_guardian(notice) and notice.is_newest("networks.gathering_changed", told=True)


def is_news_to_the_invited(notice):
    """Nor while an invitation is still waiting to go out: it says how things are now."""
    invited = Notice.objects.about(notice.subject).filter(kind=INVITED, recipient=notice.recipient_id)
    return is_news(notice) and not invited.filter(state=Notice.State.WAITING).exists()


def still_silent(notice):
    gathering = notice.subject
    return still_guardian(notice) and not has_answered(gathering, notice.recipient) and gathering.takes_answers()


def still_coming(notice):
    answers = notice.subject.rsvps.filter(household=notice.recipient.household_id)
    return still_guardian(notice) and answers.exclude(answer="no").exists()


def has_answered(gathering, person):
    return gathering.rsvps.filter(household=person.household_id).exists()


def still_organises(notice):
    return notice.recipient in organisers_of(notice.subject) and not notice.subject.is_cancelled


def still_some_silent(notice):
    others = silent_homes(notice.subject, but_for=notice.recipient.household_id)
    return still_organises(notice) and notice.subject.takes_answers() and bool(others)


def still_none_silent(notice):
    return still_organises(notice) and not silent_homes(notice.subject)


# Which words


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
    return _to_answer(
        notice,
        subject=subject % _names(gathering),
        lines=[_("%(class)s is going to meet: %(title)s. Everyone in the class is invited.") % _names(gathering)],
    )


@reminder("networks.gathering_reminder", category="reminders", wanted=still_silent)
def gathering_reminder(notice):
    gathering = notice.subject
    return _to_answer(
        notice,
        subject=_("We would like to hear from you: %(title)s with %(class)s") % _names(gathering),
        lines=[_("You have not answered yet. One tap is enough, and no is an answer too.")],
    )


@gathering_reminder.due
def silent_due(now):
    come = defaultdict(list)
    for gathering in Gathering.objects.published().filter(answer_by__gt=now).select_related("school_class"):
        occasions = [name for name, at in gathering.reminder_times().items() if at <= now]
        if occasions and not (gathering.reminded_at and len(occasions) > 1):  # never more than two in all
            come[occasions[-1]].append(gathering)
    for occasion, gatherings in sorted(come.items()):
        silent = asked(gatherings).filter(has_answered=False, guardian__household__isnull=False)
        yield from not_yet_told(silent, gatherings, gathering_reminder, occasion)


@notice(
    "networks.silent_reminded",
    on="networks.silent_reminded",
    to=silent,
    category="reminders",
    wanted=still_silent,
)
def silent_reminded(notice):
    return gathering_reminder(notice)


@notice(
    "networks.gathering_changed",
    on="networks.gathering_changed",
    to=lambda event: [] if _is_soon(event) else everyone_told(event),
    category="invitations",
    duty=True,
    wanted=is_news_to_the_invited,
)
def gathering_changed(notice):
    gathering = notice.subject
    return _to_answer(
        notice,
        subject=_("Changed: %(title)s with %(class)s") % _names(gathering),
        lines=[_("Something has changed. This is how it is now. If your answer is still right, you need do nothing.")],
    )


@notice(
    "networks.gathering_changed_soon",
    on="networks.gathering_changed",
    to=lambda event: everyone_told(event) if _is_soon(event) else [],
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
        subject=_("Cancelled: %(title)s with %(class)s") % _names(gathering),
        lines=[
            _("The gathering %(when)s will not take place.") % {"when": when(gathering.starts_at, _school(gathering))},
            *([gathering.cancelled_because] if gathering.cancelled_because else []),
        ],
        calendar=calendar_of(gathering, cancelled=True),
        sender=_signature(gathering, notice.recipient),
    )


@reminder("networks.day_before", category="reminders", wanted=still_coming)
def day_before(notice):
    gathering = notice.subject
    return _to_answer(
        notice,
        subject=_("Tomorrow: %(title)s with %(class)s") % _names(gathering),
        lines=[_("See you soon. If something has come up, change your answer so that the organisers know.")],
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
        refused = Rsvp.objects.filter(
            gathering=OuterRef("gathering"), household=OuterRef("guardian__household"), answer=Rsvp.Answer.NO
        )
        coming = asked(gatherings).filter(~Exists(refused), has_answered=True)
        yield from not_yet_told(coming, gatherings, day_before, f"day before {day}")


@notice(
    "networks.answered_on_behalf",
    on=("networks.gathering_answered", "networks.family_contacted"),
    to=answered_for,
    category="news",
    wanted=still_guardian,
)
def answered_on_behalf(notice):
    gathering = notice.subject
    return _to_answer(
        notice,
        subject=_("Your answer is written down: %(title)s") % _names(gathering),
        lines=[_("The class contact wrote down what you said. If it is not right, you can change it here.")],
    )


@reminder("networks.half_answered", category="tasks", wanted=still_some_silent)
def half_answered(notice):
    return _progress(notice, _("Half of the families have answered: %(title)s"))


@half_answered.due
def at_half(now):
    return for_organisers(
        half_answered,
        invited_and_open(now),
        "half",
        lambda count: count.answered < count.families <= 2 * count.answered,
    )


@reminder("networks.all_answered", category="tasks", wanted=still_none_silent)
def all_answered(notice):
    return _progress(notice, _("All families have answered: %(title)s"))


@all_answered.due
def at_all(now):
    invited = list(invited_and_open(now))
    silent = silent_at_first_sight(invited)
    complete = [gathering for gathering in invited if gathering.pk not in silent]
    return for_organisers(all_answered, complete, "all", lambda count: 0 < count.families == count.answered)


@reminder("networks.reach_list", category="tasks", wanted=still_some_silent)
def reach_list(notice):
    return _progress(notice, _("Some families have not answered yet: %(title)s"))


@reach_list.due
def two_days_left(now):
    soon = invited_and_open(now).filter(answer_by__lte=now + timedelta(hours=48))
    return for_organisers(reach_list, soon, "48 hours", lambda count: count.answered < count.families)


@notice("networks.helper_asked", on="networks.helper_asked", to=the_helper, category="tasks", wanted=still_organises)
def helper_asked(notice):
    gathering = notice.subject
    return Letter(
        subject=_("You help to organise: %(title)s") % _names(gathering),
        lines=[_("The class contact of %(class)s has asked you to help. You can see the answers.") % _names(gathering)],
        buttons=(Button(_("Open the gathering"), _page("networks:gathering_organise", gathering)),),
    )


def _progress(notice, subject):
    gathering = notice.subject
    board = board_of(gathering, notice.recipient)
    silent = board.silent_others
    return Letter(
        subject=subject % _names(gathering),
        lines=[
            ngettext("%(n)s family is coming.", "%(n)s families are coming.", board.coming_families)
            % {"n": board.coming_families},
            ngettext("%(n)s family has not answered.", "%(n)s families have not answered.", silent) % {"n": silent},
        ],
        buttons=(Button(_("See the families"), _page("networks:gathering_reach", gathering)),),
    )


def _to_answer(notice, *, subject, lines):
    gathering, school = notice.subject, _school(notice.subject)
    link = link_for(notice.recipient, gathering, purpose=ANSWER, expires_at=gathering.ends_at + KEPT_OPEN)
    facts = [
        (_("When"), when(gathering.starts_at, school)),
        (_("Where"), gathering.place),
        (_("Price"), money(gathering.family_cost) if gathering.family_cost else _("Free")),
    ]
    if gathering.bring:
        facts.append((_("Bring"), gathering.bring))
    if has_answered(gathering, notice.recipient):
        preheader, label = (
            _("Your family has answered. You can change it until it starts."),
            _("See or change the answer"),
        )
    else:
        preheader = _("Answer by %(when)s. It takes one tap.") % {"when": when(gathering.answer_by, school)}
        label = _("Answer with one tap")
    return Letter(
        subject=subject,
        preheader=preheader,
        lines=[*lines, *([gathering.description] if gathering.description else [])],
        facts=tuple(facts),
        buttons=(Button(label, link.url()),),
        calendar=calendar_of(gathering, url=link.url()),
        sender=_signature(gathering, notice.recipient),
    )


def _names(gathering):
    return {"title": gathering.title, "class": gathering.school_class.name}


def _signature(gathering, reader):
    contacts = contacts_of(gathering, reader)
    names = ", ".join(person.full_name for person in contacts.named)
    if not names:
        return protection.class_contact_of(gathering.school_class) if contacts.is_unnamed else ""
    return _("%(names)s, class contact of %(class)s") % {"names": names, "class": gathering.school_class.name}


def _school(gathering):
    return School.objects.get(classes=gathering.school_class_id)


def _page(name, gathering):
    return settings.SITE_URL + reverse(name, args=[gathering.pk])
