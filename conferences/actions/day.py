"""The day of the talks, and the children without a time: running late, attendance, offers, reminders."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.actions.offering import reserve
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSlot,
    Hold,
    InterpreterRequest,
    NotNow,
    Participant,
    SlotsClash,
    SlotTaken,
    TalkOver,
    TimeRequest,
)
from conferences.queries.day import expected_at
from conferences.queries.times import usual_length
from conferences.queries.unbooked import REMINDED, reminded_lately, to_remind
from portal.actions import action
from portal.ledger.models import Event
from portal.ledger.record import record
from portal.people.models import Person

State = Conference.State
LATE = "conferences.talk_late"
TOLD_AGAIN_AFTER = timedelta(minutes=5)
MOST_OFFERS = 3


@action(
    may=rules.is_teacher_of,
    claims=Conference.objects.open,
    gone=NotNow(gettext_lazy("Nobody is waiting for this talk.")),
    records=LATE,
)
def tell_late(conference: Conference, *, by: Person, minutes: int) -> None:
    """Tell the family that waits that its talk begins later. Refused when the talk has begun or has no time, and when
    they were told a moment ago."""
    booking = Booking.objects.filter(conference=conference, starts_at__gt=timezone.now()).first()
    if booking is None:
        raise NotNow(_("Nobody is waiting for this talk."))
    told = Event.objects.about(conference).filter(verb=LATE, at__gt=timezone.now() - TOLD_AGAIN_AFTER)
    if told.exists():
        raise NotNow(_("They were told a moment ago."))
    record("conferences.talk_late", conference, by=by, minutes=minutes, conferences=[conference.pk])


@action(
    may=rules.can_note_attendance,
    claims=Conference.objects.not_called_off,
    gone=NotNow(gettext_lazy("This talk has no time, so nobody was to come.")),
    records="conferences.attendance_noted",
)
def note_attendance(
    conference: Conference, *, by: Person, came: list[int], guests: list[int] = (), by_phone: bool = False
) -> None:
    """Record who came, person by person: `came` are guardians and the pupil, `guests` the others who were asked along.
    When nobody of the family came, the talk is missed and waits for a new time. Refused before the talk begins, and for
    a talk that has no time or is called off: missing that is nobody's absence."""
    booking = _begun(conference)
    expected = {person.pk for person in expected_at(conference)}
    there = expected & set(came)
    for person in expected:
        kind = Participant.Kind.PUPIL if person == conference.pupil_id else Participant.Kind.GUARDIAN
        values = {"kind": kind, "came": person in there}
        Participant.objects.update_or_create(
            conference=conference, person_id=person, defaults=values, create_defaults={**values, "added_by": by}
        )
    for guest in conference.participants.exclude(person__in=expected):
        Participant.objects.filter(pk=guest.pk).update(came=guest.pk in guests)
    state = State.HELD if there else State.MISSED
    conference.state, conference.by_phone, conference.ended_at = state, by_phone and bool(there), booking.ends_at
    conference.save(update_fields=["state", "by_phone", "ended_at"])
    record("conferences.attendance_noted", conference, by=by, state=str(state), came=len(there))


@action(may=rules.can_say_wanted, claims=Conference.objects.open, gone=TalkOver, records="conferences.wanted_said")
def say_wanted(conference: Conference, *, by: Person, wanted: str, note: str = "") -> None:
    """Tell the family whether it is asked to come, may come, or need not. A time that is booked stays booked. Refused
    when the talk is over."""
    conference.wanted, conference.wanted_note = wanted, note[:300]
    conference.save(update_fields=["wanted", "wanted_note"])
    record("conferences.wanted_said", conference, by=by, wanted=wanted)


@action(
    may=rules.hosts_conference,
    claims=lambda: Conference.objects.filter(state__in=[State.CALLED, State.MISSED]),
    gone=TalkOver,
    records="conferences.times_offered_privately",
    refuses=(NotNow, SlotsClash, SlotTaken),
)
def offer_times(conference: Conference, *, by: Person, times: list[datetime], minutes: int = 0) -> list[ConferenceSlot]:
    """Reserve up to three times for this family alone, in answer to what it asked for; after a talk that nobody came
    to, the invitation is open again. A talk with an interpreter gets twice the time. Refused when the talk is over or
    has a time, when a time has passed, and when the teacher, the room or the family is busy then."""
    now = timezone.now()
    if not times or len(times) > MOST_OFFERS or min(times) <= now:
        raise NotNow(_("Offer one to three times that are still to come."))
    _call_again(conference)
    length = timedelta(minutes=minutes) if minutes else usual_length(conference)
    slots = [reserve(conference, starts_at, length) for starts_at in sorted(set(times))]
    TimeRequest.objects.waiting().filter(conference=conference).update(answered_at=now)
    record("conferences.times_offered_privately", conference, by=by, slots=[slot.pk for slot in slots])
    return slots


@action(
    may=rules.can_ask_along,
    claims=Conference.objects.open,
    gone=TalkOver,
    locks=lambda conference, teacher=None: [teacher] if teacher else [],
    records="conferences.participant_added",
    refuses=(NotNow, SlotTaken),
)
def add_participant(
    conference: Conference, *, by: Person, kind: str, teacher: Person | None = None, name: str = ""
) -> Participant:
    """Ask another teacher along, or record by name whom the family brings or who interprets. Refused when the talk is
    over, and when the teacher is in another talk then."""
    if teacher is not None and teacher.pk == conference.teacher_id:
        raise NotNow(_("This teacher holds the talk already."))
    try:
        with transaction.atomic():
            added = Participant.objects.create(conference=conference, kind=kind, person=teacher, name=name, added_by=by)
            _hold(conference, teacher)
    except IntegrityError as error:
        raise SlotTaken(_("This person takes part already, or is in another talk at that time.")) from error
    record("conferences.participant_added", conference, by=by, kind=kind, participant=added.pk)
    return added


@action(
    may=rules.can_let_go_participant,
    claims=Participant.objects.all,
    deletes=True,
    locks=lambda participant: [participant.conference],
    records="conferences.participant_removed",
    refuses=(NotNow,),
)
def remove_participant(participant: Participant, *, by: Person) -> None:
    """Remove somebody who was asked along. Refused for guardians and the pupil, who always belong, and when the talk is
    over."""
    conference = participant.conference
    if participant.kind in (Participant.Kind.GUARDIAN, Participant.Kind.PUPIL) or not conference.is_open:
        raise NotNow(_("This person belongs to the talk."))
    if participant.person_id:
        Hold.objects.filter(booking__conference=conference, teacher=participant.person_id).delete()
    pk = participant.pk
    Participant.objects.filter(pk=pk).delete()
    record("conferences.participant_removed", conference, by=by, participant=pk)


@action(
    may=rules.can_follow_round,
    claims=ConferenceRound.objects.published,
    gone=NotNow(gettext_lazy("Families cannot choose a time now.")),
    records=REMINDED,
)
def remind_unbooked(round: ConferenceRound, *, by: Person) -> int:
    """Remind the families of the children without a time now; returns for how many children. Families who wait for an
    answer from the school are left out, and nobody is reminded twice within a day. Refused when nobody is left."""
    conferences = to_remind(round, by)
    if not conferences:
        lately = reminded_lately(round)
        raise NotNow(
            _("They were reminded less than a day ago. A call helps more now.")
            if lately
            else _("There is nobody to remind.")
        )
    record("conferences.unbooked_reminded", round, by=by, conferences=[one.pk for one in conferences])
    return len(conferences)


@action(
    may=rules.can_order_interpreter,
    claims=InterpreterRequest.objects.all,
    records="conferences.interpreter_ordered",
    refuses=(NotNow,),
)
def order_interpreter(request: InterpreterRequest, *, by: Person, state: str) -> None:
    """Record how far the order of an interpreter has come; "cancelled" says that nobody comes and the agency knows.
    Refused for a cancelled one, which is not taken up again. The same again tells nobody."""
    if state == request.state and state != InterpreterRequest.State.CANCELLED:
        return
    states, now = InterpreterRequest.State, timezone.now()
    ordered = {states.ORDERED: now, states.CONFIRMED: Coalesce("ordered_at", now), states.CANCELLED: None}
    changes = {"state": state, "ordered_at": ordered.get(state, F("ordered_at"))}
    over = {"state": states.CANCELLED} | ({"ordered_at": None} if state == states.CANCELLED else {})
    if not InterpreterRequest.objects.filter(pk=request.pk).exclude(**over).update(**changes):
        raise NotNow(_("This interpreter is cancelled. Ask for one again where the talk is."))
    record("conferences.interpreter_ordered", request, by=by, state=state)


def _begun(conference):
    booking = Booking.objects.filter(conference=conference).first()
    if booking is None:
        raise NotNow(_("This talk has no time, so nobody was to come."))
    if booking.starts_at > timezone.now():
        raise NotNow(_("The talk has not begun yet."))
    return booking


def _call_again(conference):
    """The invitation is open: still, or again after a talk that nobody came to. A talk with a time is refused."""
    booking = Booking.objects.filter(conference=conference).first()
    if conference.state == State.MISSED:
        if booking is not None:
            booking.delete()
        conference.state, conference.ended_at, conference.sequence = State.CALLED, None, conference.sequence + 1
        conference.save(update_fields=["state", "ended_at", "sequence"])
        Participant.objects.filter(conference=conference).update(came=None)
    elif booking is not None:
        raise NotNow(_("This talk has a time already. Give it back first, or move it."))


def _hold(conference, teacher):
    booking = Booking.objects.filter(conference=conference).first()
    if teacher is not None and booking is not None:
        during = DateTimeTZRange(booking.starts_at, booking.ends_at)
        Hold.objects.create(booking=booking, teacher=teacher, during=during)
