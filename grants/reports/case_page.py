"""The report on the page of a case: its step, the closing, its part, and a column of the list of cases."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.case_page import Step, column_of_cases, stands_on_case, step_of_case, tells
from grants.models import GrantReport
from grants.models.applications import AWARDED
from grants.queries.payments import money_in, report_due
from grants.reports import rules
from portal.class_page import Part


@step_of_case(50)
def reported(application):
    if application.status not in AWARDED:
        return None
    report = GrantReport.objects.filter(application=application).first()
    return Step(_("Report"), report and report.sent_at, report is not None)


@step_of_case(60)
def closed(application):
    if application.status not in AWARDED:
        return None
    at = money_in(application).closed_at
    return Step(_("The case is closed"), at, at is not None)


@stands_on_case(50)
def report_of_case(application, reader):
    if application.status not in AWARDED or not rules.can_read_report(reader, application):
        return None
    money = money_in(application)
    shown = {
        "application": application,
        "money": money,
        "due": report_due(application),
        "is_over": application.gathering.ends_at <= datetime.now(application.school.zone),
        "may_write": money.closed_at is None and rules.can_report(reader, application),
    }
    return Part("grants/reports/_on_case.html", shown)


@column_of_cases(50, gettext_lazy("Report"), chosen=True)
def report_column(applications):
    sent = GrantReport.objects.filter(application__in=applications).values_list("application", flat=True)
    return dict.fromkeys(sent, _("Sent"))


@tells("grants.report_sent", whole=False)
def told_report(happened):
    return _("The class sent its report.") if happened.details["first"] else _("The class changed its report.")


@tells("grants.case_closed", whole=False)
def told_closed(happened):
    return _("The case was closed.")


@tells("grants.receipts_added")
def told_receipts(happened):
    return _("The class added receipts.")


@tells("grants.receipt_removed")
def told_removed(happened):
    return _("The class took a receipt away.")
