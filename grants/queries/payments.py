"""Where the money of a case stands: what was given, spent, paid and returned. Many cases at once, in few questions."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from grants.models import (
    Appeal,
    Decision,
    GrantApplication,
    ImpartialityAnswer,
    PayeeChange,
    Repayment,
)
from grants.models.applications import WITH_ACCOUNT, Payee
from portal.people.models import Person, Role, keys_of


@dataclass(frozen=True)
class Money:
    """In øre. `ordered` stands in a file for the bank or is paid; `spent` is None until the class has told."""

    awarded: int = 0
    ordered: int = 0
    paid: int = 0
    paid_on: object = None
    spent: int | None = None
    reported_at: object = None
    returned: int = 0
    repayment: Repayment | None = None
    closed_at: object = None
    lays_out: bool = False
    changes_payee: bool = False
    is_appealed: bool = False

    @property
    def target(self):
        """Nobody gets more than they have spent; who has laid out money gets nothing before the receipts are there."""
        if self.spent is None:
            return 0 if self.lays_out else self.awarded
        return min(self.awarded, self.spent)

    @property
    def due(self):
        """Once the class has told, what came back is paid again if it was spent after all."""
        came_back = self.returned if self.spent is not None else 0
        return max(0, self.target - (self.ordered - came_back))

    @property
    def can_move(self):
        """Whether something is still to be paid that is not on its way, now or when the report has come."""
        return not self.is_ordered and (self.due > 0 or (self.lays_out and self.spent is None))

    @property
    def over(self):
        """What was paid and not spent, and has not come back."""
        return max(0, self.paid - self.target - self.returned) if self.spent is not None else 0

    @property
    def unreturned(self):
        return self.paid - self.returned

    @property
    def is_ordered(self):
        return self.ordered > self.paid


def money_of(applications: list[GrantApplication]) -> dict[int, Money]:
    """For each application its Money, by key: two questions, whatever their number."""
    keys = [application.pk for application in applications]
    rows = {case.pop("pk"): case for case in _said_of(keys)}
    for repayment in Repayment.objects.filter(application__in=keys):
        row = rows[repayment.application_id]
        if repayment.returned_on:
            row["returned"] = row.get("returned", 0) + repayment.amount
        else:
            row["repayment"] = repayment
    return {key: Money(**row) for key, row in rows.items()}


def _said_of(keys):
    decision = Decision.objects.latest_versions().filter(application=OuterRef("pk"))
    change = PayeeChange.objects.waiting().filter(application=OuterRef("pk"))
    appeal = Appeal.objects.is_open().filter(decision__application=OuterRef("pk"))
    paid = Sum("payouts__amount", filter=Q(payouts__paid_on__isnull=False), default=0)
    return GrantApplication.objects.filter(pk__in=keys).values(
        "pk",
        ordered=Sum("payouts__amount", default=0),
        paid=paid,
        paid_on=Max("payouts__paid_on"),
        awarded=Coalesce(Subquery(decision.values("amount")[:1]), 0),
        spent=F("report__spent"),
        reported_at=F("report__sent_at"),
        closed_at=F("closing__closed_at"),
        lays_out=Q(payee_kind=Payee.OUTLAY),
        changes_payee=Exists(change),
        is_appealed=Exists(appeal),
    )


def money_in(application: GrantApplication) -> Money:
    return money_of([application])[application.pk]


def why_not_paid(application: GrantApplication, money: Money) -> str:
    """In words, or nothing. `application` knows its gathering."""
    if money.due == 0:
        if money.lays_out and money.spent is None:
            return _("Waits for the report: what was laid out is paid back by its receipts.")
        return _("There is nothing left to pay.")
    if money.is_ordered:
        return _("A payment is on its way. The rest can be paid when it is marked as paid.")
    if application.gathering.is_cancelled:
        return _("The gathering is cancelled.")
    if money.repayment and money.repayment.reason == Repayment.Reason.NOT_HELD:
        return _("The gathering was not held.")
    if money.changes_payee:
        return _("The class has asked for another account, and nobody has said yes yet.")
    if application.payee_kind in WITH_ACCOUNT and not application.account:
        return _("There is no account number. Ask the class contacts to write one.")
    return ""


def why_open(money: Money) -> str:
    """In words what is left; "" when the case can be closed."""
    if money.is_appealed:
        return _("The class has appealed, and waits for the answer.")
    if money.repayment:
        return _("Money is to be paid back. Close the case when it has come.")
    if money.reported_at is None:
        came_back = money.returned > 0 and money.unreturned == 0
        return "" if came_back else _("The class has not sent its report yet.")
    if money.due or money.is_ordered:
        return _("The money is not paid yet.")
    return ""


def awarded_at(person: Person):
    """Awarded cases of the municipality's schools; and, where the school pays the bill, of those that the person leads
    and has not passed on; never one's own class's."""
    served, led = keys_of.municipalities_served(person), keys_of.schools_led(person)
    bills = Q(school__in=led, payee_kind=Payee.SCHOOL, transferred_at=None)
    found = Q(school__municipality__in=served) | bills
    awarded = not_of_ones_own(GrantApplication.objects.awarded(), person).filter(found)
    return awarded.with_names().select_related("school__municipality")


def award_seen_by(person: Person, pk: int) -> GrantApplication | None:
    """An awarded case that the person may read, or pays."""
    seen = GrantApplication.objects.visible_to(person).awarded().with_names().select_related("school__municipality")
    return seen.filter(pk=pk).first() or awarded_at(person).filter(pk=pk).first()


def not_of_ones_own(applications, person: Person, case: str = ""):
    """Without those that the person is a party to or has stood aside in (`rules.settles`); `case` leads from a row to its
    application."""
    written = GrantApplication.objects.written_by(person).values("pk")
    aside = ImpartialityAnswer.objects.filter(person_id=person.pk, stands_aside=True).values("application")
    for own in ({"applicant": person.pk}, {"pk__in": written}, {"pk__in": aside}):
        applications = applications.exclude(**{f"{case}{name}": value for name, value in own.items()})
    return applications


def who_may_settle(application: GrantApplication, may) -> list[Person]:
    """The school's leaders who may; where none of them may, the municipality's officers."""
    live, school = Role.objects.live, application.school
    leaders = live(kinds=[Role.Kind.PRINCIPAL, Role.Kind.DEPUTY]).filter(school=school)
    officers = live(kinds=[Role.Kind.MUNICIPALITY_OFFICER]).filter(municipality=school.municipality_id)
    for roles in (leaders, officers):
        found = Person.objects.filter(roles__in=roles).distinct().in_name_order()
        if able := [person for person in found if may(person)]:
            return able
    return []


def report_due(application: GrantApplication):
    """The last day to send the report."""
    ended = application.gathering.ends_at.astimezone(application.school.zone).date()
    return ended + timedelta(days=application.scheme.report_days)
