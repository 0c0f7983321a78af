"""A shared summary as one person reads it, in as many queries for one version and agreement as for many."""

from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from conferences import rules
from conferences.after.queries.summaries import OPENED, Reader, read_by, readable, takes_feedback
from conferences.models import (
    AgreedAction,
    Conference,
    ConferenceSummary,
    Feedback,
    FocusPoint,
    Participant,
    SummaryAnswer,
)
from conferences.queries.whose import names_read, staff_unnamed, with_names
from portal.ledger.models import Event
from portal.people import protection
from portal.people.models import GuardianRelation, Person


def talks_read_by(person):
    """The talks that a person may see, and as what: a guardian (`guards`), the pupil (`is_own`), the teacher who holds
    it (`teaches`), another who takes part (`joins`)."""
    objects, this = Conference.objects, {"pk": OuterRef("pk")}
    taught = objects.of_teacher(person).filter(**this)
    given = Feedback.objects.filter(conference=OuterRef("pk"))
    came = Participant.objects.named().filter(conference=OuterRef("pk"), came=True).exclude(person=OuterRef("pupil"))
    names = came.order_by("kind", "pk").values_list(Coalesce("person__given_name", "name"))
    home = person.household_id
    own = came.filter(Q(person=person) | Q(person__household=home) if home else Q(person=person))
    return (
        objects.visible_to(person)
        .select_related("pupil", "teacher", "round", "booking", "home", "school_class__school")
        .annotate(
            guards=Exists(objects.of_guardian(person).filter(**this)),
            is_own=Exists(objects.of_pupil(person).filter(**this)),
            teaches=Exists(taught.filter(teacher_id=person.pk)),
            joins=Exists(taught.filter(participants__person=person.pk, participants__kind=Participant.Kind.TEACHER)),
            pupil_reads=Exists(objects.of_grown_pupils().filter(**this)),
            has_draft=Exists(ConferenceSummary.objects.drafts().filter(conference=OuterRef("pk"))),
            school_said=Exists(given.filter(side=Feedback.Side.SCHOOL)),
            home_said=Exists(given.filter(side=Feedback.Side.HOME, household=person.household_id)),
            sat_there=Exists(own.filter(kind=Participant.Kind.GUARDIAN)),
            came=ArraySubquery(names),
            came_of_school=ArraySubquery(names.filter(kind=Participant.Kind.TEACHER)),
        )
    )


@dataclass(frozen=True)
class ReadTalk:
    versions: list[ConferenceSummary]
    others: list[ConferenceSummary]

    def version(self, number):
        if number is None:
            return next(iter(self.versions), None)
        return next((summary for summary in self.versions if str(summary.version) == number), None)


def read_talk(conference, person) -> ReadTalk:
    """Two queries: the summaries of the pupil, and their goals."""
    found = read_by(person, conference).order_by("-shared_at").prefetch_related("focus_points")
    shared = sorted(
        (summary for summary in found if summary.conference_id == conference.pk), key=lambda summary: -summary.version
    )
    for summary in shared:
        summary.conference = conference
    newest = {}
    for summary in found:
        if summary.conference_id != conference.pk:
            newest.setdefault(summary.conference_id, summary)
    return ReadTalk(readable(shared, is_family=conference.guards or conference.is_own), list(newest.values()))


@dataclass
class SummaryPage:
    summary: ConferenceSummary
    newest: ConferenceSummary
    versions: list[ConferenceSummary]
    goals: list[FocusPoint]
    agreements: list[AgreedAction]
    participants: list[str]
    sides: set[str]
    history: list[ConferenceSummary]
    own_answer: SummaryAnswer | None = None
    answers: list[SummaryAnswer] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    staff_openings: list[Reader] = field(default_factory=list)
    is_family: bool = False
    pupil_reads: bool = False
    has_draft: bool = False
    may_answer: bool = False
    may_correct: bool = False
    may_give_feedback: bool = False

    @property
    def is_newest(self):
        return self.summary.pk == self.newest.pk

    @property
    def is_confirmed(self):
        return self.own_answer is not None and self.own_answer.agrees


def summary_page(told, summary, person) -> SummaryPage:
    """For a talk found by `talks_read_by`. Three more queries."""
    conference = summary.conference
    writes, is_family = conference.teaches or conference.joins, conference.guards or conference.is_own
    sides = rules.sides_for(writes=writes, guards=conference.guards, is_own=conference.is_own)
    page = SummaryPage(
        summary=summary,
        newest=told.versions[0],
        versions=told.versions,
        goals=list(summary.focus_points.all()),
        agreements=agreements_of(summary, conference, person),
        participants=_participants(conference),
        sides=sides,
        history=[earlier for earlier in told.others if earlier.shared_at < summary.shared_at],
        is_family=is_family,
        pupil_reads=conference.pupil_reads,
        has_draft=writes and conference.has_draft,
        may_give_feedback=_may_give_feedback(conference),
    )
    if not page.is_newest:
        page.sides = set()
    page.may_answer = is_family and page.is_newest
    page.may_correct = conference.teaches and page.is_newest
    _add_answers(page, person, writes)
    _add_readers(page, conference, person, writes)
    return page


def agreements_of(summary, conference, person):
    """As the person may read them: of somebody else's home without the name, unless both homes came to the talk."""
    if not _is_of_the_family(conference):
        return list(summary.agreed_actions.all())
    agreements = list(with_names(summary.agreed_actions.all(), person, conference.pupil))
    staff, came = staff_unnamed(agreements, person), conference.came if conference.sat_there else ()
    for agreed in agreements:
        names = names_read(agreed, person, conference, staff=staff, came=came)
        if not names.may_read(agreed.owner, agreed.who):
            agreed.who = ""
    return agreements


def _is_of_the_family(conference):
    return (conference.guards or conference.is_own) and not (conference.teaches or conference.joins)


def _participants(conference):
    """A home that did not come is not told who came of the other one."""
    teacher, is_told = conference.teacher, conference.sat_there or not conference.guards or conference.teaches
    came = conference.came if is_told else conference.came_of_school
    others = [name for name in came if name != teacher.given_name]
    return list(dict.fromkeys([conference.pupil.given_name, *others, teacher.full_name]))


def _may_give_feedback(conference):
    if not takes_feedback(conference):
        return False
    return not conference.school_said if conference.teaches else conference.guards and not conference.home_said


def _add_answers(page, person, writes):
    given = page.summary.answers.select_related("person", "replied_by").order_by("at")
    answers = list(given if writes else given.filter(person=person))
    page.own_answer = next((answer for answer in answers if answer.person_id == person.pk), None)
    page.answers = [answer for answer in answers if answer.person_id != person.pk]


def _add_readers(page, conference, reader, writes):
    """The school is told who in the family has read it, and the family who at the school, without the name of whom other
    families must not read; neither home is told about the other. One query, and two more where somebody is protected."""
    people = _family_and_readers(conference)
    if page.is_family:
        staff = [person for person in people if not person.is_related and person.pk != conference.pupil_id]
        hidden = protection.not_own(reader, {person.pk for person in staff if person.is_covered})
        page.staff_openings = [Reader(person, person.opened_at, is_named=person.pk not in hidden) for person in staff]
    if writes:
        page.readers = [Reader(person, person.opened_at) for person in people if person.reads]
        pupil = next((person for person in people if person.pk == conference.pupil_id), conference.pupil)
        if conference.pupil_reads:
            page.readers.append(Reader(pupil, getattr(pupil, "opened_at", None), is_pupil=True))


def _family_and_readers(conference):
    opened = Event.objects.about(conference).filter(verb=OPENED)
    relations, reading = GuardianRelation.objects.filter(pupil=conference.pupil_id), conference.guardians().order_by()
    people = Person.objects.filter(Q(pk__in=reading.values("pk")) | Q(pk__in=opened.values("by"))).annotate(
        reads=Exists(reading.filter(pk=OuterRef("pk"))),
        is_related=Exists(relations.filter(guardian=OuterRef("pk"))),
        is_covered=ExpressionWrapper(Q(pk__in=protection.covered()), output_field=BooleanField()),
        opened_at=Subquery(opened.filter(by=OuterRef("pk")).order_by("-at").values("at")[:1]),
    )
    return list(people.in_name_order())
