"""Every change to where money goes and what is paid: another account, files for the bank, paid, paid back, looked at."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import (
    AccountLook,
    GrantApplication,
    GrantReport,
    PayeeChange,
    PayingAccount,
    PaymentFile,
    Payout,
    Repayment,
)
from grants.models.applications import AWARDED, WITH_ACCOUNT, looks_like_account
from grants.models.payouts import NotChangeable, NotPayable
from grants.money import keeping, pain, rules
from grants.money.queries import country_of, may_be_missed, payer_of, transfers_of
from grants.queries import latest_decision
from grants.queries.payments import money_in, why_not_paid
from grants.settling import settle_rest
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person
from portal.people.rules import only_the_portal


def _awarded():
    return GrantApplication.objects.awarded().select_related("scheme", "school__municipality", "gathering")


# Where the money goes


@action(
    may=rules.can_set_paying_account,
    claims=Municipality.objects.all,
    records="grants.paying_account_set",
    refuses=(NotChangeable,),
)
def set_paying_account(
    municipality: Municipality, *, by: Person, account: str, bic: str = "", receipts_from: int | None = None
) -> PayingAccount:
    """Say from which account the municipality pays, and from which amount it needs receipts. The other case officers
    are told. Refused when the account number does not look right."""
    if not looks_like_account(account, country_of(municipality)):
        raise NotChangeable(_("The account number does not look right. Check the digits."))
    values = {"account": account, "bic": bic, "receipts_from": receipts_from}
    paying, _made = PayingAccount.objects.update_or_create(municipality=municipality, defaults=values)
    record("grants.paying_account_set", municipality, by=by)
    return paying


@action(
    may=rules.can_change_payee,
    claims=_awarded,
    gone=NotChangeable,
    records="grants.payee_change_asked",
    refuses=(NotChangeable,),
)
def ask_payee_change(application: GrantApplication, *, by: Person, payee_kind: str, account: str = "") -> PayeeChange:
    """Ask that the money goes somewhere else. Nothing is paid until somebody else has said yes. Refused when it is paid
    or on its way to the bank, when another change waits, when the scheme does not pay so, and when the account number does
    not look right."""
    if not money_in(application).can_move:
        raise NotChangeable(_("The money is paid, or on its way. Where it goes cannot be changed any more."))
    if payee_kind not in application.scheme.payees:
        raise NotChangeable(_("This scheme does not pay in that way."))
    if payee_kind in WITH_ACCOUNT and not looks_like_account(account, application.school.country):
        raise NotChangeable(_("The account number does not look right. Check the digits."))
    try:
        with transaction.atomic():
            change = PayeeChange.objects.create(
                application=application,
                payee_kind=payee_kind,
                account=account if payee_kind in WITH_ACCOUNT else "",
                asked_by=by,
            )
    except IntegrityError as waiting:
        raise NotChangeable(_("Another change waits for an answer already.")) from waiting
    record("grants.payee_change_asked", application, by=by, change=change.pk)
    return change


@action(
    may=rules.can_answer_change,
    claims=lambda: PayeeChange.objects.waiting().filter(application__status__in=AWARDED),
    gone=NotChangeable,
    locks=lambda change: [change.application],
    records="grants.payee_change_answered",
)
def answer_payee_change(change: PayeeChange, *, by: Person, accepts: bool) -> None:
    """Say yes or no to another account; with a yes the money goes there. Refused the second time, and when the award has
    lapsed."""
    application = change.application
    if accepts:
        application.payee_kind, application.account = change.payee_kind, change.account or None
        application.save(update_fields=["payee_kind", "account", "changed_at"])
    change.account, change.is_accepted = None, accepts
    change.answered_by, change.answered_at = by, timezone.now()
    change.save()
    record("grants.payee_change_answered", application, by=by, change=change.pk, accepted=accepts)


@action(may=rules.can_see_account, records="grants.account_seen", looks=True)
def look_at_account(application: GrantApplication, *, by: Person) -> str:
    """See the whole number. Who looked is shown to the class and to whoever pays."""
    AccountLook.objects.create(application=application, person=by, way=AccountLook.Way.PAGE)
    record("grants.account_seen", application, by=by)
    return application.account or ""


@action(may=rules.can_list_accounts, records="grants.accounts_listed", looks=True)
def list_accounts(municipality: Municipality, *, by: Person, applications: list[GrantApplication]) -> None:
    """Take along a list with whole numbers, for whoever keeps the accounts. Each is a look at that account."""
    _note_looks([one for one in applications if one.account], by, AccountLook.Way.LIST)
    record("grants.accounts_listed", municipality, by=by, applications=[one.pk for one in applications])


def _note_looks(applications, by, way):
    AccountLook.objects.bulk_create([AccountLook(application=one, person=by, way=way) for one in applications])


# Paid


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
    payouts = [_payout(one) for one in _awarded().filter(pk__in=[one.pk for one in applications]).order_by("pk")]
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


def _payout(application):
    money = money_in(application)
    if why := why_not_paid(application, money):
        raise NotPayable(f"{application.case_number}: {why}")
    decision = latest_decision(application)
    last = decision.payouts.aggregate(last=Max("number"))["last"] or 0
    return Payout(application=application, decision=decision, number=last + 1, amount=money.due)


@action(may=rules.can_handle_file, records="grants.payment_file_taken", looks=True, refuses=(NotPayable,))
def take_payment_file(file: PaymentFile, *, by: Person) -> bytes:
    """The file as the bank reads it, the same each time. It is a look at each account in it. Refused once something in it
    is paid, and when it is not what its number was made from, such as when the municipality pays from another account."""
    _refuse_begun(file)
    payouts = list(
        file.payouts.select_related("decision", "application__school__municipality", "application__scheme")
        .select_related("application__school_class", "application__applicant")
        .prefetch_related("application__payee_changes__asked_by")
        .order_by("application")
    )
    paying = PayingAccount.objects.select_related("municipality").get(municipality=file.municipality_id)
    payer, transfers = payer_of(paying), transfers_of(payouts)
    if pain.number_of(payer, file.pay_on, transfers) != file.number:
        raise NotPayable(_("Something in it has changed since it was made. Drop it, and make a new one."))
    _note_looks([payout.application for payout in payouts], by, AccountLook.Way.FILE)
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
    """The bank did not take it: what stands in it waits to be paid again. Refused once something in it is paid."""
    _refuse_begun(file)
    record("grants.payment_file_dropped", file, by=by, payouts=list(file.payouts.values_list("pk", flat=True)))
    file.payouts.filter(paid_on=None).delete()
    file.delete()


@action(
    may=rules.can_pay,
    claims=_awarded,
    gone=NotPayable,
    locks=lambda application: [application.scheme],  # what is spent of a budget is counted by one at a time
    records="grants.award_paid",
    refuses=(NotPayable,),
)
def mark_paid(application: GrantApplication, *, by: Person, paid_on: date) -> Payout:
    """Write down on which day the money left the account, from a file or by hand. The class is told; what it has not
    spent of it is asked back. Refused when it is paid, when something has to be settled first, and for a day to come."""
    if (
        paid_on > application.school.today()
        or paid_on < application.decided_at.astimezone(application.school.zone).date()
    ):
        raise NotPayable(_("Choose a day between the decision and today."))
    payout = application.payouts.filter(paid_on=None).first() or _payout(application)
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
    if not all(mark_paid.may(by, application) for application in waiting):
        raise NotPayable(_("You may not deal with one of the cases in it. A colleague marks it as paid."))
    for application in waiting:
        mark_paid(application, by=by, paid_on=paid_on)
    record("grants.payment_file_paid", file, by=by, number=len(waiting))
    return len(waiting)


# Paid back


@action(
    may=rules.can_reclaim,
    claims=_awarded,
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
    if money.kept == 0 or money.repayment or money.reported_at:
        raise NotChangeable(_("There is nothing to ask for: nothing is paid, or the class has told of it already."))
    repayment = Repayment.objects.create(
        application=application,
        reason=Repayment.Reason.NOT_HELD,
        amount=money.kept,
        due_on=application.school.today() + Repayment.DAYS,
    )
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
    record("grants.repayment_dropped", repayment.application, by=by, amount=repayment.amount)
    repayment.delete()


# Kept no longer


@action(
    may=only_the_portal,
    claims=lambda: keeping.with_old_accounts(timezone.now()),
    gone=NotChangeable,
    records="grants.account_forgotten",
)
def forget_account(application: GrantApplication, *, by: Person) -> None:
    """Delete the account number when nothing is left to pay, and a change of it that nobody has answered. Refused before
    its time."""
    application.payee_changes.waiting().delete()
    application.account = None
    application.save(update_fields=["account"])
    record("grants.account_forgotten", application, by=by)


@action(
    may=only_the_portal,
    claims=lambda: keeping.old_drafts(timezone.now()),
    gone=NotChangeable,
    deletes=True,
    records="grants.draft_forgotten",
)
def forget_draft(application: GrantApplication, *, by: Person) -> None:
    """Delete what nobody has sent nor changed for a year. Refused before, and once it is sent."""
    record("grants.draft_forgotten", application, by=by)
    application.delete()


@action(
    may=only_the_portal,
    claims=lambda: keeping.old_cases(timezone.now()),
    gone=NotChangeable,
    records="grants.case_emptied",
)
def empty_case(application: GrantApplication, *, by: Person) -> None:
    """Delete what people wrote and sent in a case that the archive has: the decision, which nobody can change, and the
    payments stay. Refused before its time, and when it was not exported."""
    gone = keeping.GONE
    application.receipts.all().delete()
    application.payee_changes.all().delete()
    application.account_looks.all().delete()
    application.impartiality_answers.update(note="")
    application.information_requests.update(question=gone, answer=gone)
    GrantReport.objects.filter(application=application).update(involved=gone, used_for=gone, learned="")
    application.purpose, application.account = gone, None
    application.child_participation = application.inclusion_measures = ""
    application.save(update_fields=["purpose", "account", "child_participation", "inclusion_measures", "changed_at"])
    record("grants.case_emptied", application, by=by)
