"""Talks outside the rounds: asked for by the home or the school, given a time, closed; and the monthly list."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.booking import book
from conferences.actions.day import offer_times
from conferences.models import (
    Booking,
    Conference,
    ExtraPrompt,
    ExtraRequest,
    NotNow,
    SlotsClash,
    SlotTaken,
    TakenCareOf,
)
from conferences.queries.extra import month_of, pupils_for, waiting_for
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass
from portal.people.rules import is_guardian_of

Side = ExtraRequest.Side


@action(
    may=rules.can_ask_extra,
    claims=Person.objects.all,  # one at a time about a child
    records="conferences.extra_asked",
    refuses=(NotNow,),
)
def ask_extra(
    pupil: Person,
    *,
    by: Person,
    school_class: SchoolClass,
    reason: str,
    urgent: bool = False,
    note: str = "",
    noticed_on: date | None = None,
) -> ExtraRequest:
    """Ask for a talk outside the rounds, from the home or from the school; the other side is told. Refused while the
    same side already waits for one, and when the day it was noticed is still to come."""
    is_home = is_guardian_of(by, pupil)
    home = by.household_id if is_home else None
    if noticed_on and noticed_on > school_class.school.today():
        raise NotNow(_("The day it was noticed cannot be a day to come."))
    words = {"reason": reason, "urgent": urgent, "note": note, "noticed_on": noticed_on, "by": by}
    request = _wait(pupil, home, Side.HOME if is_home else Side.SCHOOL, school_class=school_class, **words)
    record("conferences.extra_asked", request, by=by, side=str(request.side), urgent=urgent)
    return request


def _wait(pupil, home, side, **words):
    if ExtraRequest.objects.waiting().filter(pupil=pupil, household=home, side=side).exists():
        raise NotNow(_("A talk is asked for already. It waits for a time."))
    return ExtraRequest.objects.create(pupil=pupil, household_id=home, side=side, **words)


@action(may=rules.only_the_clock, claims=Person.objects.all, records="conferences.extra_taken_up", refuses=(NotNow,))
def take_up_meeting(pupil: Person, *, by: Person, school_class: int, home: int, asker: int) -> ExtraRequest:
    """The school has answered what a home asked with "let us meet": the talk waits for a time, and is for that home alone.
    The last three are keys. Refused while it waits for one already."""
    words = {"school_class_id": school_class, "reason": ExtraRequest.Reason.MEETING, "by_id": asker}
    request = _wait(pupil, home, Side.HOME, **words)
    record("conferences.extra_taken_up", request, by=by)
    return request


@action(
    may=rules.can_schedule_extra,
    claims=ExtraRequest.objects.waiting,
    gone=TakenCareOf,
    records="conferences.extra_scheduled",
    refuses=(NotNow, SlotsClash, SlotTaken),
)
def schedule_extra(
    request: ExtraRequest,
    *,
    by: Person,
    teacher: Person,
    times: list[datetime],
    minutes: int,
    agreed: bool = False,
    mode: str = Booking.Mode.SCHOOL,
) -> Conference:
    """Make the talk, with times reserved for this family alone; one that is `agreed` is booked at once. A home that
    asked has the talk as its own; when the school asked, both homes are invited. Refused when it has been taken care of
    already, and when the teacher or the family is busy then."""
    conference = Conference.objects.create(
        kind=Conference.Kind.EXTRA,
        pupil=request.pupil,
        teacher=teacher,
        school_class=request.school_class,
        home=request.household,
    )
    slots = offer_times(conference, by=by, times=times, minutes=minutes)
    if agreed:
        book(conference, by=by, slot=slots[0], mode=mode)
    request.conference = conference
    request.save(update_fields=["conference"])
    record("conferences.extra_scheduled", request, by=by, conference=conference.pk, agreed=agreed)
    return conference


@action(
    may=rules.can_close_extra, claims=ExtraRequest.objects.waiting, gone=TakenCareOf, records="conferences.extra_closed"
)
def close_extra(request: ExtraRequest, *, by: Person, because: str) -> None:
    """End the request without a talk, with a word on why. Refused when it has been taken care of already."""
    request.closed_at, request.closed_because = timezone.now(), because[:300]
    request.save(update_fields=["closed_at", "closed_because"])
    record("conferences.extra_closed", request, by=by)


@action(may=rules.can_answer_prompt, records="conferences.prompt_answered", refuses=(NotNow,))
def answer_prompt(school_class: SchoolClass, *, by: Person, asks: dict[int, str]) -> ExtraPrompt:
    """Go through the class: for each child that needs a talk, what it is about. None is an answer too. Refused a second
    time in the month."""
    try:
        with transaction.atomic():
            prompt = ExtraPrompt.objects.create(
                school_class=school_class, month=month_of(school_class), answered_by=by, children=len(asks)
            )
    except IntegrityError as error:
        raise NotNow(_("The list is done for this month.")) from error
    pupils = [pupil for pupil in pupils_for(by, school_class) if pupil.pk in asks]
    waiting = waiting_for(pupils)
    for pupil in pupils:
        if pupil.pk not in waiting:
            ask_extra(pupil, by=by, school_class=school_class, reason=asks[pupil.pk])
    record("conferences.prompt_answered", prompt, by=by, children=prompt.children)
    return prompt
