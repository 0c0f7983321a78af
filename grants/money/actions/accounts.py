"""Every change to where money goes: from which account it is paid, another one for a class, and who looks at a number."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import AccountLook, GrantApplication, PayeeChange, PayingAccount
from grants.models.applications import AWARDED, WITH_ACCOUNT, looks_like_account
from grants.models.payouts import NotChangeable
from grants.money import rules
from grants.money.queries import country_of, payable
from grants.queries.payments import money_in
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person


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
    claims=payable,
    gone=NotChangeable,
    records="grants.payee_change_asked",
    refuses=(NotChangeable,),
)
def ask_payee_change(
    application: GrantApplication, *, by: Person, payee_kind: str, account: str = "", account_holder: str = ""
) -> PayeeChange:
    """Ask that the money goes somewhere else. Nothing is paid until somebody else has said yes. Refused when it is paid
    or on its way to the bank, when another change waits, when the scheme does not pay so, when the account number does not
    look right, and without the name of whoever has the account."""
    if not money_in(application).can_move:
        raise NotChangeable(_("The money is paid, or on its way. Where it goes cannot be changed any more."))
    if payee_kind not in application.scheme.payees:
        raise NotChangeable(_("This scheme does not pay in that way."))
    if payee_kind in WITH_ACCOUNT and not looks_like_account(account, application.school.country):
        raise NotChangeable(_("The account number does not look right. Check the digits."))
    if payee_kind in WITH_ACCOUNT and not account_holder:
        raise NotChangeable(_("Write who has the account."))
    try:
        with transaction.atomic():
            change = PayeeChange.objects.create(
                application=application,
                payee_kind=payee_kind,
                account=account if payee_kind in WITH_ACCOUNT else "",
                account_holder=account_holder if payee_kind in WITH_ACCOUNT else "",
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
        application.account_holder = change.account_holder
        application.save(update_fields=["payee_kind", "account", "account_holder", "changed_at"])
    change.account, change.account_holder, change.is_accepted = None, "", accepts
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
    note_looks([one for one in applications if one.account], by, AccountLook.Way.LIST)
    record("grants.accounts_listed", municipality, by=by, applications=[one.pk for one in applications])


def note_looks(applications, by, way):
    AccountLook.objects.bulk_create([AccountLook(application=one, person=by, way=way) for one in applications])
