"""What is free at a gathering goes to those who wait for it, in the order in which they came."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks import rules
from networks.models import Gathering, NotNow, Rsvp
from networks.queries.line import HOUSE, is_night, line_of, runs_out_at
from portal.actions import action
from portal.ledger.record import record
from portal.messaging.models import Delivery, Notice
from portal.messaging.timing import after_quiet, choices_of
from portal.people.models import Person
from portal.people.queries import families_of

TURN_COME = "networks.turn_come"


@action(
    may=rules.only_the_clock,
    claims=Gathering.objects.published,
    gone=NotNow(gettext_lazy("This gathering is not open for answers.")),
    records="networks.turn_offered",
    refuses=(NotNow,),
)
def offer_turns(gathering: Gathering, *, by: Person) -> list[int]:
    """Keep what is free for the first in line whom it is enough for, and then for the next; returns the keys of the
    homes. A turn nobody could be told of is offered anew. Refused at night, when nothing is free for anybody who waits,
    and so near the gathering that there is no time to answer."""
    now = timezone.now()
    if is_night(now):
        raise NotNow(_("A place is offered by day."))
    _take_up_untold(gathering, now)
    adults = {family.household_id: family.adults for family in families_of(gathering.school_class)}
    homes = []
    while (rsvp := (line := line_of(gathering, now)).next()) and len(homes) < len(line.waiting):
        until = _until(gathering, adults.get(rsvp.household_id, ()), now)
        if until is None:
            break
        Rsvp.objects.filter(pk=rsvp.pk).update(turn_at=now, turn_until=until)
        homes.append(rsvp.household_id)
    if not homes:
        raise NotNow(_("Nobody who waits can be offered a place now."))
    record("networks.turn_offered", gathering, by=by, homes=homes)
    return homes


def _until(gathering, adults, now):
    """A home's time runs from when the first of its adults may be written to."""
    choices = choices_of(adults)
    arrives = min((after_quiet(now, choices[adult.pk]) for adult in adults), default=now)
    return runs_out_at(gathering, arrives) or runs_out_at(gathering, after_quiet(now, HOUSE))


def _take_up_untold(gathering, now):
    """A turn that ran out while no message left the house was no turn: the home stands where it stood."""
    for rsvp in gathering.rsvps.filter(answer=Rsvp.Answer.WAITING, turn_until__lte=now):
        own = Notice.objects.about(gathering).filter(kind=TURN_COME, occasion=rsvp.turn)
        own = own.filter(recipient__household=rsvp.household_id)
        tried = Q(state=Notice.State.TOLD) | Q(deliveries__state__in=[Delivery.State.FAILED, Delivery.State.BOUNCED])
        if not own.filter(tried).exists():
            Rsvp.objects.filter(pk=rsvp.pk).update(turn_at=None, turn_until=None)
