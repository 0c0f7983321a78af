"""Every change to what a gathering needs, and to which home brings or does it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.bring import rules
from networks.models import Gathering, Item, NotNow, Place, Rsvp
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Household, Person

OVER = NotNow(gettext_lazy("This gathering is over or cancelled, so its list is closed."))
NO_LONGER = NotNow(gettext_lazy("This does not stand on the list any more."))


def _planned():
    return Gathering.objects.upcoming().filter(state__in=[Gathering.State.DRAFT, *Gathering.OPEN])


@action(may=rules.can_write_list, claims=_planned, gone=OVER, records="networks.item_added", refuses=(NotNow,))
def add_item(
    gathering: Gathering,
    *,
    by: Person,
    kind: str,
    title: str,
    wanted: int,
    amount: str = "",
    minutes: int | None = None,
    backups: int = 0,
) -> Item:
    """Put a thing or a job on the list, with as many places as homes are wanted. Refused when the list is full."""
    if gathering.items.count() >= Item.MOST:
        raise NotNow(_("The list is long enough. Take something away first."))
    item = Item.objects.create(
        gathering=gathering, kind=kind, title=title, wanted=wanted, amount=amount, minutes=minutes, backups=backups
    )
    Place.objects.bulk_create(Place(item=item, number=number) for number in range(wanted + backups))
    record("networks.item_added", gathering, by=by)
    return item


@action(
    may=rules.can_change_item,
    claims=Item.objects.all,
    gone=NO_LONGER,
    locks=lambda item: [item.gathering],
    deletes=True,
    records="networks.item_removed",
    refuses=(NotNow,),
)
def remove_item(item: Item, *, by: Person) -> None:
    """Take it off the list. Refused once a home has taken it: that home counts on it."""
    if Place.objects.taken_in(item.gathering).filter(item=item).exists():
        raise NotNow(_("A family has taken this already. Talk to them first: they can give it back."))
    gathering = item.gathering
    item.delete()
    record("networks.item_removed", gathering, by=by)


@action(may=rules.can_write_list, claims=_planned, gone=OVER, records="networks.list_locked")
def lock_list(gathering: Gathering, *, by: Person, given_back_until: int) -> None:
    """Say until how many days before homes may give back what they have taken."""
    gathering.given_back_until = given_back_until
    gathering.save(update_fields=["given_back_until"])
    record("networks.list_locked", gathering, by=by)


@action(
    may=rules.can_take,
    claims=Gathering.objects.published,
    gone=OVER,
    records="networks.place_taken",
    refuses=(NotNow,),
)
def take_place(gathering: Gathering, *, by: Person, household: Household, item: Item) -> Place:
    """Take it on for one's home, as a back-up when all have taken theirs. Pressed twice it is one. Refused when nothing
    is left, before the home has said that it comes, and once the gathering has begun."""
    if not gathering.takes_answers():
        raise OVER
    if not Rsvp.objects.planned_for().filter(gathering=gathering, household=household).exists():
        raise NotNow(_("First say that you are coming."))
    item = gathering.items.filter(pk=item.pk).first()
    if item is None:
        raise NO_LONGER
    taken = list(Place.objects.taken_in(gathering).filter(item=item))
    if own := next((place for place in taken if place.household_id == household.pk), None):
        return own
    place = item.places.exclude(pk__in=[one.pk for one in taken]).order_by("number").first()
    if place is None:
        raise NotNow(_("Another family was first: %(title)s. See what is left.") % {"title": item.title})
    place.household, place.taken_at, place.as_backup = household, timezone.now(), len(taken) >= item.wanted
    place.save(update_fields=["household", "taken_at", "as_backup"])
    record("networks.place_taken", gathering, by=by, household=household.pk)
    return place


@action(
    may=rules.can_take,
    claims=Gathering.objects.published,
    gone=OVER,
    records="networks.place_given_back",
    refuses=(NotNow,),
)
def give_back(gathering: Gathering, *, by: Person, household: Household, item: Item) -> None:
    """Give it back, so that another home can take it. Refused after the last day for that, and when the home has not
    taken it."""
    if gathering.list_locks_on < gathering.school_class.school.today():
        raise NotNow(_("It is too late to give it back here. Tell the organisers, so that they find somebody else."))
    if not Place.objects.of_home(gathering, household.pk).filter(item=item.pk).let_go():
        raise NotNow(_("Your home has not taken this."))
    record("networks.place_given_back", gathering, by=by, household=household.pk)
