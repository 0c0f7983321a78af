"""What the clock must forget today."""

from django.db.models import DateTimeField, Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest

from conferences.models import (
    AgendaPoint,
    Conference,
    ConferenceRound,
    Feedback,
    InterpreterRequest,
    LearningPlanRef,
    Participant,
    Preparation,
    PupilTalk,
    SubjectInput,
    TimeRequest,
    TimeWish,
)
from portal.people.models import SchoolClass

WITH_REQUESTS = Q(pk__in=TimeWish.objects.values("round")) | Q(pk__in=TimeRequest.objects.values("conference__round"))
WITH_INTERPRETERS = Q(pk__in=InterpreterRequest.objects.values("conference__round"))


def months_before(day, months):
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    for last in range(day.day, 27, -1):
        try:
            return day.replace(year=year, month=month + 1, day=last)
        except ValueError:
            continue
    return day.replace(year=year, month=month + 1)


def prepared_before(moment):
    """Talks over by then that still have something read or written beforehand. One that never had a time is over with
    its round."""
    written = (
        Preparation.objects.all(),
        PupilTalk.objects.all(),
        LearningPlanRef.objects.kept(),
        AgendaPoint.objects.all(),
    )
    kept = Q()
    for rows in written:
        kept |= Q(pk__in=rows.values("conference"))
    over = Coalesce("booking__ends_at", "ended_at", "round__ended_at", output_field=DateTimeField())
    return Conference.objects.filter(kept).annotate(over_at=over).filter(over_at__lte=moment)


def classes_ended_by(day):
    """Those whose school year was over by then and that still have times, plans, names of who came, or words about
    subjects."""
    told = Q(booking__isnull=False) | ~Q(wanted_note="") | Q(state=Conference.State.MISSED, summaries=None)
    named = Participant.objects.named().values("conference")
    planned = LearningPlanRef.objects.values("conference")
    conferences = Conference.objects.filter(told | Q(pk__in=named) | Q(pk__in=planned))
    written = Exists(subject_inputs_of(OuterRef("pk"), OuterRef("year"), OuterRef("school")))
    talked = Q(pk__in=conferences.values("school_class"))
    return SchoolClass.objects.filter(talked | written, year__ends_on__lte=day)


def classes_with_feedback_ended_by(day):
    felt = Feedback.objects.values("conference__school_class")
    return SchoolClass.objects.filter(pk__in=felt, year__ends_on__lte=day)


def subject_inputs_of(school_class, year, school):
    return SubjectInput.objects.filter(year=year, subject__school=school, pupil__enrolments__school_class=school_class)


def rounds_over_by(moment):
    last = Greatest("closes_at", Coalesce(Max("slots__ends_at"), "closes_at"))
    return ConferenceRound.objects.annotate(over_at=Coalesce("ended_at", last)).filter(over_at__lte=moment)


def extra_over_by(moment):
    asked = Q(time_requests__isnull=False) | Q(interpreters__isnull=False)
    over = Coalesce("booking__ends_at", "ended_at", output_field=DateTimeField())
    extra = Conference.objects.filter(asked, round=None)
    return extra.annotate(over_at=over).filter(over_at__lte=moment).distinct()
