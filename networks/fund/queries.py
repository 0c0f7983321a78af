"""What the pages of a class fund read."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.utils import timezone

from networks.models import ClassFund, FundHandOver, FundKeeper, FundRow, contacted_by
from portal.people import protection
from portal.people.models import AccessRestriction, Person, SchoolClass, keys_of
from portal.people.models.persons import either
from portal.people.queries import families_of

PAGE = 50


def fund_of(school_class, person):
    """The one fund of the children of this class, if the person may see it."""
    classes = SchoolClass.objects.filter(pk=school_class.pk)
    found = ClassFund.objects.visible_to(person).of_classes(classes)
    return found.select_related("school_class__school").order_by("pk").first()


def classes_of(person):
    """Whose fund a person may see: the classes of their children today, and those whose contact they are."""
    found = (keys_of.classes_of_children(person), contacted_by(person))
    return SchoolClass.objects.filter(
        pk__in=either(*(SchoolClass.objects.filter(pk__in=classes).values("pk") for classes in found))
    )


def keepers_to_choose(school_class, reader):
    """Guardians of the class whose name all its families may read. Nobody at a protected address, not even the reader;
    nor whoever must know nothing of a child in the class."""
    families = [family for family in families_of(school_class, seen_by=reader) if not family.protected]
    adults = {adult.pk: adult for family in families if family.household_id for adult in family.adults}
    left_out = protection.sheltered_among(adults)
    left_out |= set(
        AccessRestriction.objects.in_force(timezone.localdate())
        .in_class(school_class)
        .values_list("guardian", flat=True)
    )
    return [adult for key, adult in adults.items() if key not in left_out]


def may_be_keeper(school_class, reader, *people):
    return {person.pk for person in people} <= {one.pk for one in keepers_to_choose(school_class, reader)}


@dataclass(frozen=True)
class KeeperShown:
    """`name` is empty where this reader must not read it."""

    name: str
    elected_on: object
    is_own: bool


@dataclass(frozen=True)
class RowShown:
    row: FundRow
    undone_by: FundRow | None
    may_confirm: bool
    may_reverse: bool


@dataclass(frozen=True)
class HandOverShown:
    hand_over: FundHandOver
    signed: int
    missing: int
    next_names: list[str]
    may_sign: bool
    may_drop: bool


@dataclass(frozen=True)
class FundPage:
    fund: ClassFund
    keepers: list[KeeperShown]
    manages: bool
    leads: bool
    page: object
    rows: list[RowShown]
    waiting: list[RowShown]
    came_in: int
    went_out: int
    hand_over: HandOverShown | None
    handed_over: list[FundHandOver]

    @property
    def has_two(self):
        return len(self.keepers) == FundKeeper.SEATS


def fund_page(fund, reader, number=None, *, whole=False):
    """The same number of queries for three rows and three hundred. `whole` is for paper."""
    seated = list(fund.seated())
    own = next((keeper for keeper in seated if keeper.person_id == reader.pk), None)
    rows = fund.rows.that_count().select_related("written_by", "fund")
    page = Paginator(rows, max(rows.count(), 1) if whole else PAGE).get_page(number)
    shown = _rows(list(page.object_list), own)
    sums = fund.rows.that_count().aggregate(
        came=Sum("amount", filter=~Q(kind=FundRow.Kind.EXPENSE), default=0),
        went=Sum("amount", filter=Q(kind=FundRow.Kind.EXPENSE), default=0),
    )
    waiting = fund.rows.waiting().select_related("written_by", "fund", "reverses") if own else []
    return FundPage(
        fund=fund,
        keepers=_named(seated, reader),
        manages=own is not None,
        leads=ClassFund.objects.contacted_by(reader).filter(pk=fund.pk).exists(),
        page=page,
        rows=shown,
        waiting=_rows(list(waiting), own),
        came_in=sums["came"],
        went_out=-sums["went"],
        hand_over=_open_hand_over(fund, reader, own),
        handed_over=list(fund.hand_overs.filter(state=FundHandOver.State.DONE)),
    )


def _rows(rows, own):
    undoing = FundRow.objects.filter(reverses__in=rows).exclude(state=FundRow.State.ASIDE)
    undone = {one.reverses_id: one for one in undoing} if rows else {}
    return [
        RowShown(
            row,
            undone_by=undone.get(row.pk),
            may_confirm=own is not None and row.is_waiting and row.written_by_id != own.pk,
            may_reverse=own is not None and not row.is_waiting and row.reverses_id is None and row.pk not in undone,
        )
        for row in rows
    ]


def _named(seated, reader):
    names = names_for(reader, [keeper.person for keeper in seated])
    return [
        KeeperShown(names[keeper.person_id], keeper.elected_on, is_own=keeper.person_id == reader.pk)
        for keeper in seated
    ]


def names_for(reader, people):
    """{key: name}, empty where somebody has become protected since, or where the reader must not know of them."""
    keys = [person.pk for person in people]
    hidden = protection.hidden_from(reader, keys)
    _pupils, others = Person.objects.restricted_for(reader)
    hidden |= set(Person.objects.filter(pk__in=keys).filter(pk__in=others).values_list("pk", flat=True))
    return {person.pk: "" if person.pk in hidden else person.full_name for person in people}


def _open_hand_over(fund, reader, own):
    hand_over = fund.hand_overs.open().select_related("one", "other").first()
    if hand_over is None:
        return None
    unsigned = list(hand_over.unsigned())
    names = names_for(reader, [hand_over.one, hand_over.other])
    return HandOverShown(
        hand_over,
        signed=hand_over.signatures.count(),
        missing=len(unsigned),
        next_names=[name for name in names.values() if name],
        may_sign=own is not None and (own in unsigned or not unsigned),
        may_drop=ClassFund.objects.contacted_by(reader).filter(pk=fund.pk).exists(),
    )
