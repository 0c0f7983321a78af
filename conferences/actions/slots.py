"""The times that teachers offer, and what happens to a day when one of them is ill."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.actions.offering import reserve
from conferences.models import Booking, Conference, ConferenceRound, ConferenceSlot, NotNow, Room, RoundOver, SlotsClash
from conferences.queries.slots import MOST_TIMES, Hours, bookings_on, clashes, wanted_times
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.speech import when

LENGTHS = range(5, 121)


@dataclass(frozen=True)
class Offered:
    made: int
    left_out: list[tuple[datetime, str]]


@dataclass(frozen=True)
class Moved:
    conferences: int
    offered: int


@action(
    may=rules.can_offer_times,
    claims=ConferenceRound.objects.not_over,
    gone=RoundOver(gettext_lazy("This round is over, so no more times can be offered in it.")),
    locks=lambda round, teacher, room=None: [teacher, *([room] if room else [])],  # two requests at once take turns
    records="conferences.times_offered",
    refuses=(SlotsClash,),
)
def add_times(
    round: ConferenceRound, *, by: Person, teacher: Person, hours: Hours, room: Room | None = None, video_url: str = ""
) -> Offered:
    """Offer the times that fit in these hours. Those where the teacher or the room is busy are left out and named.
    Refused when the round is over, when the lengths cannot be right, and when no time is left."""
    if hours.minutes not in LENGTHS:
        raise SlotsClash(_("A talk lasts from 5 to 120 minutes."))
    times = wanted_times(hours, round.school.zone)
    if not times:
        raise SlotsClash(_("There is no room for a talk between these hours. Choose a later end."))
    if len(times) > MOST_TIMES:
        raise SlotsClash(_("These are more than %(n)s times at once. Choose fewer days.") % {"n": MOST_TIMES})
    why = clashes(teacher, room, times)
    free = [span for span in times if span[0] not in why]
    made = _made(round, teacher, room, video_url, free)
    why |= {start: _("%(room)s is taken") % {"room": room.name} for start, _end in free if start not in made and room}
    left_out = sorted(why.items())
    if not made:
        raise SlotsClash(_("None of these times can be offered. %(first)s: %(why)s.") % _first(left_out, round))
    record(
        "conferences.times_offered",
        round,
        by=by,
        teacher=teacher.pk,
        times=len(made),
        left_out=len(left_out),
        days=[day.isoformat() for day in hours.days],
    )
    return Offered(len(made), left_out)


NOT_OFFERED = NotNow(gettext_lazy("This time is not offered any more."))


@action(
    may=rules.can_manage_slot, claims=ConferenceSlot.objects.all, gone=NOT_OFFERED, records="conferences.slot_blocked"
)
def block_slot(slot: ConferenceSlot, *, by: Person, blocked: bool) -> None:
    """Keep a time from being booked, or let it be booked again. Refused when it is booked."""
    _refuse_booked(slot)
    slot.blocked = blocked
    slot.save(update_fields=["blocked"])
    record("conferences.slot_blocked", slot, by=by, blocked=blocked)


@action(
    may=rules.can_manage_slot,
    claims=ConferenceSlot.objects.all,
    gone=NOT_OFFERED,
    deletes=True,
    records="conferences.slot_removed",
)
def remove_slot(slot: ConferenceSlot, *, by: Person) -> None:
    """Stop offering this time. Refused when it is booked, or reserved for one family."""
    _refuse_booked(slot)
    if slot.reserved_for_id:
        raise NotNow(_("This time is kept for a family who has been told of it. Wait until they have answered."))
    record("conferences.slot_removed", slot, by=by, starts_at=slot.starts_at.isoformat())
    slot.delete()


@action(
    may=rules.can_offer_times,
    claims=ConferenceRound.objects.all,
    locks=lambda round, teacher: [_own_of(round, teacher)],
    records="conferences.times_removed",
    refuses=(NotNow,),
)
def remove_empty(round: ConferenceRound, *, by: Person, teacher: Person) -> int:
    """Take away every time of the teacher that nobody has booked and that is not reserved for one family. Refused when
    there is none."""
    empty = _own_of(round, teacher).filter(booking=None)
    removed = len(empty)
    if not removed:
        raise NotNow(_("There are no empty times to take away."))
    empty.delete()
    record("conferences.times_removed", round, by=by, teacher=teacher.pk, times=removed)
    return removed


@action(
    may=rules.can_move_day,
    claims=ConferenceRound.objects.all,
    locks=lambda round, teacher, day: [
        Conference.objects.filter(pk__in=bookings_on(round, teacher, day).values("conference"))
    ],
    records="conferences.day_moved",
    refuses=(NotNow, SlotsClash),
)
def move_day(
    round: ConferenceRound, *, by: Person, teacher: Person, day: date, because: str = "", new_day: date | None = None
) -> Moved:
    """The teacher cannot come that day: every talk loses its time, the day is closed for booking, and the families are
    told with an apology. With a new day each is offered the same hour then, reserved for them. Refused when there is
    nothing to move, and when one of the days has passed."""
    if day < round.school.today():
        raise NotNow(_("That day is over."))
    if new_day is not None and (new_day == day or new_day < round.school.today()):
        raise SlotsClash(_("Choose a new day that lies ahead."))
    talks = _taken_back(round, teacher, day)
    if not talks:
        raise NotNow(_("There are no talks to move that day."))
    own = ConferenceSlot.objects.filter(teacher=teacher, starts_at__gt=timezone.now() - timedelta(days=1))
    keys = [slot.pk for slot in own if slot.starts_at.astimezone(round.school.zone).date() == day]
    ConferenceSlot.objects.filter(pk__in=keys).update(blocked=True, reserved_for=None)
    offered = _offered_anew(round, talks, new_day) if new_day else {}
    record(
        "conferences.day_moved",
        round,
        by=by,
        teacher=teacher.pk,
        day=day.isoformat(),
        because=because[:300],
        times={
            str(conference.pk): [booking.starts_at.isoformat(), booking.ends_at.isoformat()]
            for conference, booking in talks
        },
        offered=offered,
    )
    return Moved(len(talks), len(offered))


def _own_of(round, teacher):
    return ConferenceSlot.objects.filter(round=round, teacher=teacher, reserved_for=None)


def _made(round, teacher, room, video_url, free):
    before = set(ConferenceSlot.objects.filter(teacher=teacher).values_list("pk", flat=True))
    ConferenceSlot.objects.bulk_create(
        [
            ConferenceSlot(round=round, teacher=teacher, starts_at=start, ends_at=end, room=room, video_url=video_url)
            for start, end in free
        ],
        ignore_conflicts=True,
    )
    now_there = ConferenceSlot.objects.filter(teacher=teacher, starts_at__in=[start for start, _end in free])
    return {slot.starts_at for slot in now_there if slot.pk not in before}


def _first(left_out, round):
    start, why = left_out[0]
    return {"first": when(start, round.school), "why": why}


def _refuse_booked(slot):
    if Booking.objects.filter(slot=slot).exists():
        raise NotNow(_("A family has booked this time. Talk to them first, or move the talk."))


def _taken_back(round, teacher, day):
    bookings = list(bookings_on(round, teacher, day).select_related("conference", "slot"))
    Booking.objects.filter(pk__in=[one.pk for one in bookings]).delete()
    Conference.objects.filter(pk__in=[one.conference_id for one in bookings]).update(sequence=F("sequence") + 1)
    return [(one.conference, one) for one in bookings]


def _offered_anew(round, talks, new_day):
    """{conference's key: from}, reserved at the same hour on the new day. Where the teacher is busy then, the family
    chooses among the other times."""
    zone, offered = round.school.zone, {}
    for conference, booking in talks:
        wall = booking.starts_at.astimezone(zone)
        starts = datetime.combine(new_day, wall.time(), tzinfo=zone)
        length = booking.ends_at - booking.starts_at
        if starts > timezone.now() and _reserve_again(conference, booking.slot, starts, length):
            offered[str(conference.pk)] = starts.isoformat()
    return offered


def _reserve_again(conference, slot, starts, length):
    for room in (slot.room, None):  # without the room if it is taken
        try:
            return reserve(conference, starts, length, room=room, video_url=slot.video_url)
        except SlotsClash:
            if room is None:
                break
    return None
