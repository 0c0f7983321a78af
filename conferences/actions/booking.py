"""Every change of a conference's time. The database decides who was first; the words for people are here."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, F, Q
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
    Swap,
    TalkOver,
    TimeRequest,
)
from conferences.models.today import still_in_class
from conferences.queries.times import holds_in_force, homes_of, is_early, is_long_enough, taking_part
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.standing import standing

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
    mode: str | None = None,
    note: str | None = None,
    language: str | None = None,
    first: bool = False,
) -> Booking:
    """Give the conference this time, or move it there; what is not given stays as it was. `language` asks for an
    interpreter and takes two slots in a row, and an empty one says that none is needed. Refused when somebody else was
    first, when somebody who takes part is busy then, to a family when the round is not open or the time is too near,
    and when it is to be the `first` time and the talk has one already."""
    booking, was_at = _book(conference, by=by, slot=slot, mode=mode, note=note, language=language, first=first)
    record(
        "conferences.time_booked",
        conference,
        by=by,
        starts_at=booking.starts_at.isoformat(),
        was_at=was_at and was_at.isoformat(),
        on_behalf=booking.on_behalf,
    )
    return booking


@action(
    may=rules.can_book_together,
    locks=lambda round, times: [Conference.objects.filter(pk__in=[conference.pk for conference, _slot in times])],
    records="conferences.times_booked",
    refuses=(NotNow, SlotTaken),
)
def book_together(
    round: ConferenceRound,
    *,
    by: Person,
    times: list[tuple[Conference, ConferenceSlot]],
    mode: str | None = None,
    language: str | None = None,
) -> list[Booking]:
    """Book several talks at once. When one of the times cannot be had, all are refused and none is booked."""
    booked = [
        book(conference, by=by, slot=slot, mode=mode, language=language)
        for conference, slot in sorted(times, key=lambda pair: pair[1].pk)
    ]
    record("conferences.times_booked", round, by=by, bookings=[booking.pk for booking in booked])
    return booked


@action(
    may=rules.can_give_up_time,
    claims=Conference.objects.open,
    gone=TalkOver,
    records="conferences.time_cancelled",
    refuses=(NotNow,),
)
def cancel_booking(conference: Conference, *, by: Person, because: str = "") -> None:
    """Give the time back; the invitation is open again. Refused when there is no time to give back, and to a family
    when the talk is too near."""
    booking = time_of(conference)
    if is_family(by, conference):
        may_change(conference, booking)
    booking.delete()
    raise_sequence(conference)
    record("conferences.time_cancelled", conference, by=by, was_at=booking.starts_at.isoformat(), because=because[:300])


@action(
    may=rules.can_arrange,
    claims=Conference.objects.open,
    gone=TalkOver,
    records="conferences.talk_arranged",
    refuses=(NotNow, SlotTaken),
)
def arrange(
    conference: Conference,
    *,
    by: Person,
    mode: str | None = None,
    note: str | None = None,
    language: str | None = None,
) -> Booking:
    """Say how the talk is held at the time that it has: at school, by phone or video, with a word to the teacher, with
    an interpreter or without. Refused when there is no time, when it has begun, when a longer talk does not fit, and to
    a family that changes the interpreter too late. What is as it was tells nobody."""
    booking = time_of(conference)
    if booking.starts_at <= timezone.now():
        raise NotNow(_("The talk has begun."))
    was, known = (booking.mode, booking.ends_at), (booking.note, _interpreters(conference))
    if language is not None and is_family(by, conference):
        may_change(conference, booking)
    booking.mode, booking.note = booking.mode if mode is None else mode, booking.note if note is None else note
    if is_interpreted(conference, by, language) != (booking.ends_at > booking.slot.ends_at):
        booking.ends_at = booking.slot.ends_at if was[1] > booking.slot.ends_at else end_of(booking.slot, conference)
    settle(booking, conference)
    _ask_for_interpreter(conference, by, language)
    if was != (booking.mode, booking.ends_at):
        raise_sequence(conference)
    if (was, known) != ((booking.mode, booking.ends_at), (booking.note, _interpreters(conference))):
        record("conferences.talk_arranged", conference, by=by, mode=booking.mode, ends_at=booking.ends_at.isoformat())
    return booking


def _book(conference, *, by, slot, mode, note, language, first):
    """Rows are written or locked by prepared queries, and the last of them asks the rule again: in the minutes when a
    whole school books, this is what everybody waits for."""
    now = timezone.now()
    open_ones = Conference.objects.filter(pk=conference.pk, state=Conference.State.CALLED)
    if not open_ones.update(sequence=F("sequence") + 1):  # locks the row, with the next number for calendars
        raise TalkOver
    old = booking_of(conference)
    if first and old is not None:
        raise NotNow(_("This talk has a time already. Give it back first, or move it."))
    ((conference.home_id, is_guardian, has_asked, has_interpreter, is_here, *said_of_round),) = _known(
        conference.pk, by.pk, by.household_id
    )
    if not is_guardian and not rules.hosts_conference(by, conference):
        raise PermissionDenied  # lost while waiting for the lock
    if not is_here:
        raise NotNow(_("The child is no longer in this class, so no time can be booked here."))
    of_family = is_guardian and conference.teacher_id != by.pk
    if of_family:
        if conference.round_id:
            conference.round.state, conference.round.closes_at = said_of_round
        _may_book(conference, slot, by, now)
        if old is not None:
            may_change(conference, old)
    _lock_slot(slot, conference)
    if slot.starts_at <= now:
        raise NotNow(_("This time has passed."))
    was_at = old.starts_at if old else None
    booking = old or Booking(conference=conference)
    booking.slot, booking.starts_at = slot, slot.starts_at
    interpreted = has_interpreter if language is None else is_interpreted(conference, by, language)
    booking.ends_at = end_of(slot, conference) if interpreted else slot.ends_at
    booking.mode, booking.note = booking.mode if mode is None else mode, booking.note if note is None else note
    booking.booked_by, booking.on_behalf, booking.booked_at = by, not of_family, now
    settle(booking, conference)
    if old is not None:
        asked = Swap.objects.filter(Q(mine=old) | Q(theirs=old), state=Swap.State.ASKED)
        asked.update(state=Swap.State.WITHDRAWN, answered_at=now)
    if of_family and has_asked:
        _waiting(conference.pk, by.household_id).update(answered_at=now)
    _forget_booking(conference)
    _ask_for_interpreter(conference, by, language)
    if interpreted and was_at != booking.starts_at:
        _order_again(conference)
    return booking, was_at


def booking_of(conference):
    """The conference must be locked."""
    return next(iter(_booking(conference.pk)), None)


def time_of(conference):
    """As `booking_of`; a talk without a time is refused."""
    booking = booking_of(conference)
    if booking is None:
        raise NotNow(_("This talk has no time now."))
    return booking


_booking = standing(lambda conference: Booking.objects.select_related("slot").filter(conference=conference).order_by())


def _waiting(conference, home):
    return TimeRequest.objects.waiting().filter(conference=conference, household=home)


def _said(conference, person, home):
    guarded = Conference.objects.of_guardian(Person(pk=person, household_id=home)).filter(pk=conference)
    found = Conference.objects.filter(pk=conference).order_by()
    return found.values_list(
        "home",
        Exists(guarded),
        Exists(_waiting(conference, home)),
        Exists(_asked(conference)),
        still_in_class(),
        "round__state",
        "round__closes_at",
    )


_known = standing(_said)


def _lock_slot(slot, conference):
    """Refuses one that was removed, blocked or reserved for another child since it was seen."""
    blocked, reserved_for = next(iter(_slot(slot.pk)), (False, 0))
    if reserved_for not in (None, conference.pk):
        raise SlotTaken(_("Somebody else has just taken this time. Choose another one."))
    if blocked:
        raise SlotTaken(_("The teacher is busy at that time. Choose another one."))


_slot = standing(
    lambda slot: (
        ConferenceSlot.objects.select_for_update(no_key=True)
        .filter(pk=slot)
        .order_by()
        .values_list("blocked", "reserved_for")
    )
)


def is_family(by, conference):
    return rules.guards_conference(by, conference) and conference.teacher_id != by.pk


def raise_sequence(conference):
    """Calendars keep the entry with the highest number."""
    Conference.objects.filter(pk=conference.pk).update(sequence=F("sequence") + 1)
    _forget_booking(conference)


def _forget_booking(conference):
    conference._state.fields_cache.pop("booking", None)


def _may_book(conference, slot, by, now):
    round = conference.round
    if slot.reserved_for_id == conference.pk or round is None:
        return
    if not round.takes_bookings(now, early=round.opens_at > now and is_early(by, round)):
        raise NotNow(_("Booking is not open now. Call the school, and they will find a time with you."))
    if slot.starts_at < round.last_start_to_book(now):
        raise NotNow(_("It is too late to book this time here. Call the school."))


def may_change(conference, booking):
    """Refuses a family when the talk is too near."""
    if booking.starts_at < conference.last_start_to_change():
        raise NotNow(_("The talk is so near that you need to call the school to change it."))


def end_of(slot, conference):
    """With an interpreter everything is said twice: the talk takes the next slot too and locks it, so that nobody
    offers it to another family meanwhile. A time reserved for this talk alone may be long enough."""
    if is_long_enough(slot, conference):
        return slot.ends_at
    gap = timedelta(minutes=conference.round.gap_minutes if conference.round else 0)
    following = ConferenceSlot.objects.select_for_update(of=("self",), no_key=True).filter(
        teacher=slot.teacher_id, round=slot.round_id, starts_at__range=(slot.ends_at, slot.ends_at + gap)
    )
    not_taken = Q(booking=None) | Q(booking__conference=conference)
    not_promised = Q(reserved_for=None) | Q(reserved_for=conference)
    after = following.filter(not_taken, not_promised, blocked=False).order_by("starts_at").first()
    if after is None:
        raise SlotTaken(
            _("A talk with an interpreter takes longer, and there is not enough time here. Choose another.")
        )
    return after.ends_at


def settle(booking, conference):
    """Writes the booking and keeps everyone who takes part busy. The constraints decide whether that is possible."""
    try:
        _write(booking, conference)
    except IntegrityError as error:
        if _broken(error) != "household_is_in_one_talk_at_a_time" or not _let_go(booking, conference):
            raise _refusal(error) from error
        try:
            _write(booking, conference)
        except IntegrityError as second:
            raise _refusal(second) from second


def _write(booking, conference):
    is_new = booking.pk is None
    with transaction.atomic():
        if not is_new:
            booking.holds.all().delete()
        try:
            booking.save(force_insert=is_new)
        except IntegrityError:
            booking.pk = None if is_new else booking.pk
            raise
        Hold.objects.bulk_create(_holds(booking, conference))


def _let_go(booking, conference):
    """Frees a home from the talk of a child that nobody there is a guardian of any longer. Returns how many holds it
    deleted."""
    busy = Hold.objects.filter(household__in=homes_of(conference), during__overlap=(booking.starts_at, booking.ends_at))
    return busy.exclude(pk__in=holds_in_force().values("pk")).delete()[0]


def _holds(booking, conference):
    during = DateTimeTZRange(booking.starts_at, booking.ends_at)
    teachers, homes = taking_part(conference)
    keys = [("teacher_id", key) for key in teachers] + [("household_id", key) for key in homes]
    keys.append(("pupil_id", conference.pupil_id))
    if booking.mode == Booking.Mode.SCHOOL and booking.slot.room_id:
        keys.append(("room_id", booking.slot.room_id))
    return [Hold(booking=booking, during=during, **{name: key}) for name, key in keys]


def _broken(error):
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""


def _refusal(error):
    broken = _broken(error)
    if broken == "household_is_in_one_talk_at_a_time":  # any other clash may be with the other home's talk
        return SlotTaken(_("You have another talk at that time. Choose another one."))
    if broken in TAKEN or "slot" in broken or "booking" in broken:
        return SlotTaken(_("Somebody else has just taken this time. Choose another one."))
    return error


def _asked(conference):
    return InterpreterRequest.objects.not_cancelled().filter(conference=conference)


def _own(asked, by, conference):
    return asked.filter(household=by.household_id) if is_family(by, conference) else asked


def is_interpreted(conference, by, language):
    """Whether there is an interpreter once `by` has said this. What the other home asked for stays."""
    if language:
        return True
    if language is None:
        return bool(_interpreted(conference.pk))
    asked = _asked(conference)
    return asked.exclude(pk__in=_own(asked, by, conference).values("pk")).exists()


_interpreted = standing(lambda conference: _asked(conference).query.exists())


def _ask_for_interpreter(conference, by, language):
    if language is None:
        return
    asked = _asked(conference)
    _own(asked, by, conference).exclude(language=language).update(state=InterpreterRequest.State.CANCELLED)
    if language and not asked.filter(language=language).exists():
        home = by.household_id if rules.guards_conference(by, conference) else None
        ordered = InterpreterRequest.objects.ordered().filter(conference=conference, household=home)
        if ordered.filter(language=language).update(state=InterpreterRequest.State.ASKED):
            return  # the agency was never told of the withdrawal: the order stands, and the office checks the time
        InterpreterRequest.objects.create(conference=conference, household_id=home, language=language, asked_by=by)


def _interpreters(conference):
    return set(_asked(conference).values_list("household", "language", "state"))


def _order_again(conference):
    """An interpreter on order comes at the talk's old time: the office must order again."""
    _asked(conference).exclude(state=InterpreterRequest.State.ASKED).update(state=InterpreterRequest.State.ASKED)
