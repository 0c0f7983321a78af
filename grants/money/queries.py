"""What the pages of payment read."""

from dataclasses import dataclass

from django.db.models import Max, Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import AccountLook, GrantApplication, PayeeChange, PayingAccount, PaymentFile, Payout
from grants.models.applications import WITH_ACCOUNT, Payee
from grants.money import pain, rules
from grants.queries.payments import Money, awarded_at, money_in, money_of, not_of_ones_own, why_not_paid
from portal.people.models import Municipality, Person, Role, School, keys_of

SHOWN = 30
ACCEPTED = Prefetch("payee_changes", PayeeChange.objects.filter(is_accepted=True).select_related("asked_by"))


@dataclass(frozen=True)
class Row:
    """`why` says what it waits for; "" when it can be paid. `payout` when it stands in a file or is paid."""

    application: GrantApplication
    money: Money
    why: str = ""

    @property
    def by_file(self):
        """A Danish account has no place in a file in NOK, and a bill of the school is paid by the school."""
        return (
            not self.why
            and self.application.payee_kind in WITH_ACCOUNT
            and self.application.school.country == School.Country.NORWAY
        )

    @property
    def to(self):
        return payee_of(self.application)


def payee_of(application: GrantApplication) -> str:
    """Who gets the money, as the bank and the accountant read it: of what somebody has laid out, whose account it is."""
    if application.account_holder:
        return application.account_holder
    if application.payee_kind == Payee.OUTLAY:
        accepted = [change.asked_by for change in application.payee_changes.all() if change.is_accepted]
        return (accepted[-1] if accepted else application.applicant).full_name
    if application.payee_kind == Payee.SCHOOL:
        return application.school.name
    words = {"class": application.school_class.name, "school": application.school.name}
    if application.payee_kind == Payee.COMMITTEE:
        return _("The parents' committee, %(school)s") % words
    return _("Class %(class)s, %(school)s") % words


def payable():
    """What every action about money claims."""
    return GrantApplication.objects.awarded().select_related("scheme", "school__municipality", "gathering")


def why_it_stays_paid(money: Money) -> str:
    """In words what builds on a payment; "" when it can still be taken back. Who has laid out money is paid by the
    report, and not the other way round."""
    if money.closed_at:
        return _("The case is closed.")
    if money.repayment or money.returned:
        return _("Money was asked back of it. Settle that first.")
    if money.reported_at and not money.lays_out:
        return _("The class has told what it used the money for.")
    return ""


def _reference(payout):
    """The case and the version of its decision; and which payment under it, from the second on."""
    known = f"{payout.application.case_number.replace('/', '-')}-{payout.decision.version}"
    return f"{known}-{payout.number}" if payout.number > 1 else known


def transfers_of(payouts: list[Payout]) -> list[pain.Transfer]:
    return [
        pain.Transfer(
            reference=_reference(payout),
            amount=payout.amount,
            name=payee_of(payout.application),
            town=payout.application.school.municipality.name,
            account=payout.application.account or "",
            note=f"{payout.application.case_number} {payout.application.scheme.title}",
        )
        for payout in payouts
    ]


def payer_of(paying: PayingAccount) -> pain.Payer:
    return pain.Payer(paying.municipality.name, paying.account, paying.bic)


def country_of(municipality: Municipality) -> str:
    school = municipality.schools.order_by("pk").first()
    return school.country if school else School.Country.NORWAY


def served_by(person: Person) -> Municipality | None:
    """The municipality that the person works for; the first when there are several."""
    role = (
        person.roles.live(kinds=[Role.Kind.MUNICIPALITY_OFFICER])
        .select_related("municipality")
        .order_by("municipality__name")
        .first()
    )
    return role.municipality if role else None


@dataclass(frozen=True)
class PaymentPage:
    ready: list[Row]
    blocked: list[Row]
    paid: list[Row]
    files: list[PaymentFile]
    repayments: list[Row]
    changes: list[PayeeChange]
    paying: PayingAccount | None
    municipality: Municipality | None

    @property
    def by_file(self):
        return [row for row in self.ready if row.by_file]

    @property
    def total(self):
        return sum(row.money.due for row in self.ready)

    @property
    def is_empty(self):
        return not (self.ready or self.blocked or self.paid or self.files or self.repayments)


def payment_page(person: Person) -> PaymentPage:
    rows = _rows(person)
    ready = [row for row in rows if row.money.due and not row.why]
    blocked = [row for row in rows if row.why and row.money.can_move]
    files = PaymentFile.objects.visible_to(person).filter(payouts__paid_on=None).distinct()
    municipality = served_by(person)
    return PaymentPage(
        ready=ready,
        blocked=blocked,
        paid=_paid(person),
        files=list(files.prefetch_related("payouts")),
        repayments=[row for row in rows if row.money.repayment],
        changes=changes_for(person),
        paying=PayingAccount.objects.visible_to(person).filter(municipality=municipality).first(),
        municipality=municipality,
    )


def _rows(person, among=None):
    unsettled = awarded_at(person).filter(closing=None)
    if among is not None:
        unsettled = unsettled.filter(pk__in=among.values("pk"))
    return _with_money(unsettled.order_by("decided_at", "pk"))


def _paid(person):
    """The last ones, those that are closed too."""
    paid = awarded_at(person).annotate(last=Max("payouts__paid_on")).exclude(last=None)
    return _with_money(paid.order_by("-last", "-pk")[:SHOWN])


def _with_money(applications):
    found = list(applications)
    prefetch_related_objects(found, ACCEPTED)
    moneys = money_of(found)
    return [Row(one, moneys[one.pk], why_not_paid(one, moneys[one.pk])) for one in found]


def ready_rows(person: Person, among=None) -> list[Row]:
    """What can be paid now, the oldest first; of a queryset of applications, where one is given."""
    return [row for row in _rows(person, among) if row.money.due and not row.why]


def changes_for(person: Person) -> list[PayeeChange]:
    """What waits for this person's yes or no (`rules.can_answer_change`), in one question."""
    led, served = keys_of.schools_led(person), keys_of.municipalities_served(person)
    at_school = Q(application__school__in=led, application__transferred_at=None)
    answerable = at_school | Q(application__school__municipality__in=served)
    waiting = PayeeChange.objects.waiting().filter(answerable).exclude(asked_by=person)
    waiting = not_of_ones_own(waiting, person, "application__")
    return list(waiting.select_related("application__school", "application__school_class"))


@dataclass(frozen=True)
class MoneyPage:
    """One case, for those who pay and for its class: what was paid, what comes back, and who has seen the account."""

    row: Row
    is_own: bool  # of the class that got it
    payouts: list[Payout]
    change: PayeeChange | None
    looks: list[AccountLook]
    paying: PayingAccount | None
    may_pay: bool
    may_see: bool
    may_change: bool
    may_answer: bool
    may_reclaim: bool
    may_settle: bool
    to_take_back: Payout | None

    @property
    def to_pay(self):
        """What a press marks as paid: what is on its way to the bank, or else what is due."""
        ordered = [payout.amount for payout in self.payouts if payout.paid_on is None]
        return ordered[0] if ordered else self.row.money.due

    @property
    def number_paid(self):
        return sum(payout.paid_on is not None for payout in self.payouts)


def money_page(application: GrantApplication, person: Person) -> MoneyPage:
    money = money_in(application)
    row = Row(application, money, why_not_paid(application, money))
    change = application.payee_changes.waiting().select_related("asked_by", "application__school__municipality").first()
    is_open = money.closed_at is None
    return MoneyPage(
        row=row,
        is_own=rules.can_change_payee(person, application),
        payouts=list(application.payouts.select_related("file")),
        change=change,
        looks=list(application.account_looks.select_related("person")[:SHOWN]),
        paying=PayingAccount.objects.filter(municipality=application.school.municipality_id).first(),
        may_pay=is_open and (money.is_ordered or not row.why) and rules.can_pay(person, application),
        may_see=bool(application.account) and rules.can_see_account(person, application),
        may_change=is_open and money.can_move and not change and rules.can_change_payee(person, application),
        may_answer=change is not None and rules.can_answer_change(person, change),
        may_reclaim=is_open and _may_reclaim(application, money, person),
        may_settle=money.repayment is not None and rules.can_reclaim(person, application),
        to_take_back=_to_take_back(application, money, person),
    )


def _to_take_back(application, money, person):
    if why_it_stays_paid(money) or not rules.can_pay(person, application):
        return None
    return Payout.objects.last_paid().filter(application=application).first()


def may_be_missed(application: GrantApplication) -> bool:
    """Whether anybody can say that the gathering was not held: its time is past, or it is cancelled."""
    return application.gathering.is_cancelled or application.gathering.ends_at <= timezone.now()


def _may_reclaim(application, money, person):
    has_money = money.unreturned > 0 and not (money.repayment or money.reported_at)
    return has_money and may_be_missed(application) and rules.can_reclaim(person, application)
