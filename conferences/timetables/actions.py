"""A whole school's timetable, from the button to the booked times. The planner itself runs in `tasks`."""

from datetime import timedelta

from celery import current_app
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.actions.booking import book
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSlot,
    NotNow,
    Placement,
    RoundOver,
    SlotTaken,
    Timetable,
)
from conferences.timetables import rules as rules_timetables
from conferences.timetables.planner.problem import LOST_TO_OTHERS
from conferences.timetables.queries.moving import choices_of
from conferences.timetables.queries.puzzles import TAKEN, to_plan
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person

State = Timetable.State
SILENT = timedelta(seconds=20)  # after which its worker is presumed dead


ELSEWHERE = NotNow(gettext_lazy("Another worker has this timetable in hand, or it is done."))
NOT_WAITED_FOR = NotNow(gettext_lazy("This timetable is no longer waited for."))
NOT_PROPOSED = NotNow(
    gettext_lazy("This timetable is being planned, published or thrown away, so it cannot be changed now.")
)


# Planning


def _to_take_up():
    dead = Q(state=State.PLANNING, seen_at__lt=timezone.now() - SILENT)
    return Timetable.objects.filter(Q(state=State.WAITING) | dead)


def _in_hand(timetable):
    """The row while this worker still has it. A worker that took it over has written another `started_at`."""
    mine = Timetable.objects.filter(state__in=[State.PLANNING, State.BOOKING])
    return mine.filter(pk=timetable.pk, started_at=timetable.started_at)


@action(
    may=rules.can_lead_round,
    claims=ConferenceRound.objects.published,
    gone=NotNow(gettext_lazy("A timetable is made when the families are called, and until the round is over.")),
    records="conferences.timetable_started",
)
def start_timetable(round: ConferenceRound, *, by: Person, seconds: int = 60, with_offered: bool = False) -> Timetable:
    """Have a timetable planned for the children who have no time. No family is told anything yet. Refused when the
    families are not called or the round is over, when no child is without a time, and while another timetable is being
    made."""
    talks = list(to_plan(round, with_offered=with_offered).values_list("pk", flat=True))
    if not talks:
        raise NotNow(_("Every child in this round has a time already."))
    try:
        with transaction.atomic():
            timetable = Timetable.objects.create(round=round, seconds=seconds, asked_by=by)
    except IntegrityError as twice:
        raise NotNow(_("A timetable is being made already. Look at that one first.")) from twice
    Placement.objects.bulk_create([Placement(timetable=timetable, conference_id=talk) for talk in talks])
    _ring_after_commit("plan_timetable", timetable)
    record("conferences.timetable_started", timetable, by=by, conferences=len(talks), seconds=seconds)
    return timetable


@action(may=rules.only_the_clock, claims=_to_take_up, gone=ELSEWHERE, records="conferences.timetable_taken_up")
def take_up_timetable(timetable: Timetable, *, by: Person) -> None:
    """A worker begins to plan. Refused while another live worker is at it, and when there is nothing left to plan."""
    _write(timetable, state=State.PLANNING, **_begun())
    record("conferences.timetable_taken_up", timetable, by=by)


@action(may=rules.only_the_clock, claims=_in_hand, gone=NOT_WAITED_FOR, records="conferences.timetable_proposed")
def propose_timetable(
    timetable: Timetable, *, by: Person, times: dict, reasons: dict, objective: int, bound: int
) -> None:
    """Present the finished timetable to the leader. Refused when it was discarded, or another worker has taken it over."""
    _write(timetable, state=State.PROPOSED, ended_at=timezone.now(), objective=objective, bound=bound)
    _lay_down(timetable, times, reasons)
    placed = sum(slot is not None for slot in times.values())
    record("conferences.timetable_proposed", timetable, by=by, placed=placed, objective=objective, bound=bound)


@action(
    may=rules.only_the_clock,
    claims=Timetable.objects.at_work,
    gone=NOT_WAITED_FOR,
    records="conferences.timetable_failed",
)
def fail_timetable(timetable: Timetable, *, by: Person) -> None:
    """The planner gave no answer. Refused when there is one, or when nobody is waiting for it."""
    _write(timetable, state=State.FAILED, ended_at=timezone.now())
    record("conferences.timetable_failed", timetable, by=by)


def still_wanted(timetable):
    """A worker's heartbeat; False when the timetable was discarded or taken over. No event: nothing changed."""
    return bool(_in_hand(timetable).update(seen_at=timezone.now()))


def save_progress(timetable, *, times, objective):
    """Keep the best plan so far, so that its page can show progress and another worker can resume from it. It changes
    nobody's time, so there is no event."""
    with transaction.atomic():
        if _in_hand(timetable).update(seen_at=timezone.now(), objective=objective):
            _lay_down(timetable, times, {}, is_final=False)


def _lay_down(timetable, times, reasons, is_final=True):
    wanted = {slot for slot in times.values() if slot}
    there = set(ConferenceSlot.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    rows = list(timetable.placements.filter(conference__in=times))
    timetable.placements.filter(conference__in=times).update(slot=None, reason="")
    for row in rows:
        slot = times[row.conference_id]
        row.slot_id = slot if slot in there else None
        row.reason = reasons.get(row.conference_id, LOST_TO_OTHERS) if is_final and row.slot_id is None else ""
        row.pinned = row.pinned and row.slot_id is not None
    Placement.objects.bulk_update(rows, ["slot", "reason", "pinned"], batch_size=500)


def _ring_after_commit(task, timetable):
    """By the task's name; when the broker is down, the sweep finds it."""
    transaction.on_commit(lambda: ring(task, timetable), robust=True)


def ring(task, timetable):
    current_app.send_task(f"conferences.timetables.tasks.{task}", [timetable.pk])


# By hand


def _of_proposed():
    return Placement.objects.filter(timetable__state=State.PROPOSED)


def _its_timetable(placement):
    return [placement.timetable]


@action(
    may=rules_timetables.can_move_placement,
    claims=_of_proposed,
    gone=NOT_PROPOSED,
    locks=_its_timetable,
    records="conferences.placement_moved",
    refuses=(NotNow, SlotTaken),
)
def move_placement(placement: Placement, *, by: Person, slot: ConferenceSlot) -> None:
    """Move one talk to another free time of its teacher, and pin it there; all others stay. Refused when somebody who
    takes part is busy then, and once the timetable is no longer proposed."""
    choice = next((one for one in choices_of(placement) if one.slot.pk == slot.pk), None)
    if choice is None:
        raise SlotTaken(_("This time is no longer free. Choose another one."))
    if choice.why:
        raise SlotTaken(choice.why)
    Placement.objects.filter(pk=placement.pk).update(slot=slot, pinned=True, reason="")
    Timetable.objects.filter(pk=placement.timetable_id).update(objective=None)
    placement.refresh_from_db()
    record("conferences.placement_moved", placement.timetable, by=by, conference=placement.conference_id, slot=slot.pk)


@action(
    may=rules_timetables.can_manage_placement,
    claims=_of_proposed,
    gone=NOT_PROPOSED,
    locks=_its_timetable,
    records="conferences.placement_pinned",
)
def pin_placement(placement: Placement, *, by: Person, pinned: bool) -> None:
    """Keep a talk where it is when the rest is planned again, or let it move. Refused when it has no time."""
    if placement.slot_id is None:
        raise NotNow(_("This talk has no time to keep."))
    placement.pinned = pinned
    placement.save(update_fields=["pinned"])
    record(
        "conferences.placement_pinned",
        placement.timetable,
        by=by,
        conference=placement.conference_id,
        pinned=pinned,
    )


@action(
    may=rules_timetables.can_manage_timetable,
    claims=Timetable.objects.proposed,
    gone=NOT_PROPOSED,
    records="conferences.timetable_replanned",
)
def replan_timetable(timetable: Timetable, *, by: Person) -> None:
    """Plan again from here: what is pinned stays, and the rest moves only where that helps. Children who have got a
    time meanwhile are left out, and those who have lost theirs come in. Refused unless it is proposed, and when every
    child has a time."""
    talks = to_plan(timetable.round, with_offered=False)
    timetable.placements.exclude(conference__in=Conference.objects.unbooked()).delete()
    known = set(timetable.placements.values_list("conference", flat=True))
    new = [Placement(timetable=timetable, conference=talk) for talk in talks if talk.pk not in known]
    Placement.objects.bulk_create(new)
    if not (known or new):
        raise NotNow(_("Every child in this round has a time already."))
    _write(timetable, state=State.WAITING, started_at=None, seen_at=None)
    timetable.placements.update(reason="")
    _ring_after_commit("plan_timetable", timetable)
    record("conferences.timetable_replanned", timetable, by=by, came=len(new))


@action(
    may=rules_timetables.can_manage_timetable,
    claims=lambda: Timetable.objects.filter(state__in=[State.WAITING, State.PLANNING, State.PROPOSED]),
    gone=NotNow(gettext_lazy("This timetable is published or thrown away already.")),
    records="conferences.timetable_dropped",
)
def drop_timetable(timetable: Timetable, *, by: Person) -> None:
    """Discard a timetable, even while it is being planned. No family has heard of it. Refused once it is published."""
    _write(timetable, state=State.DROPPED, ended_at=timezone.now())
    record("conferences.timetable_dropped", timetable, by=by)


def _write(timetable, **changes):
    for name, value in changes.items():
        setattr(timetable, name, value)
    timetable.save(update_fields=list(changes))


def _begun():
    now = timezone.now()
    return {"started_at": now, "seen_at": now}


# To the families


@action(
    may=rules_timetables.can_manage_timetable,
    claims=Timetable.objects.proposed,
    gone=NOT_PROPOSED,
    locks=lambda timetable: [timetable.round],
    records="conferences.timetable_published",
    refuses=(NotNow, RoundOver),
)
def publish_timetable(timetable: Timetable, *, by: Person) -> None:
    """Give every family in the timetable its time. A worker books them one by one, so that families who book meanwhile
    lose nothing. Refused when it holds no time at all, when the round is over, and the second time."""
    if not timetable.placements.filter(slot__isnull=False).exists():
        raise NotNow(_("There is no time in this timetable to give to anybody."))
    if not timetable.round.is_published:
        raise RoundOver
    _write(timetable, state=State.BOOKING, asked_by=by, started_at=None, seen_at=None)
    _ring_after_commit("book_timetable", timetable)
    record("conferences.timetable_published", timetable, by=by)


def _to_book():
    dead = Q(seen_at=None) | Q(seen_at__lt=timezone.now() - SILENT)
    return Timetable.objects.filter(dead, state=State.BOOKING)


@action(may=rules.only_the_clock, claims=_to_book, gone=ELSEWHERE, records="conferences.booking_taken_up")
def take_up_booking(timetable: Timetable, *, by: Person) -> None:
    """A worker begins to book a published timetable, or resumes where another one died. Refused while that one is alive."""
    _write(timetable, **_begun())
    record("conferences.booking_taken_up", timetable, by=by)


def hosted_among(placements, by):
    """The talks that the leader deals with: never about their own child. One query."""
    mine = Conference.objects.of_teacher(by) | Conference.objects.of_leader(by)
    return set(mine.filter(placements__in=placements.values("pk")).values_list("pk", flat=True))


def book_placement(placement, *, by, language=""):
    """Give one family its time on behalf of `by`, in a transaction of its own; returns '' or why it could not be had. A
    family that already has a time keeps it: this was done before, or the family was first."""
    talk = placement.conference
    try:
        book(talk, by=by, slot=placement.slot, language=language or None, first=True)
    except (SlotTaken, NotNow):
        return "" if Booking.objects.filter(conference=talk).exists() else TAKEN
    return ""


@action(may=rules.only_the_clock, claims=_in_hand, gone=ELSEWHERE, records="conferences.timetable_booked")
def finish_timetable(timetable: Timetable, *, by: Person, taken: list[int]) -> None:
    """Every time has been given out, except those that somebody took first. Refused when another worker has taken it over."""
    _write(timetable, state=State.PUBLISHED, ended_at=timezone.now())
    timetable.placements.filter(conference__in=taken).update(slot=None, pinned=False, reason=TAKEN)
    record("conferences.timetable_booked", timetable, by=by, taken=taken)
