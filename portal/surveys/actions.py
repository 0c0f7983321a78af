"""Every change to a survey. Rooms call these within actions of their own, which say who may."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal, action
from portal.figures import SMALLEST
from portal.ledger.record import record
from portal.people.models import Household, Person, School
from portal.surveys.models import Answered, AnsweredBefore, Question, Survey, SurveyClosed
from portal.surveys.questions import Ask, in_every_language
from portal.surveys.rules import only_a_room


class NothingSaid(Refusal):
    words = _("You have not answered any question yet.")


@action(may=only_a_room, records="surveys.survey_opened")
def open_survey(
    school: School, *, by: Person, questions: list[Ask], closes_at: datetime, percent: int = 60, enough: int = 10
) -> Survey:
    """Ask these questions until `closes_at`. The result can be read when `percent` of those asked have answered, or
    `enough` of them; never with fewer than five."""
    survey = Survey.objects.create(school=school, closes_at=closes_at, percent=percent, enough=enough)
    Question.objects.bulk_create(
        Question(
            survey=survey,
            place=place,
            kind=ask.kind,
            words=in_every_language(ask.text),
            options=[
                {"text": in_every_language(one.text), "card": in_every_language(one.card) if one.card else {}}
                for one in ask.options
            ],
            counts=[0] * len(ask.options),
        )
        for place, ask in enumerate(questions)
    )
    record("surveys.survey_opened", survey, by=by)
    return survey


@action(
    may=only_a_room,
    claims=Survey.objects.taking_answers,
    gone=SurveyClosed,
    records="surveys.answered",
    refuses=(AnsweredBefore, NothingSaid),
    silent=True,
)
def take_answer(
    survey: Survey,
    *,
    by: Person,
    answers: dict[int, list[int]],
    household: Household | None = None,
    person_asked: Person | None = None,
) -> None:
    """Count the answers ({place of the question: places of its options}) of a home or a person, once. Nothing says who,
    when, or which answers belong together. Refused the second time, when nothing is answered, and when it is closed."""
    if not any(answers.values()):
        raise NothingSaid
    try:
        with transaction.atomic():
            Answered.objects.create(survey=survey, household=household, person=person_asked)
    except IntegrityError as twice:
        raise AnsweredBefore from twice
    # All are written, also those that stay: which rows a transaction has changed would tell what was answered.
    for question in survey.questions.all():
        chosen = set(answers.get(question.place, ()))
        question.counts = [count + (place in chosen) for place, count in enumerate(question.counts)]
        question.said += bool(chosen)
        question.save(update_fields=["counts", "said"])


@action(may=only_a_room, claims=Survey.objects.open, gone=SurveyClosed, records="surveys.survey_closed")
def close_survey(survey: Survey, *, by: Person, asked: Collection[int]) -> None:
    """Close it for good. `asked` are the keys of the homes, or persons, who are asked today; who has answered and left
    meanwhile counts too. The list of who has answered is deleted; and so is what was answered, where it is too little to
    be read."""
    answered = {one.household_id or one.person_id for one in survey.answered_by.all()}
    survey.asked, survey.answered = len(answered | set(asked)), len(answered)
    survey.closed_at = timezone.now()
    survey.save(update_fields=["asked", "answered", "closed_at"])
    for question in survey.questions.all():
        if not survey.is_shown or question.said < SMALLEST:
            question.counts, question.said = [0] * len(question.counts), 0
        question.save(update_fields=["counts", "said"])
    survey.answered_by.all().delete()
    record("surveys.survey_closed", survey, by=by, shown=survey.is_shown)


@action(may=only_a_room, claims=Survey.objects.all, gone=SurveyClosed, deletes=True, records="surveys.survey_dropped")
def drop_survey(survey: Survey, *, by: Person) -> None:
    """Delete the survey with all that was answered."""
    record("surveys.survey_dropped", survey, by=by)
    survey.delete()
