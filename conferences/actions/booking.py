"""Every change of a conference's time. The database decides who was first; the words are said here."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences import rules
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSlot,
    Hold,
    InterpreterRequest,
    NotNow,
    SlotTaken,
)
from conferences.queries.times import homes_of, is_early, team_of
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person

TAKEN = {
    "teacher_is_in_one_talk_at_a_time",
    "pupil_is_in_one_talk_at_a_time",
    "household_is_in_one_talk_at_a_time",
    "room_is_in_one_talk_at_a_time",
}


@action(may=rules.can_book, records="conferences.time_booked", refuses=(NotNow, SlotTaken))
def book(
    conference: Conference,
    *,
    by: Person,
    slot: ConferenceSlot,
    mode: str = Booking.Mode.SCHOOL,
    note: str = "",
    language: str = "",
) -> Booking:
    """Give the conference this time, or move it there; `language` asks for an interpreter and takes two slots in a row.
    Refused when somebody else was first, when one of those who take part is busy then, and to a family when the round
    is not open or the time is too near."""
    booking, was_at = _book(conference, by=by, slot=slot, mode=mode, note=note, language=language)
    record(
        "conferences.time_booked",
        conference,
        by=by,
        starts_at=booking.starts_at.isoformat(),
        was_at=was_at and was_at.isoformat(),
        on_behalf=booking.on_behalf,
    )
    return booking


@action(may=rules.can_book_together, records="conferences.times_booked", refuses=(NotNow, SlotTaken))
def book_together(
    round: ConferenceRound,
    *,
    by: Person,
    times: list[tuple[Conference, ConferenceSlot]],
    mode: str = Booking.Mode.SCHOOL,
) -> list[Booking]:
    """Book several talks at once. Refused altogether when one of the times cannot be had: then none is booked."""
    booked = [book(conference, by=by, slot=slot, mode=mode) for conference, slot in times]
    record("conferences.times_booked", round, by=by, bookings=[booking.pk for booking in booked])
    return booked


@action(may=rules.can_give_up_time, records="conferences.time_cancelled", refuses=(NotNow,))
def cancel_booking(conference: Conference, *, by: Person, because: str = "") -> None:
    """Give the time back; the invitation is open again. Refused when there is no time to give back, and to a family
    when the talk is too near."""
    booking = _held(conference)
    if booking is None:
        raise NotNow(_("This talk has no time now."))
    if _is_family(by, conference):
        _may_change(conference, booking)
    booking.delete()
    Conference.objects.filter(pk=conference.pk).update(sequence=F("sequence") + 1)
    conference._state.fields_cache.pop("booking", None)
    record("conferences.time_cancelled", conference, by=by, was_at=booking.starts_at.isoformat(), because=because[:300])


def _book(conference, *, by, slot, mode, note, language):
    now, is_family = timezone.now(), _is_family(by, conference)
    old = _held(conference)
    if is_family:
        _may_book(conference, slot, by, now)
        if old is not None:
            _may_change(conference, old)
    if slot.starts_at <= now:
        raise NotNow(_("This time has passed."))
    was_at = old.starts_at if old else None
    booking = Booking(
        conference=conference,
        slot=slot,
        starts_at=slot.starts_at,
        ends_at=_end_of(slot, conference) if language else slot.ends_at,
        mode=mode,
        note=note,
        booked_by=by,
        on_behalf=not is_family,
    )
    try:
        with transaction.atomic():
            if old is not None:
                old.delete()
            booking.save(force_insert=True)
            Hold.objects.bulk_create(_holds(booking, conference))
    except IntegrityError as error:
        raise _refusal(error) from error
    Conference.objects.filter(pk=conference.pk).update(sequence=F("sequence") + 1)
    _ask_for_interpreter(conference, by, language)
    return booking, was_at


def _held(conference):
    """Keep the conference as it is, and give its booking. Refuses when it is over."""
    row = Conference.objects.select_for_update(of=("self",), no_key=True).get(pk=conference.pk)
    if not row.is_open:
        raise NotNow(_("This talk is over or called off."))
    return Booking.objects.filter(conference=conference).first()


def _is_family(by, conference):
    return rules.guards_conference(by, conference) and conference.teacher_id != by.pk


def _may_book(conference, slot, by, now):
    round = conference.round
    if slot.blocked:
        raise SlotTaken(_("The teacher is busy at that time. Choose another one."))
    if slot.reserved_for_id == conference.pk or round is None:
        return
    if not round.takes_bookings(now, early=round.opens_at > now and is_early(by, round)):
        raise NotNow(_("Booking is not open now. Call the school, and they will find a time with you."))
    if slot.starts_at < round.last_start_to_book(now):
        raise NotNow(_("It is too late to book this time here. Call the school."))


def _may_change(conference, booking):
    limit = conference.round.last_start_to_change() if conference.round else timezone.now() + timedelta(hours=24)
    if booking.starts_at < limit:
        raise NotNow(_("The talk is so near that you need to call the school to change it."))


def _end_of(slot, conference):
    """With an interpreter everything is said twice: the talk takes the next slot too."""
    gap = timedelta(minutes=conference.round.gap_minutes if conference.round else 0)
    following = ConferenceSlot.objects.filter(
        teacher=slot.teacher_id, round=slot.round_id, starts_at__gte=slot.ends_at, starts_at__lte=slot.ends_at + gap
    )
    after = following.free().order_by("starts_at").first()
    if after is None:
        raise SlotTaken(
            _("A talk with an interpreter takes longer, and there is not enough time here. Choose another.")
        )
    return after.ends_at


def _holds(booking, conference):
    during = DateTimeTZRange(booking.starts_at, booking.ends_at)
    keys = [("teacher_id", key) for key in team_of(conference)]
    keys += [("household_id", key) for key in homes_of(conference)]
    keys.append(("pupil_id", conference.pupil_id))
    if booking.mode == Booking.Mode.SCHOOL and booking.slot.room_id:
        keys.append(("room_id", booking.slot.room_id))
    return [Hold(booking=booking, during=during, **{name: key}) for name, key in keys]


def _refusal(error):
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    if broken in ("pupil_is_in_one_talk_at_a_time", "household_is_in_one_talk_at_a_time"):
        return SlotTaken(_("You have another talk at that time. Choose another one."))
    if broken in TAKEN or "slot" in broken or "booking" in broken:
        return SlotTaken(_("Somebody else has just taken this time. Choose another one."))
    return error


def _ask_for_interpreter(conference, by, language):
    asked = InterpreterRequest.objects.filter(conference=conference).exclude(state=InterpreterRequest.State.CANCELLED)
    asked.exclude(language=language).update(state=InterpreterRequest.State.CANCELLED)
    if language and not asked.filter(language=language).exists():
        home = by.household_id if rules.guards_conference(by, conference) else None
        InterpreterRequest.objects.create(conference=conference, household_id=home, language=language, asked_by=by)
