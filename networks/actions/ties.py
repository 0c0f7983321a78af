"""A gathering that belongs to something the school plans, such as a dugnad: tied to it, and moved with it."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks import rules
from networks.actions.gatherings import WrongTimes, change_gathering
from networks.models import Gathering, NotNow
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.schoolyear.models import SchoolEvent

OPEN = (Gathering.State.DRAFT, Gathering.State.PUBLISHED)
TOLD = (
    *("title", "kind", "kit", "own_topic", "place", "description", "bring", "family_cost", "capacity"),
    "children_involved",
)


def open_gatherings():
    return Gathering.objects.upcoming().filter(state__in=OPEN)


@action(
    may=rules.can_tie,
    claims=open_gatherings,
    gone=NotNow(gettext_lazy("This gathering is over or cancelled, so it can no longer be changed.")),
    records="networks.gathering_tied",
    refuses=(NotNow,),
)
def tie_gathering(gathering: Gathering, *, by: Person, school_event: SchoolEvent | None) -> None:
    """Tie the gathering to something that the school plans for the class, or to nothing any more. From then on it moves
    when that moves; nobody is told of the tie. Saved as it was, it changes nothing. Refused when the gathering is over
    or cancelled, and while its families are asked when it suits."""
    if school_event == gathering.school_event:
        return
    if school_event is not None and gathering.has_no_time:
        raise NotNow(_("The families are asked when it suits, so it cannot move with something else."))
    gathering.school_event = school_event
    gathering.save(update_fields=["school_event"])
    record("networks.gathering_tied", gathering, by=by, school_event=school_event and school_event.pk)


@action(
    may=rules.only_the_clock,
    claims=open_gatherings,
    gone=NotNow(gettext_lazy("This gathering is over or cancelled, so it can no longer be changed.")),
    records="networks.gathering_moved_along",
    refuses=(NotNow, WrongTimes),
)
def move_along(gathering: Gathering, *, by: Person, seconds: int) -> None:
    """Move the gathering by as much, on the clock on the wall, as what it is tied to. Families are told as of any change;
    when the last day to answer would be over, they may answer until it begins."""
    zone = gathering.school_class.school.zone
    starts_at, ends_at, answer_by = (
        _moved(getattr(gathering, name), seconds, zone) for name in ("starts_at", "ends_at", "answer_by")
    )
    if answer_by <= timezone.now() or answer_by > starts_at:
        answer_by = starts_at
    fields = {name: getattr(gathering, name) for name in TOLD}
    change_gathering(gathering, by=by, starts_at=starts_at, ends_at=ends_at, answer_by=answer_by, **fields)
    record("networks.gathering_moved_along", gathering, by=by, seconds=seconds)


@action(
    may=rules.only_the_clock,
    claims=open_gatherings,
    gone=NotNow(gettext_lazy("This gathering is over or cancelled, so it can no longer be changed.")),
    records="networks.gathering_left_behind",
)
def leave_behind(gathering: Gathering, *, by: Person) -> None:
    """What it is tied to has moved to where it cannot follow, or is for its class no more: it stays as it is, and its
    organisers are told."""
    record("networks.gathering_left_behind", gathering, by=by)


def _moved(moment, seconds, zone):
    """Six in the evening stays six in the evening, also when the clocks change in between."""
    wall = moment.astimezone(zone).replace(tzinfo=None) + timedelta(seconds=seconds)
    return wall.replace(tzinfo=zone)
