"""Who pays, who sees an account number, who says yes to another one. Each docstring is the reason."""

from django.utils.translation import gettext_lazy as _

from grants.models import GrantApplication, PayeeChange, PayingAccount, PaymentFile, Payout, Repayment
from grants.models.applications import WITH_ACCOUNT, Payee
from grants.rules import can_write, settles
from portal.access import for_whom
from portal.people.models import Municipality, Person
from portal.people.rules import Kind, has_role, serves_municipality


@for_whom(_("the principal, the deputy and the municipality"))
def payers(person):
    """The municipality pays; where the school pays the bill itself, its leaders do."""
    return has_role(person, Kind.PRINCIPAL, Kind.DEPUTY, Kind.MUNICIPALITY_OFFICER)


def can_pay(person: Person, application: GrantApplication) -> bool:
    """The municipality pays the grants of its schools; the school's leaders say that its bill is paid. Nobody pays
    themselves."""
    pays = application.payee_kind == Payee.SCHOOL or serves_municipality(person, application.school.municipality)
    return pays and settles(person, application)


def can_take_back(person: Person, payout: Payout) -> bool:
    """Those who pay say what was paid, and also that it was not."""
    return can_pay(person, payout.application)


def can_see_account(person: Person, application: GrantApplication) -> bool:
    """The whole number is for whoever pays, and for nobody else: the school recognises it by three digits."""
    return application.payee_kind in WITH_ACCOUNT and can_pay(person, application)


def can_list_accounts(person: Person, municipality: Municipality, applications: list[GrantApplication]) -> bool:
    """The municipality takes along what it is to pay, and nothing of anybody else's."""
    own = all(application.school.municipality_id == municipality.pk for application in applications)
    return own and serves_municipality(person, municipality) and all(settles(person, one) for one in applications)


def can_set_paying_account(person: Person, municipality: Municipality) -> bool:
    """The municipality pays from its own account."""
    return serves_municipality(person, municipality)


def can_make_file(person: Person, paying: PayingAccount, applications: list[GrantApplication]) -> bool:
    """The municipality pays its own schools' classes, from its own account."""
    return can_list_accounts(person, paying.municipality, applications)


def can_handle_file(person: Person, file: PaymentFile) -> bool:
    """The municipality's own file."""
    return serves_municipality(person, file.municipality)


def can_change_payee(person: Person, application: GrantApplication) -> bool:
    """The money is the class's: its contacts say where it goes."""
    return can_write(person, application)


def can_answer_change(person: Person, change: PayeeChange) -> bool:
    """Four eyes: the school's leaders or the municipality, never whoever asked, and nobody of the class."""
    return change.asked_by_id != person.pk and settles(person, change.application)


def can_reclaim(person: Person, application: GrantApplication) -> bool:
    """Those who gave the money, and those who paid it, ask for it back when the gathering was not held."""
    return settles(person, application)


def can_settle_repayment(person: Person, repayment: Repayment) -> bool:
    """Whoever gives and pays sees on the account that it came back."""
    return can_reclaim(person, repayment.application)
