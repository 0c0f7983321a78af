"""Calling the families of a round, reminding those without a time, and what teachers must do in time."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.models import Conference, ConferenceRound, ConferenceSlot, LearningPlanRef, Preparation, TimeWish
from conferences.notices.people import called_to, page, school_of
from conferences.queries.own_talks import rounds_to_wish_for
from conferences.queries.settings import plan_label_of
from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.messaging.notices import Due, reminder
from portal.people.models import Person, Role
from portal.speech import day, when

BOOK = "conferences.book"


def own_conferences(round, person):
    return Conference.objects.unbooked().of_guardian(person).filter(round=round).exclude(wanted="not_needed")


def still_to_book(notice):
    return notice.subject.is_published and own_conferences(notice.subject, notice.recipient).exists()


def still_to_wish(notice):
    return notice.subject in rounds_to_wish_for(notice.recipient)


def due_in(rounds, talks, kind, occasion="", *still):
    """The guardians of these talks whom the clock has not told yet. Two queries for any town."""
    rounds = {round.pk: round for round in rounds}
    pairs = called_to(talks.filter(round__in=rounds), ~kind.told(ConferenceRound, "round", "guardian", occasion))
    found = list(pairs.filter(*still).order_by("round", "guardian").values_list("round", "guardian").distinct())
    people = Person.objects.in_bulk({person for _round, person in found})
    return [Due(rounds[round], people[person], occasion) for round, person in found]


def by_occasion(rounds):
    found = defaultdict(list)
    for round, occasion in rounds:
        if occasion:
            found[occasion].append(round)
    return sorted(found.items())


def letter(notice, *, subject, lines):
    round = notice.subject
    children = sorted(
        {one.pupil.given_name for one in own_conferences(round, notice.recipient).select_related("pupil")}
    )
    return Letter(
        subject=subject,
        preheader=_("Choose a time in two taps."),
        lines=lines,
        facts=tuple(
            fact
            for fact in (
                (_("For"), ", ".join(children)),
                (_("Choose by"), when(round.closes_at, school_of(round))),
            )
            if fact[1]
        ),
        buttons=(Button(_("Choose a time"), link_to(round, notice.recipient)),),
        sender=school_of(round).name,
    )


def link_to(round, person, page=""):
    """The guardian's personal link for everything about the round. It opens without signing in, at its first page or a
    further one."""
    return link_for(person, round, purpose=BOOK, expires_at=round.closes_at + timedelta(days=30)).url(page)


@reminder("conferences.round_invited", category="invitations", duty=True, wanted=still_to_book)
def round_invited(notice):
    round = notice.subject
    opens = _("You can choose a time from %(when)s.") % {"when": when(round.opens_at, school_of(round))}
    lines = [
        _("%(title)s: a talk about how your child is doing, and about what we do together.") % {"title": round.title}
    ]
    return letter(
        notice,
        subject=_("Choose a time for the conference"),
        lines=[*lines, *([opens] if round.opens_at > timezone.now() else [])],
    )


@round_invited.due
def called_today(now):
    rounds = ConferenceRound.objects.published().filter(closes_at__gt=now).select_related("school")
    begun = [round for round in rounds if round.invite_on <= now.astimezone(round.school.zone).date()]
    return due_in(begun, Conference.objects.open().exclude(wanted="not_needed"), round_invited)


@reminder("conferences.round_reminder", category="reminders", wanted=still_to_book)
def round_reminder(notice):
    return letter(
        notice,
        subject=_("We would like to talk with you: choose a time"),
        lines=[_("You have not chosen a time yet. If none of them fits, tell us, and we find another one.")],
    )


@round_reminder.due
def unbooked_due(now):
    """Halfway through the booking, and on its last day."""
    rounds = ConferenceRound.objects.published().filter(opens_at__lte=now, closes_at__gt=now)
    for occasion, of_it in by_occasion((round, _stage(round, now)) for round in rounds):
        yield from due_in(of_it, Conference.objects.unbooked().filter(wanted="please"), round_reminder, occasion)


def _stage(round, now):
    half = round.opens_at + (round.closes_at - round.opens_at) / 2
    last = round.closes_at - timedelta(hours=24)
    return "last" if now >= last else "half" if now >= half else ""


@reminder("conferences.wishes_asked", category="invitations", wanted=still_to_wish)
def wishes_asked(notice):
    round = notice.subject
    return Letter(
        subject=_("When can you come to the conference?"),
        lines=[_("Tell us which times suit you, before the times are set. It takes a minute.")],
        facts=((_("Answer by"), when(round.wishes_by, school_of(round))),),
        buttons=(Button(_("Tell us what suits you"), link_to(round, notice.recipient, "conferences:wish_link")),),
        sender=school_of(round).name,
    )


@wishes_asked.due
def wishing_now(now):
    rounds = ConferenceRound.objects.published().filter(wishes_by__gt=now).select_related("school")
    said = TimeWish.objects.filter(round=OuterRef("round"), household=OuterRef("guardian__household"))
    return due_in(rounds, Conference.objects.unbooked(), wishes_asked, "", ~Exists(said))


@reminder(
    "conferences.times_missing",
    category="tasks",
    wanted=lambda notice: (
        notice.subject.is_draft
        and contacts_of(notice.subject)
        .filter(pk=notice.recipient_id)
        .exclude(conference_slots__round=notice.subject)
        .exists()
    ),
)
def times_missing(notice):
    round = notice.subject
    return Letter(
        subject=_("When can you hold conferences? %(title)s") % {"title": round.title},
        lines=[_("Families are called on %(day)s. Your times are missing.") % {"day": day(round.invite_on)}],
        buttons=(Button(_("Add my times"), page("round_times", round.pk)),),
    )


@times_missing.due
def without_times(now):
    """Contact teachers without a single time, 14 and 7 days before families are called."""
    rounds = ConferenceRound.objects.drafts().select_related("school")
    left = {round: (round.invite_on - now.astimezone(round.school.zone).date()).days for round in rounds}
    stages = ((round, "7 days" if days <= 7 else "14 days") for round, days in left.items() if 0 <= days <= 14)
    for occasion, of_it in by_occasion(stages):
        given = ConferenceSlot.objects.filter(round=OuterRef("round"), teacher=OuterRef("person"))
        yield from _teachers(_contacts().filter(~Exists(given)), of_it, times_missing, occasion)


def contacts_of(round):
    return Person.objects.filter(pk__in=_contacts().filter(round=round.pk).values("teacher"))


def _contacts():
    contacts = Role.objects.filter(kind="contact_teacher", state="confirmed", person__is_active=True)
    return contacts.annotate(round=F("school_class__conference_rounds"), teacher=F("person"))


def _teachers(pairs, rounds, kind, occasion, *still):
    """Those of `pairs`, with the keys of a round and a teacher, whom the clock has not told yet. Two queries."""
    rounds = {round.pk: round for round in rounds}
    untold = pairs.filter(~kind.told(ConferenceRound, "round", "teacher", occasion), round__in=rounds)
    found = list(untold.filter(*still).order_by("round", "teacher").values_list("round", "teacher").distinct())
    people = Person.objects.in_bulk({teacher for _round, teacher in found})
    return [Due(rounds[round], people[teacher], occasion) for round, teacher in found]


@reminder(
    "conferences.plans_due",
    category="tasks",
    wanted=lambda notice: notice.subject.is_published and missing_plans(notice.subject, notice.recipient).exists(),
)
def plans_due(notice):
    round, left = notice.subject, missing_plans(notice.subject, notice.recipient).count()
    subject = ngettext("%(label)s: %(n)s child left", "%(label)s: %(n)s children left", left)
    return Letter(
        subject=subject % {"label": plan_label_of(round.school), "n": left},
        lines=[_("Families read it from %(day)s, so that they can prepare.") % {"day": day(round.plans_on)}],
        buttons=(Button(_("Open the list"), page("plan_list", round.pk)),),
    )


@plans_due.due
def plans_missing(now):
    """Teachers with plans that are not sent, five days and one day before they are to be out."""
    rounds = ConferenceRound.objects.published().select_related("school")
    left = {round: (round.plans_on - now.astimezone(round.school.zone).date()).days for round in rounds}
    stages = ((round, "1 day" if days <= 1 else "5 days") for round, days in left.items() if 0 <= days <= 5)
    for occasion, of_it in by_occasion(stages):
        late = _without_plan().filter(teacher__is_active=True)
        yield from _teachers(Conference.objects.open(), of_it, plans_due, occasion, Q(pk__in=late.values("pk")))


def missing_plans(round, teacher):
    return _without_plan().filter(round=round, teacher=teacher)


def _without_plan():
    return Conference.objects.open().exclude(Exists(LearningPlanRef.objects.sent().filter(conference=OuterRef("pk"))))


@reminder(
    "conferences.prepare",
    category="reminders",
    wanted=lambda notice: (
        notice.subject.is_open
        and notice.recipient in notice.subject.guardians()
        and not _has_prepared(notice.subject, notice.recipient)
    ),
)
def time_to_prepare(notice):
    conference = notice.subject
    return Letter(
        subject=_("Prepare together with %(child)s") % {"child": conference.pupil.given_name},
        lines=[
            _(
                "The talk is better when you and your child have thought of it first. It takes five minutes, on one phone."
            ),
            _("Nobody sees what you write until you share it."),
        ],
        buttons=(Button(_("Prepare together"), page("prepare", conference.pk)),),
    )


@time_to_prepare.due
def three_days_before(now):
    soon = Conference.objects.open().filter(
        booking__starts_at__gt=now + timedelta(days=1), booking__starts_at__lte=now + timedelta(days=3)
    )
    prepared = Preparation.objects.filter(conference=OuterRef("talk"), household=OuterRef("guardian__household"))
    talks = Conference.objects.filter(pk__in=list(soon.order_by().values_list("pk", flat=True)))  # a few of the town's
    pairs = called_to(talks, ~time_to_prepare.told(Conference, "talk", "guardian")).filter(~Exists(prepared))
    pairs = list(pairs.select_related("guardian"))
    talks = talks.select_related("pupil").in_bulk({pair.talk for pair in pairs})
    return [Due(talks[pair.talk], pair.guardian) for pair in pairs]


def _has_prepared(conference, person):
    return Preparation.objects.filter(conference=conference, household=person.household_id).exists()
