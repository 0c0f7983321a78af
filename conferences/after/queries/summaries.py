"""What a page about a summary shows, what was agreed last time, and the totals of how the talks felt."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Avg, CharField, Count, Exists, Func, JSONField, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences import rules
from conferences.models import (
    AgreedAction,
    Conference,
    ConferenceSummary,
    Feedback,
    FocusPoint,
    SubjectInput,
)
from portal.figures import SMALLEST
from portal.ledger.models import Event
from portal.people.models import Person
from portal.speech import day

OPENED = "conferences.summary_opened"
MOST_CONTENT = 5  # the best answer to each of the two questions
FELT_FOR = timedelta(days=365)  # after the talk
WORDS = ("child_words", "academic", "social", "personal", "home_support")


@dataclass(frozen=True)
class LastTime:
    summary: ConferenceSummary
    goals: list[FocusPoint]
    agreements: list[AgreedAction]


def last_time(conference) -> LastTime | None:
    """The newest shared summary of an earlier talk about the child: the same teacher's if there is one. It follows the
    child to a new teacher at the school, but never from one home's separate talk to the other home."""
    homes = Q(conference__home=None) | Q(conference__home=conference.home_id, conference__home__isnull=False)
    earlier = (
        ConferenceSummary.objects.latest()
        .filter(homes, conference__pupil=conference.pupil_id, conference__made_at__lt=conference.made_at)
        .filter(conference__school_class__school=conference.school_id)
        .exclude(conference=conference.pk)
    )
    if conference.round_id:
        earlier = earlier.exclude(conference__round=conference.round_id)
    found = list(earlier.select_related("conference__booking").order_by("-shared_at"))
    if not found:
        return None
    same = [summary for summary in found if summary.conference.teacher_id == conference.teacher_id]
    last = (same or found)[0]
    return LastTime(last, list(last.focus_points.all()), list(last.agreed_actions.all()))


def newest_of(conference) -> ConferenceSummary | None:
    summaries = ConferenceSummary.objects.filter(conference=conference).select_related("written_by")
    return summaries.prefetch_related("focus_points", "agreed_actions").first()


def text_of(summary) -> str:
    said = [getattr(summary, name) for name in WORDS]
    said += [f"{goal.text}\n{goal.seen_by}" for goal in summary.focus_points.all()]
    return "\n".join(said + [f"{row.what}\n{row.who}\n{row.how_often}" for row in summary.agreed_actions.all()])


def differences(theirs, taken) -> list[tuple[str, str]]:
    if theirs is None:
        return []
    fields = {name: ConferenceSummary._meta.get_field(name).verbose_name for name in WORDS}
    found = [
        (label, getattr(theirs, name))
        for name, label in fields.items()
        if getattr(theirs, name) and getattr(theirs, name) != taken["words"].get(name)
    ]
    tips = {tip.pk for tip in taken["tips"]}
    found += [(_("Tip"), given["title"]) for given in theirs.tips if given["tip"] not in tips]
    goals = {goal["text"] for goal in taken["goals"]}
    found += [(_("Goal"), goal.text) for goal in theirs.focus_points.all() if goal.text not in goals]
    agreed = {(row["what"], row["who"], row["due_on"]) for row in taken["agreements"]}
    return found + [
        (_("Agreement"), f"{row.what}. {row.whose}. {day(row.due_on)}")
        for row in theirs.agreed_actions.all()
        if (row.what, row.who, row.due_on) not in agreed
    ]


@dataclass(frozen=True)
class Reader:
    person: Person
    opened_at: datetime | None = None
    is_pupil: bool = False
    is_named: bool = True


def readers_of(conference) -> list[Reader]:
    own = Conference.objects.of_pupil(conference.pupil).filter(pk=conference.pk).exists()
    pupils = [Reader(conference.pupil, is_pupil=True)] if own else []
    return [Reader(adult) for adult in conference.guardians()] + pupils


def takes_feedback(conference):
    """Within a year after the talk: later the answers are deleted."""
    booking = conference.time
    ended = conference.ended_at or (booking and booking.ends_at)
    return conference.is_over and ended > timezone.now() - FELT_FOR


def readable_versions(conference, person):
    """Newest first. A family reads an old version only if the same person has opened it before."""
    shared = list(read_by(person, conference).filter(conference=conference).order_by("-version"))
    return readable(shared, is_family=len(shared) > 1 and rules.takes_part(person, conference))


def read_by(person, conference):
    """`had`: the person has opened this version before."""
    opened = Event.objects.filter(
        verb=OPENED,
        by=person.pk,
        subject_type=Conference._meta.label,
        subject_id=Cast(OuterRef("conference"), CharField()),
        details__summary=Func(OuterRef("pk"), function="to_jsonb", output_field=JSONField()),
    )
    summaries = ConferenceSummary.objects.shared().filter(conference__pupil=conference.pupil_id).visible_to(person)
    return summaries.annotate(had=Exists(opened)).select_related("written_by", "conference")


def readable(shared, *, is_family):
    return [summary for summary in shared if summary is shared[0] or not is_family or summary.had]


def may_give_feedback(person, conference):
    if not takes_feedback(conference) or not rules.can_give_feedback(person, conference):
        return False
    given = Feedback.objects.filter(conference=conference)
    if rules.is_teacher_of(person, conference):
        return not given.filter(side=Feedback.Side.SCHOOL).exists()
    return not given.filter(side=Feedback.Side.HOME, household=person.household_id).exists()


@dataclass(frozen=True)
class Felt:
    """How one side found the talks: the mean of each answer, from one to five, and the number of answers."""

    heard: float
    useful: float
    answers: int

    @property
    def means(self):
        return [(mean, round(100 * mean / MOST_CONTENT)) for mean in (self.heard, self.useful)]


def feedback_totals(conferences) -> dict[str, Felt]:
    """By side, for the sides with at least five answers: no single person's answer is ever seen."""
    rows = (
        Feedback.objects.filter(conference__in=conferences)
        .values("side")
        .annotate(heard_mean=Avg("heard"), useful_mean=Avg("useful"), answers=Count("pk"))
    )
    return {
        row["side"]: Felt(round(row["heard_mean"], 1), round(row["useful_mean"], 1), row["answers"])
        for row in rows
        if row["answers"] >= SMALLEST
    }


def unshared_after(person, school_class, moment):
    over = Q(booking__ends_at__lt=moment, state=Conference.State.CALLED) | Q(
        state=Conference.State.HELD, ended_at__lt=moment
    )
    shared = ConferenceSummary.objects.shared().values("conference")
    return (
        Conference.objects.of_teacher(person)
        .filter(over, teacher_id=person.pk, school_class=school_class)
        .exclude(pk__in=shared)
        .select_related("pupil")
        .order_by("ended_at", "pk")
    )


def told_home(conference):
    """What goes home with the summary of a round's talk: the year's newest text in each subject, as rows that the
    shared version keeps. Authors are left out: the contact teacher answers for the whole. One query."""
    if not conference.round_id:
        return []
    entries = SubjectInput.objects.filter(
        pupil=conference.pupil_id, year=conference.school_class.year_id, subject__school=conference.school_id
    )
    newest = {}
    for entry in entries.select_related("subject").order_by("subject__name", "subject", "-at"):
        newest.setdefault(
            entry.subject_id, {"subject": entry.subject_id, "name": entry.subject.name, "text": entry.text}
        )
    return list(newest.values())


def seen_as(draft, subjects):
    """A token for the state of a draft, and of what goes home with it, that somebody has looked at."""
    words = json.dumps(subjects, sort_keys=True).encode()
    return f"{draft.token}.{sha256(words).hexdigest()[:12]}" if subjects else draft.token
