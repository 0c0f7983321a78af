"""Every change to what a class is to pay back."""

from datetime import date

from django.utils.translation import gettext as _

from grants.models import GrantApplication, Repayment
from grants.models.payouts import NotChangeable
from grants.money import rules
from grants.money.queries import may_be_missed, payable
from grants.papers import adds_to
from grants.queries.payments import money_in
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


@action(
    may=rules.can_reclaim,
    claims=payable,
    gone=NotChangeable,
    records="grants.repayment_asked",
    refuses=(NotChangeable,),
)
def ask_back(application: GrantApplication, *, by: Person) -> Repayment:
    """Ask for what was paid, since the gathering was not held. Refused before its time unless it is cancelled, when
    nothing was paid, when it is asked for already, and when the class has sent its report of a gathering that was held."""
    if not may_be_missed(application):
        raise NotChangeable(_("The gathering is not over yet, and it is not cancelled."))
    money = money_in(application)
    if money.unreturned == 0 or money.repayment or money.reported_at:
        raise NotChangeable(_("There is nothing to ask for: nothing is paid, or the class has told of it already."))
    repayment = Repayment.objects.create(
        application=application,
        reason=Repayment.Reason.NOT_HELD,
        amount=money.unreturned,
        due_on=application.school.today() + Repayment.DAYS,
    )
    adds_to(application)
    record("grants.repayment_asked", application, by=by, repayment=repayment.pk)
    return repayment


@action(
    may=rules.can_settle_repayment,
    claims=Repayment.objects.waiting,
    gone=NotChangeable,
    locks=lambda repayment: [repayment.application],
    records="grants.repayment_returned",
    refuses=(NotChangeable,),
)
def mark_returned(repayment: Repayment, *, by: Person, returned_on: date) -> None:
    """Write down that the money came back. Refused the second time, and for a day to come."""
    if returned_on > repayment.application.school.today():
        raise NotChangeable(_("Choose a day that is not to come."))
    repayment.returned_on = returned_on
    repayment.save(update_fields=["returned_on"])
    adds_to(repayment.application)
    record("grants.repayment_returned", repayment.application, by=by, repayment=repayment.pk)


@action(
    may=rules.can_settle_repayment,
    claims=Repayment.objects.waiting,
    gone=NotChangeable,
    deletes=True,
    locks=lambda repayment: [repayment.application],
    records="grants.repayment_dropped",
)
def drop_repayment(repayment: Repayment, *, by: Person) -> None:
    """Ask no more for the money: the gathering is held after all, or the sum was wrong. Refused once it came back."""
    adds_to(repayment.application)
    record("grants.repayment_dropped", repayment.application, by=by, amount=repayment.amount)
    repayment.delete()
