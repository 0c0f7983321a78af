"""What a page about a summary shows, what last time was agreed, and the totals of how the talks felt."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Avg, Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences import rules
from conferences.models import (
    AgreedAction,
    Conference,
    ConferenceSummary,
    Feedback,
    FocusPoint,
    Participant,
    SummaryAnswer,
)
from portal.figures import SMALLEST
from portal.ledger.models import Event
from portal.people.models import GuardianRelation, Person
from portal.templatetags.skolebro import day

OPENED = "conferences.summary_opened"
MOST_CONTENT = 5  # the best answer to each of the two questions
WORDS = ("child_words", "academic", "social", "personal", "home_support")


@dataclass(frozen=True)
class LastTime:
    """What the talk before this one ended in."""

    summary: ConferenceSummary
    goals: list[FocusPoint]
    agreements: list[AgreedAction]


def last_time(conference) -> LastTime | None:
    """The newest shared summary of an earlier talk about the child: the same teacher's if there is one. It follows the
    child to a new teacher of the school, and never from one home's own talk to the other home."""
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
    """The newest version, shared or not, with its goals and agreements."""
    summaries = ConferenceSummary.objects.filter(conference=conference).select_related("written_by")
    return summaries.prefetch_related("focus_points", "agreed_actions").first()


def text_of(summary) -> str:
    """Everything that somebody has written in it."""
    said = [getattr(summary, name) for name in WORDS]
    said += [f"{goal.text}\n{goal.seen_by}" for goal in summary.focus_points.all()]
    return "\n".join(said + [f"{row.what}\n{row.who}\n{row.how_often}" for row in summary.agreed_actions.all()])


def differences(theirs, taken) -> list[tuple[str, str]]:
    """[(what it is called, what they wrote)] where the saved version says something else than what was just typed."""
    if theirs is None:
        return []
    fields = {name: ConferenceSummary._meta.get_field(name).verbose_name for name in WORDS}
    found = [
        (label, getattr(theirs, name))
        for name, label in fields.items()
        if getattr(theirs, name) and getattr(theirs, name) != taken["words"][name]
    ]
    tips = {tip.pk for tip in taken["tips"]}
    found += [(_("Tip"), given["title"]) for given in theirs.tips if given["tip"] not in tips]
    goals = {goal["text"] for goal in taken["goals"]}
    found += [(_("Goal"), goal.text) for goal in theirs.focus_points.all() if goal.text not in goals]
    agreed = {(row["what"], row["who"], row["due_on"]) for row in taken["agreements"]}
    return found + [
        (_("Agreement"), f"{row.what}. {row.get_owner_display()}: {row.who}. {day(row.due_on)}")
        for row in theirs.agreed_actions.all()
        if (row.what, row.who, row.due_on) not in agreed
    ]


@dataclass(frozen=True)
class Reader:
    """Somebody the summary is for, and when it was opened last (None: not yet)."""

    person: Person
    opened_at: datetime | None = None
    is_pupil: bool = False


def readers_of(conference) -> list[Reader]:
    """The family: the live guardians of the homes that the talk is for, and the pupil from 12."""
    relations = GuardianRelation.objects.live().filter(pupil=conference.pupil_id)
    if conference.home_id:
        relations = relations.filter(guardian__household=conference.home_id)
    adults = Person.objects.filter(pk__in=relations.values("guardian")).in_name_order()
    own = Conference.objects.of_pupil(conference.pupil).filter(pk=conference.pk).exists()
    pupils = [Reader(conference.pupil, is_pupil=True)] if own else []
    return [Reader(adult) for adult in adults] + pupils


def is_over(conference):
    """Whether the talk has been: it is written down as held, or its time has passed."""
    if conference.state == Conference.State.HELD:
        return True
    booking = conference.time
    return conference.is_open and booking is not None and booking.ends_at <= timezone.now()


@dataclass
class SummaryPage:
    """A shared summary as one person sees it."""

    summary: ConferenceSummary
    newest: ConferenceSummary
    versions: list[ConferenceSummary]
    goals: list[FocusPoint]
    agreements: list[AgreedAction]
    participants: list[str]
    sides: set[str]
    own_answer: SummaryAnswer | None = None
    answers: list[SummaryAnswer] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    staff_openings: list[Reader] = field(default_factory=list)
    history: list[ConferenceSummary] = field(default_factory=list)
    is_family: bool = False
    pupil_reads: bool = False
    has_draft: bool = False
    may_answer: bool = False
    may_correct: bool = False
    may_reply: bool = False
    may_give_feedback: bool = False

    @property
    def is_newest(self):
        return self.summary.pk == self.newest.pk

    @property
    def is_confirmed(self):
        return self.own_answer is not None and self.own_answer.agrees


def summary_page(summary, versions, person) -> SummaryPage:
    """Everything that the page needs, in a number of queries that does not grow with its rows."""
    conference, newest = summary.conference, versions[0]
    sides = rules.sides_of(person, conference)
    is_family = rules.takes_part(person, conference)
    writes = AgreedAction.Owner.SCHOOL in sides
    page = SummaryPage(
        summary=summary,
        newest=newest,
        versions=versions,
        goals=list(summary.focus_points.all()),
        agreements=list(summary.agreed_actions.select_related("status_by")),
        participants=_participants(conference),
        sides=sides if summary.pk == newest.pk else set(),
        history=_history(summary, person),
    )
    given = SummaryAnswer.objects.filter(summary=summary).visible_to(person).select_related("person", "replied_by")
    answers = list(given.order_by("at"))
    page.own_answer = next((answer for answer in answers if answer.person_id == person.pk), None)
    openings, readers = _openings(conference), readers_of(conference)
    page.is_family, page.pupil_reads = is_family, any(reader.is_pupil for reader in readers)
    if is_family:
        page.staff_openings = _staff_openings(openings, conference, readers)
    if writes:
        page.answers = [answer for answer in answers if answer.person_id != person.pk]
        page.readers = [Reader(reader.person, openings.get(reader.person.pk), reader.is_pupil) for reader in readers]
        page.has_draft = ConferenceSummary.objects.drafts().filter(conference=conference).exists()
    page.may_answer = is_family and page.is_newest
    page.may_reply = writes
    page.may_correct = page.is_newest and rules.can_correct_summary(person, summary)
    page.may_give_feedback = may_give_feedback(person, conference)
    return page


def readable_versions(conference, person):
    """The shared versions that somebody may read, the newest first: the teachers all of them, a family also the old ones
    that the same person has had."""
    shared = list(
        ConferenceSummary.objects.shared()
        .filter(conference=conference)
        .visible_to(person)
        .select_related("written_by", "conference")
    )
    if len(shared) < 2 or not rules.takes_part(person, conference):
        return shared
    opened = Event.objects.about(conference).filter(verb=OPENED, by=person.pk)
    had = set(opened.values_list("details__summary", flat=True))
    return [summary for summary in shared if summary is shared[0] or summary.pk in had]


def may_give_feedback(person, conference):
    """Whether the two questions are still open to this person."""
    if not is_over(conference) or not rules.can_give_feedback(person, conference):
        return False
    given = Feedback.objects.filter(conference=conference)
    if rules.holds_conference(person, conference):
        return not given.filter(side=Feedback.Side.SCHOOL).exists()
    return not given.filter(side=Feedback.Side.HOME, household=person.household_id).exists()


def _participants(conference):
    """Who was there by name, as the teacher noted it; the child first."""
    came = Participant.objects.filter(conference=conference, came=True).select_related("person")
    names = [row.person.given_name if row.person else row.name for row in came if row.person_id != conference.pupil_id]
    teacher = conference.teacher
    others = [name for name in names if name != teacher.given_name]
    return list(dict.fromkeys([conference.pupil.given_name, *others, teacher.full_name]))


def _openings(conference):
    """person -> when they opened a version of the summary last."""
    events = Event.objects.about(conference).filter(verb=OPENED).order_by("at").values_list("by", "at")
    return dict(events)


def _staff_openings(openings, conference, readers):
    """Who at the school has read it. The other home's reading is its own."""
    family = {reader.person.pk for reader in readers}
    people = Person.objects.filter(pk__in=openings.keys() - family).exclude(pk=conference.pupil_id)
    staff = people.exclude(pk__in=GuardianRelation.objects.filter(pupil=conference.pupil_id).values("guardian"))
    return [Reader(person, openings[person.pk]) for person in staff.in_name_order()]


def _history(summary, person):
    """The summaries of earlier talks, the newest first, with how it went with their goals: that was said in a talk whose
    summary is shared."""
    earlier = (
        ConferenceSummary.objects.latest()
        .visible_to(person)
        .filter(conference__pupil=summary.conference.pupil_id, shared_at__lt=summary.shared_at)
        .exclude(conference=summary.conference_id)
        .prefetch_related("focus_points", "agreed_actions")
        .order_by("-shared_at")
    )
    return list(earlier)


@dataclass(frozen=True)
class Felt:
    """How one side found the talks: the mean of two answers from one to five, of so many."""

    heard: float
    useful: float
    answers: int

    @property
    def means(self):
        """[(mean, the same as a percentage of five)] of the two questions."""
        return [(mean, round(100 * mean / MOST_CONTENT)) for mean in (self.heard, self.useful)]


def feedback_totals(conferences) -> dict[str, Felt]:
    """By side, for the sides with at least five answers: what one person said is never seen."""
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
    """The talks that somebody holds in a class, over since `moment`, whose summary is not shared."""
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
