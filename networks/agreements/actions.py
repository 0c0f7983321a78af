"""Every change to an agreement of a class: asked about, talked about, adopted, looked at again, ended."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.agreements import rules
from networks.agreements.checking import look_through_agreement
from networks.agreements.topics import TOPICS
from networks.models import AgreementOver, SharedNormAgreement, UnderWay
from networks.names.checking import IsItAName, NameInside, refuse_names
from portal.actions import Refusal, action
from portal.figures import SMALLEST
from portal.ledger.record import record
from portal.people.models import Cohort, Person, SchoolClass, the_portal
from portal.people.rules import is_portal
from portal.surveys import actions as surveys
from portal.surveys.actions import NothingSaid
from portal.surveys.models import AnsweredBefore, SurveyClosed
from portal.surveys.queries import standing_of

State = SharedNormAgreement.State
APART = timedelta(days=90)  # between two results on one topic


class TooFewYet(Refusal):
    words = _("Too few homes have answered. The survey closes by itself on its last day.")


class AskedLately(Refusal):
    words = _(
        "The homes have answered this lately. Two results so close to each other would tell what a single home has said. Talk "
        "about the one that you have."
    )


class WrongDays(Refusal):
    words = _("The meeting has been held, and you look at the agreement again on a later day.")


def _cohort(school_class):
    """It is asked once at a time: an agreement moves up with the class, and each school year has a row of its own."""
    return Cohort.objects.filter(pk=school_class.cohort_id)


@action(
    may=rules.can_start,
    claims=SchoolClass.objects.all,
    locks=lambda school_class: [_cohort(school_class)],
    records="networks.agreement_started",
    refuses=(UnderWay, AskedLately),
)
def start_agreement(school_class: SchoolClass, *, by: Person, topic: str, closes_at: datetime) -> SharedNormAgreement:
    """Ask every home of the class, without names, until `closes_at`. In a class of fewer than five homes nobody is asked,
    since nobody could be hidden: it is talked about at once. Refused while the class has the same topic under way, from
    the school year before too, and for three months after a result, since two of them would tell what a home that was heard
    only once has said."""
    if _of_the_class(school_class, topic).filter(state__in=[State.ASKING, State.TALKING]).exists():
        raise UnderWay
    if any(one.survey.is_shown for one in _asked_lately(school_class, topic)):
        raise AskedLately
    agreement = SharedNormAgreement(school_class=school_class, topic=topic, started_by=by, state=State.TALKING)
    if len(agreement.homes_asked()) >= SMALLEST:
        agreement.state = State.ASKING
        agreement.survey = surveys.open_survey(
            school_class.school, by=the_portal(), questions=TOPICS[topic].asks, closes_at=closes_at
        )
    try:
        with transaction.atomic():
            agreement.save()
    except IntegrityError as twice:
        raise UnderWay from twice
    record("networks.agreement_started", agreement, by=by, asks=agreement.is_asking)
    return agreement


@action(
    may=rules.can_answer_survey,
    claims=SharedNormAgreement.objects.asking,
    gone=SurveyClosed,
    records="networks.survey_answered",
    refuses=(AnsweredBefore, NothingSaid),
    silent=True,
)
def answer_survey(agreement: SharedNormAgreement, *, by: Person, answers: dict[int, list[int]]) -> None:
    """Count what a home answers, once. Nothing says who, when, or which answers belong together. Refused the second time,
    when nothing is answered, and when the survey is closed."""
    surveys.take_answer(agreement.survey, by=the_portal(), household=by.household, answers=answers)


@action(
    may=rules.can_close,
    claims=SharedNormAgreement.objects.asking,
    gone=SurveyClosed,
    records="networks.survey_closed",
    refuses=(TooFewYet,),
)
def close_survey_of(agreement: SharedNormAgreement, *, by: Person) -> None:
    """Close the survey: the result opens when enough homes have answered, and is deleted when not. Before its last day
    it can be closed once enough have answered."""
    survey, asked = agreement.survey, agreement.homes_asked()
    if not is_portal(by) and survey.takes_answers() and standing_of(survey, asked).missing:
        raise TooFewYet
    surveys.close_survey(survey, by=the_portal(), asked=asked)
    agreement.state = State.TALKING
    agreement.save(update_fields=["state"])
    record("networks.survey_closed", agreement, by=by, shown=survey.is_shown)


def _of_the_class(school_class, topic):
    return SharedNormAgreement.objects.of_classes(SchoolClass.objects.filter(pk=school_class.pk)).filter(topic=topic)


def _asked_lately(school_class, topic):
    return (
        _of_the_class(school_class, topic).filter(survey__closed_at__gt=timezone.now() - APART).select_related("survey")
    )


def _in_force_beside(agreement):
    return _of_the_class(agreement.school_class, agreement.topic).adopted()


def _class_of(agreement):
    """Whoever begins the next on this topic looks at what this one has come to."""
    return [agreement.school_class, _cohort(agreement.school_class)]


@action(
    may=rules.can_manage_agreement,
    claims=SharedNormAgreement.objects.talking,
    gone=AgreementOver,
    locks=lambda agreement: [*_class_of(agreement), _in_force_beside(agreement)],
    records="networks.agreement_adopted",
    refuses=(WrongDays, NameInside, IsItAName),
)
def adopt_agreement(
    agreement: SharedNormAgreement,
    *,
    by: Person,
    text: str,
    meeting: str,
    adopted_on: date,
    review_on: date,
    out_until: list[time | None] | None = None,
    not_names: tuple[str, ...] | list[str] = (),
) -> None:
    """Write down what the families agreed at a meeting, and when they look at it again; every guardian of the class is
    told. An earlier agreement on the same topic is replaced by it. Refused before the meeting, without a later day
    to look at it again, and while a child's name stands in it or may."""
    if adopted_on > agreement.school_class.school.today() or review_on <= agreement.school_class.school.today():
        raise WrongDays
    refuse_names(look_through_agreement(agreement, by, f"{text}\n{meeting}"), not_names)
    for earlier in _in_force_beside(agreement):
        earlier.state, earlier.ended_at, earlier.replaced_by = State.ENDED, timezone.now(), agreement
        earlier.save(update_fields=["state", "ended_at", "replaced_by"])
    agreement.state, agreement.text, agreement.meeting = State.ADOPTED, text, meeting
    agreement.adopted_on, agreement.review_on, agreement.out_until = adopted_on, review_on, out_until or []
    agreement.save(update_fields=["state", "text", "meeting", "adopted_on", "review_on", "out_until"])
    record("networks.agreement_adopted", agreement, by=by)


@action(
    may=rules.can_manage_agreement,
    claims=SharedNormAgreement.objects.adopted,
    gone=AgreementOver,
    records="networks.agreement_kept",
    refuses=(WrongDays,),
)
def prolong_agreement(agreement: SharedNormAgreement, *, by: Person, review_on: date) -> None:
    """The class has looked at it and goes on with it until a later day. Refused for a day that is not to come."""
    if review_on <= agreement.school_class.school.today():
        raise WrongDays
    agreement.review_on = review_on
    agreement.save(update_fields=["review_on"])
    record("networks.agreement_kept", agreement, by=by)


@action(
    may=rules.can_manage_agreement,
    claims=SharedNormAgreement.objects.not_ended,
    gone=AgreementOver,
    locks=_class_of,
    records="networks.agreement_ended",
)
def end_agreement(agreement: SharedNormAgreement, *, by: Person) -> None:
    """End it, whatever it has come to. What has been answered in an open survey is deleted."""
    asking, survey = agreement.is_asking, agreement.survey
    agreement.state, agreement.ended_at = State.ENDED, timezone.now()
    if asking:
        agreement.survey = None
    agreement.save(update_fields=["state", "ended_at", "survey"])
    if asking:
        surveys.drop_survey(survey, by=the_portal())
    record("networks.agreement_ended", agreement, by=by)
