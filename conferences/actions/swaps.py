"""Two families exchange times through the system. Neither is told who the other is."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.actions.booking import booking_of, is_interpreted, may_change, raise_sequence, settle
from conferences.models import Booking, Conference, NotNow, SlotTaken, Swap, TalkOver
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, the_portal

NOT_ASKED = NotNow(gettext_lazy("This question is no longer open. Each family keeps the time that it has now."))


def _asked():
    return Swap.objects.filter(state=Swap.State.ASKED).select_related(
        "mine__conference", "mine__slot", "theirs__conference", "theirs__slot"
    )


def _both_talks(swap):
    """Neither gets another time, or is called off, while the question is answered."""
    return [Conference.objects.filter(booking__in=[swap.mine_id, swap.theirs_id])]


@action(
    may=rules.can_ask_swap,
    claims=Conference.objects.open,
    gone=TalkOver,
    locks=lambda conference, theirs: [theirs.conference],
    records="conferences.swap_asked",
    refuses=(NotNow, SlotTaken),
)
def ask_swap(conference: Conference, *, by: Person, theirs: Booking) -> Swap:
    """Ask the family that has another time to exchange. Refused without a time of one's own, when one of the talks is
    too near, when an interpreter makes one of them longer, when the other has another time by now, and while another
    question waits."""
    mine, now = booking_of(conference), booking_of(theirs.conference)
    if mine is None:
        raise NotNow(_("Choose a time first. Then you can ask to swap it."))
    if now is None or (now.pk, now.slot_id) != (theirs.pk, theirs.slot_id):
        raise SlotTaken(_("Somebody else has just taken this time. Choose another one."))
    _may_swap(mine, theirs)
    try:
        with transaction.atomic():
            swap = Swap.objects.create(mine=mine, theirs=theirs, by=by)
    except IntegrityError as error:
        raise NotNow(_("You have asked one family already. Wait for the answer, or take the question back.")) from error
    record("conferences.swap_asked", conference, by=by, swap=swap.pk)
    return swap


@action(
    may=rules.can_answer_swap,
    claims=_asked,
    gone=NOT_ASKED,
    locks=_both_talks,
    records="conferences.swap_answered",
    refuses=(NotNow, SlotTaken),
)
def answer_swap(swap: Swap, *, by: Person, accept: bool) -> Swap:
    """Say yes, and the two talks exchange times at once; or no, and nobody asks why. Refused when the question is no
    longer open, when one of the talks is too near, and when somebody is busy at the new time: then both keep theirs."""
    answered = swap
    if accept:
        _may_swap(swap.mine, swap.theirs)
        answered = _change(swap)
    else:
        _end(swap, Swap.State.DECLINED)
    record("conferences.swap_answered", answered.theirs.conference, by=by, swap=answered.pk, accepted=accept)
    return Swap.objects.get(key=swap.key)


@action(
    may=rules.can_withdraw_swap, claims=_asked, gone=NOT_ASKED, locks=_both_talks, records="conferences.swap_withdrawn"
)
def withdraw_swap(swap: Swap, *, by: Person) -> None:
    """Take the question back. Refused when it has been answered."""
    _end(swap, Swap.State.WITHDRAWN)
    record("conferences.swap_withdrawn", swap.mine.conference, by=by, swap=swap.pk)


@action(
    may=rules.can_take_over,
    claims=Conference.objects.open,
    gone=TalkOver,
    records="conferences.time_booked",
    refuses=(SlotTaken,),
)
def take_over(conference: Conference, *, by: Person, booking: Booking, was_at: str) -> Booking:
    """One talk's half of a swap: its new time. Refused when somebody who takes part is busy then."""
    settle(booking, conference)
    raise_sequence(conference)
    starts_at = booking.starts_at.isoformat()
    record("conferences.time_booked", conference, by=by, starts_at=starts_at, was_at=was_at, on_behalf=False)
    return booking


def _end(swap, state):
    swap.state, swap.answered_at = state, timezone.now()
    swap.save(update_fields=["state", "answered_at"])


def _change(swap):
    """Both bookings are deleted and written anew, since a slot may not have two of them even for a moment."""
    pairs = [(swap.mine, swap.theirs.slot), (swap.theirs, swap.mine.slot)]
    Booking.objects.filter(pk__in=[swap.mine.pk, swap.theirs.pk]).delete()
    portal = the_portal()
    mine, theirs = (
        take_over(was.conference, by=portal, booking=_moved(was, slot), was_at=was.starts_at.isoformat())
        for was, slot in pairs
    )
    return Swap.objects.create(
        key=swap.key, mine=mine, theirs=theirs, by=swap.by, state=Swap.State.DONE, answered_at=timezone.now()
    )


def _moved(was, slot):
    return Booking(
        conference=was.conference,
        slot=slot,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        mode=was.mode,
        note=was.note,
        booked_by=was.booked_by,
        on_behalf=was.on_behalf,
    )


def _may_swap(mine, theirs):
    """The words never say which of the two talks it is, nor what another home or family has asked for."""
    for booking in (mine, theirs):
        may_change(booking.conference, booking)
        if not booking.conference.is_open:
            raise NotNow(_("One of the talks is over or called off."))
        if booking.ends_at > booking.slot.ends_at or is_interpreted(booking.conference, None, None):
            raise NotNow(_("One of the two talks needs the time that it has, so they cannot be swapped here."))
