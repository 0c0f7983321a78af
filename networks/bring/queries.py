"""The list of what a gathering needs, as a home reads it and as its organisers do."""

from collections import defaultdict
from dataclasses import dataclass, field

from networks.models import Item, Place
from networks.queries import name_of
from portal.people.queries import families_of


@dataclass(frozen=True)
class ItemRow:
    """A home reads only its own part of it and what is left; `homes` are for the organisers, the back-ups last."""

    item: Item
    left: int
    backups_left: int
    is_own: bool
    is_backup: bool
    homes: list[str] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)

    @property
    def can_be_taken(self):
        return not self.is_own and bool(self.left or self.backups_left)

    @property
    def is_taken(self):
        return bool(self.homes)


@dataclass(frozen=True)
class Share:
    rows: list[ItemRow]
    may_give_back: bool

    @property
    def free(self):
        """What is wanted, and not what a home would be the back-up for."""
        return [row for row in self.rows if row.left and not row.is_own]

    @property
    def own(self):
        return [row for row in self.rows if row.is_own]


def share_of(gathering, household_id):
    """Two queries."""
    taken = _taken(gathering)
    rows = [_row(item, taken[item.pk], household_id) for item in gathering.items.all()]
    is_open = gathering.list_locks_on >= gathering.school_class.school.today()
    return Share(rows=rows, may_give_back=is_open)


def own_part(gathering, person):
    """What the person's home brings and does, in titles. A back-up brings nothing yet."""
    own = share_of(gathering, person.household_id).own if person.household_id else []
    return [row.item.title for row in own if not row.is_backup]


def list_of(gathering, reader):
    """All of it, in names that the reader may read."""
    taken = _taken(gathering)
    families = families_of(gathering.school_class, seen_by=reader)
    names = {family.household_id: name_of(family) for family in families}
    return [_row(item, taken[item.pk], reader.household_id, names) for item in gathering.items.all()]


def _taken(gathering):
    taken = defaultdict(list)
    for item, household in Place.objects.taken_in(gathering).values_list("item", "household"):
        taken[item].append(household)
    return taken


def _row(item, homes, own, names=None):
    named = [names.get(home, "") for home in homes] if names else []
    return ItemRow(
        item=item,
        left=max(item.wanted - len(homes), 0),
        backups_left=max(item.wanted + item.backups - max(len(homes), item.wanted), 0),
        is_own=own in homes,
        is_backup=own in homes[item.wanted :],
        homes=named[: item.wanted],
        backups=named[item.wanted :],
    )


def steps_in(gathering):
    """[(place, home)] of those who took a place as back-up and bring or do it now, since somebody gave back."""
    places = defaultdict(list)
    for place in Place.objects.taken_in(gathering).select_related("item"):
        places[place.item_id].append(place)
    return [place for of_item in places.values() for place in of_item[: of_item[0].item.wanted] if place.as_backup]
