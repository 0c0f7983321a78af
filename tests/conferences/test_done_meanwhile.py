"""A letter waits some minutes, or the night: what it asks for may have been done by then, and it is not sent any more."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from conferences import actions
from conferences.models import (
    AgreedAction,
    Booking,
    ConferenceRound,
    ConferenceSummary,
    ExtraRequest,
    InterpreterRequest,
    LearningPlanRef,
    PlanOpening,
    Preparation,
    SummaryAnswer,
    Swap,
    TimeRequest,
    TimeWish,
)
from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.actions import end_role
from portal.people.models import the_portal
from tests import make
from tests.ground import once


@once
def at(conference, amina, teacher, round, slot, school_class):
    return SimpleNamespace(talk=conference, amina=amina, teacher=teacher, round=round, slot=slot, of_class=school_class)


def books(at):
    make.booked(at.talk, by=at.amina, at=at.slot)


def of_round(at):
    return at.round, at.amina


def of_talk(at):
    return at.talk, at.amina


def before_booking(at):
    later = timezone.now() + timedelta(days=2)
    ConferenceRound.objects.filter(pk=at.round.pk).update(opens_at=later, wishes_by=later - timedelta(days=1))
    return at.round, at.amina


def wishes(at):
    TimeWish.objects.create(round=at.round, household=at.amina.household, by=at.amina)


def draft(at):
    at.round = make.round(at.of_class, state="draft")
    return at.round, at.teacher


def gives_times(at):
    make.slot(at.round, at.teacher, hour=8)


def no_longer_teaches(at):
    end_role(at.teacher.roles.get(), by=the_portal())


def plans(at):
    return at.round, at.teacher


def sends_the_plan(at):
    at.plan = LearningPlanRef.objects.create(
        conference=at.talk, title="Plan", url="https://example.org", made_by=at.teacher, sent_at=timezone.now()
    )


def plan_is_out(at):
    sends_the_plan(at)
    return at.round, at.amina


def reads_it(at):
    PlanOpening.objects.create(plan=at.plan, person=at.amina)


def prepares(at):
    Preparation.objects.create(conference=at.talk, part="guardian", household=at.amina.household, by=at.amina)


def of_teacher(at):
    return at.talk, at.teacher


def asks_for_times(at):
    TimeRequest.objects.create(conference=at.talk, household=at.amina.household, text="Late", by=at.amina)
    return of_teacher(at)


def is_asked_to_swap(at):
    books(at)
    child, other = make.family(at.of_class, pupil_name="Iver", adult_name="Ola", family_name="Dahl")
    theirs = make.conference(at.round, child, at.teacher)
    make.booked(theirs, by=other, at=make.slot(at.round, at.teacher, hour=17))
    bookings = Booking.objects.order_by("pk")
    Swap.objects.create(mine=bookings.last(), theirs=bookings.first(), by=other)
    return theirs, at.amina


def answers_the_swap(at):
    Swap.objects.update(state="declined", answered_at=timezone.now())


def shared(at):
    at.summary = ConferenceSummary.objects.create(
        conference=at.talk, version=1, home_support="Read", written_by=at.teacher, shared_at=timezone.now()
    )
    return of_talk(at)


def agrees(at):
    SummaryAnswer.objects.create(summary=at.summary, person=at.amina, agrees=True, at=timezone.now())


def commented(at):
    shared(at)
    SummaryAnswer.objects.create(summary=at.summary, person=at.amina, agrees=False, comment="More", at=timezone.now())
    return of_teacher(at)


def replies(at):
    SummaryAnswer.objects.update(reply="Yes", replied_by=at.teacher, replied_at=timezone.now())


def agreed(at):
    at.summary = ConferenceSummary.objects.create(
        conference=at.talk, version=1, home_support="Read", written_by=at.teacher
    )
    AgreedAction.objects.create(
        summary=at.summary, place=1, what="Read", owner="home", who="Amina", due_on=timezone.localdate()
    )
    ConferenceSummary.objects.update(shared_at=timezone.now())
    return of_talk(at)


def says_how_it_went(at):
    AgreedAction.objects.update(status="kept", status_by=at.amina, status_at=timezone.now())


def asked_for_a_talk(at):
    asked = ExtraRequest.objects.create(
        pupil=at.talk.pupil, school_class=at.of_class, household=at.amina.household, side="home", by=at.amina
    )
    return asked, at.teacher


def takes_it_back(at):
    ExtraRequest.objects.update(closed_at=timezone.now())


def interpreter_is_ordered(at):
    at.clerk = make.holder("office", at.of_class.school)
    books(at)
    InterpreterRequest.objects.create(
        conference=at.talk, language="so", state="ordered", asked_by=at.amina, ordered_at=timezone.now()
    )
    at.talk.pupil.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))
    actions.end_place(at.talk.pupil, by=the_portal())
    return at.talk.pupil, at.clerk


def calls_it_off(at):
    actions.order_interpreter(InterpreterRequest.objects.get(), by=at.clerk, state="cancelled")


ASKS = [
    ("round_invited", of_round, books),
    ("round_reminder", of_round, books),
    ("unbooked_reminded", of_round, books),
    ("time_cancelled", of_talk, books),
    ("times_offered_privately", of_talk, books),
    ("day_moved", of_talk, books),
    ("wishes_asked", before_booking, wishes),
    ("wishes_asked", before_booking, books),
    ("times_missing", draft, gives_times),
    ("times_missing", draft, no_longer_teaches),
    ("plans_due", plans, sends_the_plan),
    ("plans_sent", plan_is_out, reads_it),
    ("prepare", of_talk, prepares),
    ("times_requested", asks_for_times, lambda at: TimeRequest.objects.update(answered_at=timezone.now())),
    ("teacher_told_of_time", of_teacher, books),
    ("swap_asked", is_asked_to_swap, answers_the_swap),
    ("summary_shared", shared, agrees),
    ("summary_commented", commented, replies),
    ("agreement_due", agreed, says_how_it_went),
    ("extra_asked", asked_for_a_talk, takes_it_back),
    ("interpreter_idle", interpreter_is_ordered, calls_it_off),
]
TELLS = {  # what is so whatever anybody has done meanwhile, or follows what has: their own tests say when they are wanted
    "along_called_off",
    "asked_along",
    "comment_replied",
    "interpreter_confirmed",
    "left",
    "place_ended",
    "place_ended_teacher",
    "request_ended",
    "round_cancelled",
    "swap_declined",
    "talk_arranged",
    "talk_late",
    "talks_separated",
    "teacher_today",
    "teacher_tomorrow",
    "time_booked",
    "today",
    "tomorrow",
}


@pytest.mark.parametrize(
    ("kind", "asked", "does"), ASKS, ids=[f"{kind}-{getattr(does, '__name__', '')}" for kind, _asked, does in ASKS]
)
def test_what_has_been_done_is_not_asked_for(at, kind, asked, does):
    subject, person = asked(at)
    event = Event.objects.order_by("pk").last()
    kind = KINDS[f"conferences.{kind}"]
    notice = Notice.objects.create(
        kind=kind.name,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        recipient=person,
        occasion=f"event {event.pk if event else 0} talk {at.talk.pk}",
        category=kind.category,
        event_id=event and event.pk,
        not_before=timezone.now(),
    )
    assert is_wanted(notice)

    does(at)

    assert not is_wanted(notice)


def is_wanted(notice):
    """As the worker asks, with everything fetched anew."""
    return bool(KINDS[notice.kind].wanted(Notice.objects.select_related("recipient").get(pk=notice.pk)))


def test_every_kind_of_the_room_asks_for_something_or_only_tells():
    kinds = {name.removeprefix("conferences.") for name in KINDS if name.startswith("conferences.")}

    assert {kind for kind, _asked, _does in ASKS} | TELLS == kinds
    assert not {kind for kind, _asked, _does in ASKS} & TELLS
