"""Every change to what is paid: files for the bank, paid, and taken back where that was a mistake."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import AccountLook, GrantApplication, PayingAccount, PaymentFile, Payout
from grants.models.payouts import NotPayable, NotTakenBack
from grants.money import pain, rules
from grants.money.actions.accounts import note_looks
from grants.money.queries import payable, payer_of, transfers_of, why_it_stays_paid
from grants.queries import latest_decision
from grants.queries.payments import money_in, why_not_paid
from grants.settling import settle_rest
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.speech import money


def _spending(applications):
    keys = [one.pk for one in applications]
    return [GrantApplication.objects.filter(pk__in=keys)]


def _applications_in(file):
    return [payout.application for payout in file.payouts.select_related("application")]


@action(
    may=rules.can_make_file,
    claims=PayingAccount.objects.select_related("municipality").all,
    locks=lambda paying, applications: _spending(applications),
    records="grants.payment_file_made",
    refuses=(NotPayable,),
)
def make_payment_file(
    paying: PayingAccount, *, by: Person, applications: list[GrantApplication], pay_on: date
) -> PaymentFile:
    """Order payments together. What is in a file is in no other, until the file is dropped. Refused when one of them
    cannot be paid now, and when the bank has had just this file."""
    if not applications or pay_on < timezone.localdate():
        raise NotPayable(_("Choose what to pay, and a day that is not past."))
    payouts = [_payout(one) for one in payable().filter(pk__in=[one.pk for one in applications]).order_by("pk")]
    if len(payouts) != len(applications) or not all(payout.application.account for payout in payouts):
        raise NotPayable
    number = pain.number_of(payer_of(paying), pay_on, transfers_of(payouts))
    try:
        with transaction.atomic():
            file = PaymentFile.objects.create(
                municipality=paying.municipality, number=number, pay_on=pay_on, made_by=by
            )
            for payout in payouts:
                payout.file = file
                payout.save()
    except IntegrityError as made:
        raise NotPayable(_("This is in a file already.")) from made
    record("grants.payment_file_made", file, by=by, payouts=[payout.pk for payout in payouts])
    return file


def _refuse_begun(file):
    if file.payouts.filter(paid_on__isnull=False).exists():
        raise NotPayable(_("Some of it is paid. The rest can be marked one by one."))


def _refuse_set_aside(person, applications):
    if not all(mark_paid.may(person, application) for application in applications):
        raise NotPayable(_("You may not deal with one of the cases in it. Leave it to a colleague."))


def _payout(application):
    due = money_in(application)
    if why := why_not_paid(application, due):
        raise NotPayable(f"{application.case_number}: {why}")
    decision = latest_decision(application)
    last = decision.payouts.aggregate(last=Max("number"))["last"] or 0
    return Payout(application=application, decision=decision, number=last + 1, amount=due.due)


@action(may=rules.can_handle_file, records="grants.payment_file_taken", looks=True, refuses=(NotPayable,))
def take_payment_file(file: PaymentFile, *, by: Person) -> bytes:
    """The file as the bank reads it, the same each time. It is a look at each account in it. Refused once something in it
    is paid, for whoever may not deal with one of the cases in it, and when it is not what its number was made from, such as
    when the municipality pays from another account."""
    _refuse_begun(file)
    payouts = list(
        file.payouts.select_related("decision", "application__school__municipality", "application__scheme")
        .select_related("application__school_class", "application__applicant")
        .prefetch_related("application__payee_changes__asked_by")
        .order_by("application")
    )
    _refuse_set_aside(by, [payout.application for payout in payouts])
    paying = PayingAccount.objects.select_related("municipality").get(municipality=file.municipality_id)
    payer, transfers = payer_of(paying), transfers_of(payouts)
    if pain.number_of(payer, file.pay_on, transfers) != file.number:
        raise NotPayable(_("Something in it has changed since it was made. Drop it, and make a new one."))
    note_looks([payout.application for payout in payouts], by, AccountLook.Way.FILE)
    record("grants.payment_file_taken", file, by=by)
    return pain.written(file.number, file.made_at, payer, file.pay_on, transfers)


@action(
    may=rules.can_handle_file,
    claims=PaymentFile.objects.all,
    deletes=True,
    gone=NotPayable,
    locks=lambda file: _spending(_applications_in(file)),
    records="grants.payment_file_dropped",
    refuses=(NotPayable,),
)
def drop_payment_file(file: PaymentFile, *, by: Person) -> None:
    """The bank did not take it: what stands in it waits to be paid again. Refused once something in it is paid, and
    for whoever may not deal with one of the cases in it."""
    _refuse_begun(file)
    _refuse_set_aside(by, _applications_in(file))
    record("grants.payment_file_dropped", file, by=by, payouts=list(file.payouts.values_list("pk", flat=True)))
    file.payouts.filter(paid_on=None).delete()
    file.delete()


@action(
    may=rules.can_pay,
    claims=payable,
    gone=NotPayable,
    locks=lambda application: [application.scheme],  # what is spent of a budget is counted by one at a time
    records="grants.award_paid",
    refuses=(NotPayable,),
)
def mark_paid(
    application: GrantApplication, *, by: Person, paid_on: date, amount: int | None = None, after: int | None = None
) -> Payout:
    """Write down on which day the money left the account, from a file or by hand. The class is told; what it has not
    spent of it is asked back. Refused when it is paid, when something has to be settled first, for a day to come, and
    when `amount`, which a page has shown, is not what is to be paid any more, or when other payments are marked than the
    `after` that the page has shown."""
    if (
        paid_on > application.school.today()
        or paid_on < application.decided_at.astimezone(application.school.zone).date()
    ):
        raise NotPayable(_("Choose a day between the decision and today."))
    payout = application.payouts.filter(paid_on=None).first() or _payout(application)
    if amount not in (None, payout.amount):
        raise NotPayable(
            _("%(now)s is to be paid now, and the page showed another amount. Check what left the account.")
            % {"now": money(payout.amount)}
        )
    if after not in (None, application.payouts.exclude(paid_on=None).count()):
        raise NotPayable(_("The payments have changed since you opened the page. Check what left the account."))
    payout.paid_on, payout.paid_by = paid_on, by
    payout.save()
    left = settle_rest(application)
    record("grants.award_paid", application, by=by, payout=payout.pk, amount=payout.amount, left=left)
    return payout


@action(
    may=rules.can_handle_file,
    claims=PaymentFile.objects.all,
    gone=NotPayable,
    locks=lambda file: _spending(_applications_in(file)),
    records="grants.payment_file_paid",
    refuses=(NotPayable,),
)
def mark_file_paid(file: PaymentFile, *, by: Person, paid_on: date) -> int:
    """Write down that the bank has paid what is left in it. Refused when all of it is marked, and for whoever may not deal
    with one of the cases in it."""
    waiting = [payout.application for payout in file.payouts.filter(paid_on=None).select_related("application")]
    if not waiting:
        raise NotPayable
    _refuse_set_aside(by, waiting)
    for application in waiting:
        mark_paid(application, by=by, paid_on=paid_on)
    record("grants.payment_file_paid", file, by=by, number=len(waiting))
    return len(waiting)


@action(
    may=rules.can_take_back,
    claims=Payout.objects.last_paid,
    gone=NotTakenBack,
    locks=lambda payout: [payout.application, payout.application.scheme],
    records="grants.payment_taken_back",
    refuses=(NotTakenBack,),
)
def take_back_payment(payout: Payout, *, by: Person) -> None:
    """It was marked as paid by mistake: what stood in a file is on its way again, and what did not waits to be paid. The
    class is told. Refused the second time, and once a report, money to be paid back or the end of the case builds on
    it."""
    application = payout.application
    if why := why_it_stays_paid(money_in(application)):
        raise NotTakenBack(why)
    record("grants.payment_taken_back", application, by=by, payout=payout.pk, amount=payout.amount)
    if payout.file_id:
        payout.paid_on = payout.paid_by = None
        payout.save(update_fields=["paid_on", "paid_by"])
    else:
        payout.delete()
