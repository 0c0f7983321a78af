"""Who tells of the gathering, who reads it, who closes the case. Each docstring is the reason."""

from django.utils.translation import gettext_lazy as _

from grants.models import GrantApplication, Receipt
from grants.rules import can_read_whole, can_write, settles
from portal.access import for_whom
from portal.people.models import Person
from portal.people.rules import Kind, has_role, serves_municipality


@for_whom(_("the school board, the principal, the deputy and the municipality"))
def result_readers(person):
    """The board, the principal and the municipality see what the year's support came to, as totals."""
    return has_role(person, Kind.BOARD_MEMBER, Kind.PRINCIPAL, Kind.DEPUTY, Kind.MUNICIPALITY_OFFICER)


@for_whom(_("the principal, the deputy and the municipality"))
def closers(person):
    """Those who gave the money, and those who paid it."""
    return has_role(person, Kind.PRINCIPAL, Kind.DEPUTY, Kind.MUNICIPALITY_OFFICER)


def can_report(person: Person, application: GrantApplication) -> bool:
    """The class contacts tell how it went, and what the money was used for."""
    return can_write(person, application)


def can_read_report(person: Person, application: GrantApplication) -> bool:
    """Those who read the application, and the municipality, which pays."""
    return can_read_whole(person, application) or serves_municipality(person, application.school.municipality)


def can_open_receipt(person: Person, receipt: Receipt) -> bool:
    """Those who read the report."""
    return can_read_report(person, receipt.application)


def can_remove_receipt(person: Person, receipt: Receipt) -> bool:
    """The class contacts, while the case is open."""
    return can_write(person, receipt.application)


def can_close(person: Person, application: GrantApplication) -> bool:
    """The school's leaders or the municipality read the report, and close the case; nobody closes their own."""
    return settles(person, application)
