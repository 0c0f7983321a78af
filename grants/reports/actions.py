"""Every change to what the class tells afterwards: the report, its receipts, and that the case is closed."""

from datetime import date

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from grants.files import SoundFile, keep
from grants.models import Closing, GrantApplication, GrantReport, PayingAccount, Receipt, Repayment
from grants.models.applications import Payee
from grants.models.files import NotAFile
from grants.models.reports import NotClosable, NotReportable
from grants.noted import note
from grants.papers import Way, adds_to
from grants.queries.payments import money_in, why_open
from grants.reports import rules
from grants.reports.papers import told_in
from grants.settling import settle_rest
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


def _open():
    awarded = GrantApplication.objects.awarded().filter(closing=None)
    return awarded.select_related("scheme", "school__municipality", "gathering")


@action(
    may=rules.can_report,
    claims=_open,
    gone=NotReportable,
    records="grants.report_sent",
    refuses=(NotReportable,),
)
def send_report(
    application: GrantApplication,
    *,
    by: Person,
    held_on: date,
    families: int,
    adults: int,
    children: int,
    siblings: int,
    involved: str,
    used_for: str,
    spent: int,
    learned: str = "",
) -> GrantReport:
    """Tell how it went; it can be changed until the case is closed, and what was told before is kept for the archive.
    What was paid and not spent is asked back. Refused before the gathering, when it is cancelled or said not to have been
    held, and without the receipts that are needed."""
    _refuse_too_early(application, held_on)
    _refuse_without_receipts(application, spent)
    numbers = {"families": families, "adults": adults, "children": children, "siblings": siblings}
    words = {"involved": involved, "used_for": used_for, "learned": learned}
    values = {"held_on": held_on, "spent": spent, **numbers, **words}
    _keep_what_was_told(application, values)
    report, made = GrantReport.objects.update_or_create(
        application=application, defaults=values, create_defaults={**values, "sent_by": by}
    )
    left = settle_rest(application)
    adds_to(application)
    record("grants.report_sent", application, by=by, first=made, left=left)
    return report


def _keep_what_was_told(application, values):
    before = GrantReport.objects.filter(application=application).first()
    if before and any(getattr(before, name) != value for name, value in values.items()):
        with translation.override(application.reply_language):
            told = [line for row in told_in(before) for line in row]
        note(application, "report", Way.IN, *told, at=before.changed_at)


def _refuse_too_early(application, held_on):
    if application.repayments.waiting().filter(reason=Repayment.Reason.NOT_HELD).exists():
        raise NotReportable(_("You are asked for the money since it was not held. If it was, tell the school first."))
    if application.gathering.is_cancelled:
        raise NotReportable(_("The gathering is cancelled. Talk with the school about the money."))
    if application.gathering.starts_at > timezone.now() or held_on > application.school.today():
        raise NotReportable(_("Tell how it went when it has been held."))


def _refuse_without_receipts(application, spent):
    if spent == 0 or application.receipts.exists():
        return
    if application.payee_kind == Payee.OUTLAY:
        raise NotReportable(_("Add the receipts: what somebody has laid out is paid back by them."))
    paying = PayingAccount.objects.filter(municipality=application.school.municipality_id).first()
    if paying and paying.receipts_from is not None and spent >= paying.receipts_from:
        raise NotReportable(_("Add the receipts: they are needed for an amount like this."))


@action(
    may=rules.can_report,
    claims=_open,
    gone=NotReportable,
    records="grants.receipts_added",
    refuses=(NotAFile,),
)
def add_receipts(application: GrantApplication, *, by: Person, files: list[SoundFile]) -> int:
    """Keep what was inspected; the same file twice is kept once. Refused beyond ten, and when the case is closed."""
    number = keep(application.receipts, files, by=by)
    record("grants.receipts_added", application, by=by, number=number)
    return number


@action(
    may=rules.can_remove_receipt,
    claims=lambda: Receipt.objects.without_files().filter(application__closing=None),
    gone=NotReportable,
    deletes=True,
    locks=lambda receipt: [receipt.application],
    records="grants.receipt_removed",
)
def remove_receipt(receipt: Receipt, *, by: Person) -> None:
    """Take a wrong file away. Refused when the case is closed."""
    adds_to(receipt.application)
    record("grants.receipt_removed", receipt.application, by=by)
    receipt.delete()


@action(may=rules.can_open_receipt, records="grants.receipt_opened", looks=True)
def open_receipt(receipt: Receipt, *, by: Person) -> Receipt:
    """Read a receipt: a private person's name or card may stand on it, so who did is written down."""
    record("grants.receipt_opened", receipt.application, by=by, receipt=receipt.pk)
    return receipt


@action(
    may=rules.can_close,
    claims=_open,
    gone=NotClosable,
    records="grants.case_closed",
    refuses=(NotClosable,),
)
def close_case(application: GrantApplication, *, by: Person) -> Closing:
    """The report is read and the money is settled. Refused while something is left to tell, to pay or to pay back, and
    the second time."""
    if why := why_open(money_in(application)):
        raise NotClosable(why)
    closing = Closing.objects.create(application=application, closed_by=by)
    adds_to(application)
    record("grants.case_closed", application, by=by)
    return closing
