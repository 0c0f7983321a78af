"""Every change to a class fund. Each locks the fund: what it holds is what its rows say, and never below nothing."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.fund import rules
from networks.models import ClassFund, FundHandOver, FundKeeper, FundMoved, FundRow, FundSignature
from networks.names.families import MayName, refuse_families_named
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass
from portal.speech import money

LATELY = timedelta(days=400)
SAME_PRESS = timedelta(minutes=1)
State = FundRow.State


class HasFund(Refusal):
    words = gettext_lazy("The children of this class have a fund already.")


class NotTwo(Refusal):
    words = gettext_lazy("Choose two guardians, from two homes.")


class NotThen(Refusal):
    words = gettext_lazy("Choose a day that has been, at most a year back.")


class NotEnough(Refusal):
    """The fund would fall below nothing."""


class BeingHandedOver(Refusal):
    words = gettext_lazy("The fund is being handed over. Rows are written and confirmed again when that is done.")


@action(
    may=rules.can_open_fund,
    claims=SchoolClass.objects.all,
    records="networks.fund_opened",
    refuses=(HasFund, NotTwo, NotThen),
)
def open_fund(school_class: SchoolClass, *, by: Person, one: Person, other: Person, elected_on: date) -> ClassFund:
    """Begin the fund of the children of this class, with the two keepers whom the class elected. Refused when there is
    one, for two of one home, and for a day to come."""
    _refuse_unelected(school_class, one, other, elected_on)
    classes = SchoolClass.objects.filter(pk=school_class.pk)
    if ClassFund.objects.of_classes(classes).exists():
        raise HasFund
    try:
        with transaction.atomic():
            fund = ClassFund.objects.create(school_class=school_class, cohort=school_class.cohort)
    except IntegrityError as twice:  # a class of the same children, at the same moment
        raise HasFund from twice
    _seat(fund, one, other, elected_on)
    record("networks.fund_opened", fund, by=by)
    return fund


@action(
    may=rules.can_manage_fund,
    claims=ClassFund.objects.all,
    records="networks.fund_row_written",
    refuses=(BeingHandedOver, NotThen, NotEnough, MayName),
)
def write_fund_row(
    fund: ClassFund, *, by: Person, kind: str, amount: int, on: date, what: str, receipt: str, not_names: list[str]
) -> FundRow:
    """Write down what came in or went out, in øre; it counts when the other keeper has confirmed it. Refused for more
    than there is, for a day to come, while the fund is handed over, and until every word that may be a name is said to
    be none. Pressed twice it is one."""
    _refuse_handing_over(fund)
    _refuse_day(fund.class_today, on)
    refuse_families_named(fund.class_today, by, f"{what}\n{receipt}", not_names)
    signed = -amount if kind == FundRow.Kind.EXPENSE else amount
    _refuse_too_much(fund, signed)
    said = {"kind": kind, "amount": signed, "on": on, "what": what, "receipt": receipt, "written_by": _keeper(fund, by)}
    if pressed := fund.rows.waiting().filter(**said, written_at__gt=timezone.now() - SAME_PRESS).first():
        return pressed
    row = FundRow.objects.create(fund=fund, **said)
    record("networks.fund_row_written", fund, by=by, row=row.pk)
    return row


@action(
    may=rules.can_confirm_row,
    claims=FundRow.objects.waiting,
    gone=FundMoved,
    locks=lambda row: [row.fund],
    records="networks.fund_row_confirmed",
    refuses=(BeingHandedOver, NotEnough),
)
def confirm_fund_row(row: FundRow, *, by: Person) -> None:
    """The other keeper has seen the money or the receipt: now it counts. Refused for one's own row, and when the fund
    holds less."""
    fund = row.fund
    _refuse_handing_over(fund)
    _refuse_too_much(fund, row.amount)
    _settle(row, by, State.COUNTS)
    fund.balance += row.amount
    fund.save(update_fields=["balance"])
    record("networks.fund_row_confirmed", fund, by=by, row=row.pk)


@action(
    may=rules.can_set_aside,
    claims=FundRow.objects.waiting,
    gone=FundMoved,
    locks=lambda row: [row.fund],
    records="networks.fund_row_set_aside",
)
def set_aside_fund_row(row: FundRow, *, by: Person) -> None:
    """It was a mistake, or the other keeper does not agree: it never counts. Refused for a row that counts."""
    _settle(row, by, State.ASIDE)
    record("networks.fund_row_set_aside", row.fund, by=by, row=row.pk)


@action(
    may=rules.can_reverse,
    claims=FundRow.objects.standing,
    gone=FundMoved,
    locks=lambda row: [row.fund],
    records="networks.fund_row_reversed",
    refuses=(BeingHandedOver, NotEnough, MayName),
)
def reverse_fund_row(row: FundRow, *, by: Person, what: str, not_names: list[str]) -> FundRow:
    """Undo a row that counts by another that says why; it too waits for the other keeper. Refused the second time, and
    when the fund does not hold so much any more."""
    fund = row.fund
    _refuse_handing_over(fund)
    refuse_families_named(fund.class_today, by, what, not_names)
    _refuse_too_much(fund, -row.amount)
    undoing = FundRow.objects.create(
        fund=fund,
        kind=row.kind,
        amount=-row.amount,
        on=fund.class_today.school.today(),
        what=what,
        reverses=row,
        written_by=_keeper(fund, by),
    )
    record("networks.fund_row_reversed", fund, by=by, row=undoing.pk)
    return undoing


@action(
    may=rules.can_hand_over,
    claims=ClassFund.objects.all,
    records="networks.fund_handing_over",
    refuses=(BeingHandedOver, NotTwo, NotThen),
)
def hand_over_fund(fund: ClassFund, *, by: Person, one: Person, other: Person, elected_on: date) -> FundHandOver:
    """Write down whom the class elected next, and what the fund holds. It goes over when both keepers have signed; one
    who has left the class is not waited for, and where nobody is left it goes over at once. Refused while another
    hand-over is open, for two of one home, and for a day to come."""
    _refuse_handing_over(fund)
    _refuse_unelected(fund.class_today, one, other, elected_on)
    hand_over = FundHandOver.objects.create(
        fund=fund, balance=fund.balance, one=one, other=other, elected_on=elected_on
    )
    _go_over(hand_over)
    record("networks.fund_handing_over", fund, by=by, hand_over=hand_over.pk)
    return hand_over


@action(
    may=rules.can_sign,
    claims=FundHandOver.objects.open,
    gone=FundMoved,
    locks=lambda hand_over: [hand_over.fund],
    records="networks.fund_signed_over",
)
def sign_hand_over(hand_over: FundHandOver, *, by: Person) -> None:
    """Say that the money and the papers are as the fund says. When both have, the next keepers have it. Pressed twice it
    is one signature."""
    FundSignature.objects.get_or_create(hand_over=hand_over, keeper=_keeper(hand_over.fund, by))
    _go_over(hand_over)
    record("networks.fund_signed_over", hand_over.fund, by=by, hand_over=hand_over.pk)


@action(
    may=rules.can_drop,
    claims=FundHandOver.objects.open,
    gone=FundMoved,
    locks=lambda hand_over: [hand_over.fund],
    records="networks.fund_hand_over_dropped",
)
def drop_hand_over(hand_over: FundHandOver, *, by: Person) -> None:
    """It was a mistake: the keepers stay as they are."""
    hand_over.state = FundHandOver.State.DROPPED
    hand_over.save(update_fields=["state"])
    record("networks.fund_hand_over_dropped", hand_over.fund, by=by, hand_over=hand_over.pk)


def _keeper(fund, person):
    return fund.keepers.get(person=person.pk)


def _settle(row, by, state):
    row.state, row.settled_by, row.settled_at = state, _keeper(row.fund, by), timezone.now()
    row.save(update_fields=["state", "settled_by", "settled_at"])


def _go_over(hand_over):
    if hand_over.unsigned().exists():
        return
    fund, now = hand_over.fund, timezone.now()
    fund.keepers.filter(ended_at=None).update(ended_at=now)
    _seat(fund, hand_over.one, hand_over.other, hand_over.elected_on)
    hand_over.state, hand_over.done_at = FundHandOver.State.DONE, now
    hand_over.save(update_fields=["state", "done_at"])


def _seat(fund, one, other, elected_on):
    for seat, person in enumerate((one, other), start=1):
        seated = {"seat": seat, "elected_on": elected_on, "ended_at": None}
        FundKeeper.objects.update_or_create(fund=fund, person=person, defaults=seated)


def _refuse_unelected(school_class, one, other, elected_on):
    if one.pk == other.pk or one.household_id == other.household_id:
        raise NotTwo
    _refuse_day(school_class, elected_on)


def _refuse_day(school_class, day):
    today = school_class.school.today()
    if not today - LATELY <= day <= today:
        raise NotThen


def _refuse_handing_over(fund):
    if fund.hand_overs.open().exists():
        raise BeingHandedOver


def _refuse_too_much(fund, amount):
    if fund.balance + amount < 0:
        raise NotEnough(
            _("The fund holds %(amount)s. What waits for the other keeper does not count yet.")
            % {"amount": money(fund.balance)}
        )
