"""The pages of the report: written, read, closed; its receipts; the year's results."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from grants.models import Receipt
from grants.models.files import MOST_BYTES
from grants.queries.payments import award_seen_by, money_in
from grants.reports import actions, queries, rules
from grants.reports.forms import ReportForm
from grants.rules import grant_writers
from portal.access import MEGABYTE, WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.uploads import download, takes_files


def found_told(request, pk):
    """An awarded case whose report this person may read."""
    application = award_seen_by(request.user, pk)
    if application is None or not rules.can_read_report(request.user, application):
        raise Http404
    return application


@page(open_to=signed_in)
@require_safe
def report_show(request, pk):
    shown = queries.report_page(found_told(request, pk), request.user)
    return render(request, "grants/reports/report_show.html", {"page": shown, "application": shown.application})


@page(open_to=grant_writers, body=40 * MEGABYTE)  # a file that is too large is named beside its field
@WRITES
@takes_files(MOST_BYTES)
def report_write(request, pk):
    application = found_told(request, pk)
    require(actions.send_report.may(request.user, application))
    shown = queries.report_page(application, request.user)
    if request.method != "POST" and not shown.may_write:
        return redirect("grants:report_show", application.pk)
    form = _report_form(request, shown)
    if form.is_valid():
        with refusals_as(form):
            return _sent(request, application, form)
    _keep_receipts(request, application, form)
    shown = queries.report_page(application, request.user)
    context = {"page": shown, "application": application, "form": form}
    return render(request, "grants/reports/report_write.html", context)


def _report_form(request, shown):
    most = {"given": shown.money.awarded, "asked": shown.application.amount_requested or 0}
    if shown.report:
        seen = Shown(shown.report, ReportForm.values_of, about=_case_of)
        return ReportForm(*posted(request), **most, shown=seen)
    values = queries.report_values(shown.application, shown.money)
    return ReportForm(*posted(request), **most, initial=values)


def _case_of(report):
    return report.application


def _sent(request, application, form):
    """The receipts first: they are kept also when the report is refused."""
    files = form.cleaned_data.pop("files")
    if files:
        actions.add_receipts(application, by=request.user, files=files)
    actions.send_report(application, by=request.user, **form.cleaned_data)
    messages.success(request, _("The report is sent. Thank you."))
    if money_in(application).over:
        messages.info(
            request, _("Some of the money is left over. On the page of the money you read how to pay it back.")
        )
    return redirect("grants:report_show", application.pk)


def _keep_receipts(request, application, form):
    if form.sound and not form.is_valid():
        with refusals_shown(request):
            number = actions.add_receipts(application, by=request.user, files=form.sound)
            kept = ngettext("%(n)s receipt is kept.", "%(n)s receipts are kept.", number)
            messages.info(request, kept % {"n": number})


def found_receipt(request, pk):
    receipts = Receipt.objects.visible_to(request.user).select_related("application__school__municipality")
    return get_object_or_404(receipts, pk=pk)


@page(open_to=signed_in)
@require_POST
def receipt_open(request, pk):
    receipt = found_receipt(request, pk)
    require(actions.open_receipt.may(request.user, receipt))
    actions.open_receipt(receipt, by=request.user)
    return download(receipt.content, receipt.name, receipt.kind)


@page(open_to=grant_writers)
@require_POST
def receipt_remove(request, pk):
    receipt = found_receipt(request, pk)
    require(actions.remove_receipt.may(request.user, receipt))
    with refusals_shown(request):
        actions.remove_receipt(receipt, by=request.user)
        messages.success(request, _("The receipt is taken away."))
    return redirect("grants:report_write", receipt.application_id)


@page(open_to=rules.closers)
@require_POST
def case_close(request, pk):
    application = found_told(request, pk)
    require(actions.close_case.may(request.user, application))
    with refusals_shown(request):
        actions.close_case(application, by=request.user)
        messages.success(request, _("The case is closed. The class is told."))
    return redirect("grants:report_show", application.pk)


@page(open_to=rules.result_readers)
@require_safe
def result_show(request):
    shown = queries.result_page(request.user, request.GET.get("period", ""))
    if request.GET.get("period") and shown.scheme is None:
        raise Http404
    return render(request, "grants/reports/result_show.html", {"page": shown})
