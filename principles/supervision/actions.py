"""Every change to a supervision: begun, stated, asked more of, assessed, concluded, published, followed up."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import only_the_portal
from principles.models import Principle, PrincipleVersion
from principles.supervision import rules
from principles.supervision.models import (
    MOST_POINTS,
    AskedMore,
    CountedAnew,
    FurtherQuestion,
    MovedOn,
    NotAssessed,
    NotChosen,
    NothingNew,
    StatementMissing,
    SupervisedClause,
    Supervision,
    SupervisionResult,
    UnderWay,
    WrongDays,
)
from principles.supervision.results import content_of, result_pdf
from principles.supervision.totals import totals_over

UNDER = {"gone": MovedOn, "locks": lambda point: [point.supervision]}


@action(
    may=rules.can_supervise,
    claims=Principle.objects.all,
    records="principles.supervision_started",
    refuses=(NotChosen, UnderWay),
)
def start_supervision(
    principle: Principle, *, by: Person, numbers: list[int], starts_on: date, ends_on: date, statement_by: date
) -> Supervision:
    """Look at points of the principle in force, by their numbers, over a school year or half of one; the head is asked for
    a statement. Refused without a point, with more than twelve, and while it is looked at already."""
    version = PrincipleVersion.objects.in_force().filter(principle=principle).first()
    clauses = list(version.clauses.filter(number__in=numbers)) if version else []
    if not 0 < len(clauses) <= MOST_POINTS:
        raise NotChosen
    try:
        with transaction.atomic():
            supervision = Supervision.objects.create(
                school=principle.school,
                version=version,
                starts_on=starts_on,
                ends_on=ends_on,
                statement_by=statement_by,
                started_by=by,
            )
    except IntegrityError as twice:
        raise UnderWay from twice
    SupervisedClause.objects.bulk_create(SupervisedClause(supervision=supervision, clause=one) for one in clauses)
    record("principles.supervision_started", supervision, by=by)
    return supervision


@action(
    may=rules.can_choose_figures,
    claims=SupervisedClause.objects.under_way,
    **UNDER,
    records="principles.figures_chosen",
)
def choose_figures(point: SupervisedClause, *, by: Person, figures: list[str]) -> None:
    """Say which totals of the rooms belong to this point. They are counted at once."""
    point.figures = figures
    point.save(update_fields=["figures"])
    _measure(point.supervision)
    record("principles.figures_chosen", point.supervision, by=by)


@action(may=rules.can_state, claims=SupervisedClause.objects.stating, **UNDER, records="principles.point_stated")
def state_point(point: SupervisedClause, *, by: Person, did: str, sees: str, hard: str) -> None:
    """Say what the school does of this point, what comes of it, and what is hard. The board reads it when all of it is
    handed in; from then on it stays as it is."""
    point.did, point.sees, point.hard, point.stated_at = did, sees, hard, timezone.now()
    point.save(update_fields=["did", "sees", "hard", "stated_at"])
    record("principles.point_stated", point, by=by)


@action(
    may=rules.can_hand,
    claims=Supervision.objects.stating,
    gone=MovedOn,
    records="principles.statement_handed",
    refuses=(StatementMissing,),
)
def hand_statement(supervision: Supervision, *, by: Person) -> None:
    """Give the board the whole statement, with the totals as they are now. Refused while a point has none."""
    if supervision.points.filter(stated_at=None).exists():
        raise StatementMissing
    supervision.state = Supervision.State.ASSESSING
    supervision.save(update_fields=["state"])
    _measure(supervision)
    record("principles.statement_handed", supervision, by=by)


@action(
    may=rules.can_assess,
    claims=SupervisedClause.objects.assessing,
    **UNDER,
    records="principles.more_asked",
    refuses=(AskedMore,),
)
def ask_more(point: SupervisedClause, *, by: Person, question: str) -> FurtherQuestion:
    """Ask the head to say more of this point. Refused while an earlier question waits."""
    try:
        with transaction.atomic():
            asked = FurtherQuestion.objects.create(point=point, question=question)
    except IntegrityError as twice:
        raise AskedMore from twice
    record("principles.more_asked", asked, by=by)
    return asked


@action(
    may=rules.can_tell_more,
    claims=FurtherQuestion.objects.open,
    gone=MovedOn,
    locks=lambda question: [question.point.supervision],
    records="principles.more_told",
)
def tell_more(question: FurtherQuestion, *, by: Person, answer: str) -> None:
    """Answer what the board has asked, once. The board may ask again."""
    question.answer, question.answered_at = answer, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    record("principles.more_told", question.point.supervision, by=by)


@action(may=rules.can_assess, claims=SupervisedClause.objects.assessing, **UNDER, records="principles.point_assessed")
def assess_point(
    point: SupervisedClause,
    *,
    by: Person,
    verdict: str,
    reason: str,
    follow_up: str = "",
    follow_up_on: date | None = None,
) -> None:
    """Say whether the school keeps this point and why, and what shall be done by when. It can be changed until the
    supervision is concluded."""
    point.verdict, point.reason, point.follow_up, point.follow_up_on = verdict, reason, follow_up, follow_up_on
    point.save(update_fields=["verdict", "reason", "follow_up", "follow_up_on"])
    record("principles.point_assessed", point, by=by)


@action(
    may=rules.can_conclude,
    claims=Supervision.objects.assessing,
    gone=MovedOn,
    records="principles.supervision_concluded",
    refuses=(NotAssessed, WrongDays),
)
def conclude_supervision(supervision: Supervision, *, by: Person, discussed_on: date, item: str, next_on: date) -> None:
    """Write down the meeting that it was discussed at, and when the principle is looked at next. Refused before the
    meeting, while a point is not assessed, and while a question to the head waits."""
    today = supervision.school.today()
    if discussed_on > today or next_on <= today:
        raise WrongDays
    waiting = FurtherQuestion.objects.filter(point__supervision=supervision, answered_at=None)
    if supervision.points.unassessed().exists() or waiting.exists():
        raise NotAssessed
    supervision.state, supervision.item = Supervision.State.CONCLUDED, item
    supervision.discussed_on, supervision.next_on = discussed_on, next_on
    supervision.save(update_fields=["state", "item", "discussed_on", "next_on"])
    record("principles.supervision_concluded", supervision, by=by)


@action(may=rules.can_measure, claims=Supervision.objects.all, gone=MovedOn, records="principles.supervision_measured")
def measure_anew(supervision: Supervision, *, by: Person) -> None:
    """Count the totals as they are now. What is published stays as it is, until it is renewed by hand."""
    _measure(supervision)
    record("principles.supervision_measured", supervision, by=by)


@action(
    may=rules.can_conclude,
    claims=Supervision.objects.concluded,
    gone=MovedOn,
    records="principles.result_published",
    refuses=(NothingNew, CountedAnew),
)
def publish_result(
    supervision: Supervision, *, by: Person, summary: str, measured_at: str | None = None
) -> SupervisionResult:
    """Show everybody the result on one page: the summary, each point with its totals and what the board makes of it. The
    families of the school are told the first time. The page never changes; to publish once more renews it, and is refused
    when nothing is new; and when the totals were counted anew after those that were read, of `measured_at`."""
    if measured_at is not None and measured_at != supervision.measured_at.isoformat():
        raise CountedAnew
    newest = supervision.results.first()
    content = content_of(supervision, summary)
    if newest and newest.content == content:
        raise NothingNew
    number = newest.number + 1 if newest else 1
    now = timezone.now()
    file, pages = result_pdf(content, now)
    said = {"content": content, "file": file, "pages": pages, "published_at": now, "published_by": by}
    result = SupervisionResult.objects.create(supervision=supervision, number=number, **said)
    record("principles.result_published", result, by=by, number=number)
    return result


@action(may=only_the_portal, claims=SupervisionResult.objects.without_file, records="principles.result_printed")
def keep_result_file(result: SupervisionResult, *, by: Person) -> None:
    """Keep the PDF of what was published before there were any, for good. Refused when it has one."""
    result.file, result.pages = result_pdf(result.content, result.published_at)
    result.save(update_fields=["file", "pages"])
    record("principles.result_printed", result, by=by, number=result.number)


@action(
    may=rules.can_choose_figures,
    claims=SupervisedClause.objects.to_follow_up,
    **UNDER,
    records="principles.point_followed_up",
)
def follow_up_done(point: SupervisedClause, *, by: Person) -> None:
    """What should be done of this point is done."""
    point.followed_up_at = timezone.now()
    point.save(update_fields=["followed_up_at"])
    record("principles.point_followed_up", point, by=by)


@action(
    may=rules.can_go_on,
    claims=Supervision.objects.under_way,
    gone=MovedOn,
    deletes=True,
    records="principles.supervision_dropped",
)
def drop_supervision(supervision: Supervision, *, by: Person) -> None:
    """Stop it, and delete all that was written. What is concluded stays."""
    record("principles.supervision_dropped", supervision, by=by)
    supervision.delete()


def _measure(supervision):
    names = sorted({name for figures in supervision.points.values_list("figures", flat=True) for name in figures})
    supervision.evidence = totals_over(supervision.school, names, supervision.starts_on, supervision.ends_on)
    supervision.measured_at = timezone.now()
    supervision.save(update_fields=["evidence", "measured_at"])
