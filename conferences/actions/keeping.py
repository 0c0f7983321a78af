"""What is deleted when nobody needs it any longer, and when. The clock does it; summaries stay."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from conferences import rules
from conferences.models import (
    AgendaPoint,
    Booking,
    Conference,
    ConferenceRound,
    Feedback,
    InterpreterRequest,
    LearningPlanRef,
    NotNow,
    Participant,
    Preparation,
    PupilTalk,
    Swap,
    TimeRequest,
    TimeWish,
)
from conferences.queries.keeping import subject_inputs_of
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass

PREPARATION_MONTHS = 3  # after the talk
TIMES_MONTHS = 6  # after the school year
FEEDBACK_MONTHS = 12  # after the school year: the next one is compared with it
REQUESTS = timedelta(days=60)  # after the round
INTERPRETERS = timedelta(days=90)  # after the round


@action(
    may=rules.only_the_clock,
    claims=Conference.objects.all,
    records="conferences.preparation_forgotten",
    refuses=(NotNow,),
)
def forget_preparation(conference: Conference, *, by: Person) -> None:
    """Three months after the talk, delete the plan, with its file, and what the home, the pupil and the teacher wrote
    before it. That a plan was sent and opened is kept for the totals. Refused the second time."""
    plans = LearningPlanRef.objects.kept().filter(conference=conference)
    emptied = plans.sent().update(title="", url="", file=None, file_name="", file_type="")
    _all_gone(
        plans,
        Preparation.objects.filter(conference=conference),
        PupilTalk.objects.filter(conference=conference),
        AgendaPoint.objects.filter(conference=conference),
        already=emptied,
    )
    record("conferences.preparation_forgotten", conference, by=by)


@action(
    may=rules.only_the_clock, claims=SchoolClass.objects.all, records="conferences.times_forgotten", refuses=(NotNow,)
)
def forget_times(school_class: SchoolClass, *, by: Person) -> None:
    """Six months after the school year, delete who had which time, who came by name, who opened a plan, the talks that
    nobody came to, the words around them, and what was written subject by subject. That a talk was held, and that a
    guardian came, is kept without a name for the totals; what went home stays in the summaries. Refused the second
    time."""
    conferences = Conference.objects.filter(school_class=school_class)
    bookings = Booking.objects.filter(conference__in=conferences)
    named = Participant.objects.named().filter(conference__in=conferences)
    changed = conferences.exclude(wanted_note="").update(wanted_note="")
    changed += named.filter(came__isnull=False).update(person=None, name=Participant.SOMEBODY, added_by=by)
    _all_gone(
        Swap.objects.filter(Q(mine__in=bookings) | Q(theirs__in=bookings)),
        named.filter(came=None),
        bookings,
        LearningPlanRef.objects.filter(conference__in=conferences),
        conferences.filter(state=Conference.State.MISSED, summaries=None),
        subject_inputs_of(school_class, school_class.year_id, school_class.school_id),
        already=changed,
    )
    record("conferences.times_forgotten", school_class, by=by)


@action(
    may=rules.only_the_clock,
    claims=SchoolClass.objects.all,
    records="conferences.feedback_forgotten",
    refuses=(NotNow,),
)
def forget_feedback(school_class: SchoolClass, *, by: Person) -> None:
    """At the end of the next school year, delete how each talk of the class felt to homes and teachers. Refused the
    second time."""
    _all_gone(Feedback.objects.filter(conference__school_class=school_class))
    record("conferences.feedback_forgotten", school_class, by=by)


@action(
    may=rules.only_the_clock,
    claims=ConferenceRound.objects.all,
    records="conferences.requests_forgotten",
    refuses=(NotNow,),
)
def forget_requests(round: ConferenceRound, *, by: Person) -> None:
    """Sixty days after the round, delete what suited the homes, and what they asked for when no time did. Refused the
    second time."""
    _all_gone(TimeWish.objects.filter(round=round), TimeRequest.objects.filter(conference__round=round))
    record("conferences.requests_forgotten", round, by=by)


@action(
    may=rules.only_the_clock,
    claims=ConferenceRound.objects.all,
    records="conferences.interpreters_forgotten",
    refuses=(NotNow,),
)
def forget_interpreters(round: ConferenceRound, *, by: Person) -> None:
    """Ninety days after the round, when the bills are paid, delete who needed an interpreter. Refused the second time."""
    _all_gone(InterpreterRequest.objects.filter(conference__round=round))
    record("conferences.interpreters_forgotten", round, by=by)


@action(
    may=rules.only_the_clock,
    claims=Conference.objects.all,
    records="conferences.extra_requests_forgotten",
    refuses=(NotNow,),
)
def forget_extra_requests(conference: Conference, *, by: Person) -> None:
    """Ninety days after a talk outside the rounds, delete what was asked for: other times and interpreters. Refused the
    second time."""
    _all_gone(
        TimeRequest.objects.filter(conference=conference), InterpreterRequest.objects.filter(conference=conference)
    )
    record("conferences.extra_requests_forgotten", conference, by=by)


def _all_gone(*found, already=0):
    deleted = sum(rows.delete()[0] for rows in found)
    if not deleted and not already:
        raise NotNow(_("This has been deleted already."))
