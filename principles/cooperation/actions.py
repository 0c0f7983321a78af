"""Parents and staff are asked once a year; each answer is one more in a count."""

from datetime import datetime

from django.db import IntegrityError, transaction

from portal.actions import action
from portal.figures import SMALLEST
from portal.ledger.record import record
from portal.people.models import Person, School, the_portal
from portal.surveys import actions as surveys
from portal.surveys.actions import NothingSaid
from portal.surveys.models import AnsweredBefore, SurveyClosed
from principles.cooperation import rules
from principles.cooperation.models import AskedThisYear, CooperationSurvey, TooFew
from principles.cooperation.questions import ASKS

ANSWER = {"claims": CooperationSurvey.objects.asking, "gone": SurveyClosed}


@action(
    may=rules.can_ask,
    claims=School.objects.all,
    records="principles.cooperation_asked",
    refuses=(AskedThisYear, TooFew),
)
def ask_about_cooperation(school: School, *, by: Person, closes_at: datetime) -> CooperationSurvey:
    """Ask every home and everybody who works at the school the same four questions, without a name, until `closes_at`. Once
    a school year: two results close to each other would tell what one home has said. Refused with fewer than five homes;
    fewer than five at work are not asked."""
    year = school.years.on(school.today()).first()
    if year is None or school.cooperation_surveys.filter(year=year).exists():
        raise AskedThisYear
    asked = CooperationSurvey(school=school, year=year)
    if len(asked.homes_asked()) < SMALLEST:
        raise TooFew
    said = {"by": the_portal(), "questions": list(ASKS), "closes_at": closes_at}
    asked.parents = surveys.open_survey(school, **said)
    if len(asked.workers_asked()) >= SMALLEST:
        asked.staff = surveys.open_survey(school, **said)
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError as twice:
        raise AskedThisYear from twice
    record("principles.cooperation_asked", asked, by=by)
    return asked


@action(
    may=rules.can_answer_as_home,
    **ANSWER,
    records="principles.home_answered",
    refuses=(AnsweredBefore, NothingSaid),
    silent=True,
)
def answer_as_home(asked: CooperationSurvey, *, by: Person, answers: dict[int, list[int]]) -> None:
    """Count what a home answers, once. Nothing says who, or when."""
    surveys.take_answer(asked.parents, by=the_portal(), household=by.household, answers=answers)


@action(
    may=rules.can_answer_at_work,
    **ANSWER,
    records="principles.worker_answered",
    refuses=(AnsweredBefore, NothingSaid),
    silent=True,
)
def answer_at_work(asked: CooperationSurvey, *, by: Person, answers: dict[int, list[int]]) -> None:
    """Count what somebody at work answers, once. Nothing says who, or when."""
    surveys.take_answer(asked.staff, by=the_portal(), person_asked=by, answers=answers)


@action(
    may=rules.only_the_clock_closes,
    **ANSWER,
    records="principles.cooperation_closed",
)
def close_cooperation(asked: CooperationSurvey, *, by: Person) -> None:
    """On its day. Where too few have answered, what was answered is deleted."""
    surveys.close_survey(asked.parents, by=by, asked=asked.homes_asked())
    if asked.staff:
        surveys.close_survey(asked.staff, by=by, asked=asked.workers_asked())
    record("principles.cooperation_closed", asked, by=by)
