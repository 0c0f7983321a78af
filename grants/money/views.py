"""The pages of payment: what waits, files for the bank, one case's money, another account, what comes back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from grants.forms import EmptyForm
from grants.models import PayeeChange, PayingAccount, PaymentFile, Payout, Repayment
from grants.money import actions, queries, rules, tables
from grants.money.forms import DayForm, FileForm, PaidForm, PayeeForm, PayingForm
from grants.queries.payments import award_seen_by
from grants.rules import grant_writers
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.rules import municipality_officers
from portal.speech import money
from portal.text.sheets import XLSX


def found_award(request, pk):
    application = award_seen_by(request.user, pk)
    if application is None:
        raise Http404
    return application


def found_file(request, pk):
    files = PaymentFile.objects.visible_to(request.user).select_related("municipality", "made_by")
    return get_object_or_404(files, pk=pk)


def _download(content, name, kind):
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# What waits


@page(open_to=rules.payers)
@require_safe
def payment_list(request):
    return render(request, "grants/money/payment_list.html", {"page": queries.payment_page(request.user)})


@page(open_to=municipality_officers)
@require_POST
def payment_csv(request):
    return _download(tables.as_comma(_listed(request)), f"{_('to-pay')}.csv", "text/csv; charset=utf-8")


@page(open_to=municipality_officers)
@require_POST
def payment_xlsx(request):
    return _download(tables.as_sheet(_listed(request)), f"{_('to-pay')}.xlsx", XLSX)


def _listed(request):
    municipality = queries.served_by(request.user)
    rows = [row for row in queries.ready_rows(request.user) if row.application.school.municipality == municipality]
    actions.list_accounts(municipality, by=request.user, applications=[row.application for row in rows])
    return rows


@page(open_to=municipality_officers)
@WRITES
def paying_edit(request):
    municipality = queries.served_by(request.user)
    if municipality is None:
        raise Http404
    paying = PayingAccount.objects.visible_to(request.user).filter(municipality=municipality).first()
    shown = Shown(paying, PayingForm.values_of, verbs=("grants.paying_account_set",)) if paying else None
    form = PayingForm(*posted(request), country=queries.country_of(municipality), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.set_paying_account(municipality, by=request.user, **form.cleaned_data)
            messages.success(request, _("The account is saved. Your colleagues are told."))
            return redirect("grants:payment_list")
    return render(request, "grants/money/paying_edit.html", {"form": form, "paying": paying})


# Files for the bank


@page(open_to=municipality_officers)
@WRITES
def payment_file_make(request):
    shown = queries.payment_page(request.user)
    if shown.paying is None:
        return redirect("grants:paying_edit")
    form = FileForm(*posted(request), rows=shown.by_file, words=_row_in_words)
    if form.is_valid():
        with refusals_as(form):
            file = actions.make_payment_file(
                shown.paying, by=request.user, applications=form.applications, pay_on=form.cleaned_data["pay_on"]
            )
            return redirect(file)
    return render(request, "grants/money/payment_file_make.html", {"page": shown, "form": form})


def _row_in_words(row):
    said = {
        "class": row.application.school_class.name,
        "school": row.application.school.name,
        "amount": money(row.money.due),
    }
    return f"{_('%(class)s, %(school)s: %(amount)s') % said} ({row.application.account_in_part})"


@page(open_to=municipality_officers)
@require_safe
def payment_file_show(request, pk):
    return _file_page(request, found_file(request, pk), DayForm(None))


def _file_page(request, file, form):
    payouts = list(file.payouts.select_related("application__school_class", "application__school", "decision"))
    context = {
        "file": file,
        "payouts": payouts,
        "total": sum(payout.amount for payout in payouts),
        "waits": any(payout.paid_on is None for payout in payouts),
        "begun": any(payout.paid_on for payout in payouts),
        "form": form,
    }
    return render(request, "grants/money/payment_file_show.html", context)


@page(open_to=municipality_officers)
@require_POST
def payment_file_take(request, pk):
    file = found_file(request, pk)
    with refusals_shown(request):
        content = actions.take_payment_file(file, by=request.user)
        return _download(content, f"pain.001-{file.number}.xml", "application/xml")
    return redirect(file)


@page(open_to=municipality_officers)
@require_POST
def payment_file_paid(request, pk):
    file = found_file(request, pk)
    form = DayForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            number = actions.mark_file_paid(file, by=request.user, paid_on=form.cleaned_data["day"])
            said = ngettext("%(n)s class is told.", "%(n)s classes are told.", number) % {"n": number}
            messages.success(request, f"{_('It is marked as paid.')} {said}")
            return redirect("grants:payment_list")
    return _file_page(request, file, form)


@page(open_to=municipality_officers)
@require_POST
def payment_file_drop(request, pk):
    file = found_file(request, pk)
    with refusals_shown(request):
        actions.drop_payment_file(file, by=request.user)
        messages.success(request, _("The file is dropped. What stood in it can be paid again."))
        return redirect("grants:payment_list")
    return redirect(file)


# One case


@page(open_to=signed_in)
@require_safe
def money_show(request, pk):
    return _money_page(request, _whole(request, pk), DayForm(None))


def _whole(request, pk):
    """The money of a case is for its class contacts, and for those who give and pay it."""
    application = found_award(request, pk)
    if not (rules.can_change_payee(request.user, application) or rules.can_reclaim(request.user, application)):
        raise Http404
    return application


def _money_page(request, application, form, account=""):
    context = {"page": queries.money_page(application, request.user), "application": application, "form": form}
    return render(request, "grants/money/money_show.html", context | {"account": account})


@page(open_to=rules.payers)
@require_POST
def money_paid(request, pk):
    application = found_award(request, pk)
    require(actions.mark_paid.may(request.user, application))
    form = PaidForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            said = {name: form.cleaned_data[name] or 0 for name in ("amount", "after")}
            actions.mark_paid(application, by=request.user, paid_on=form.cleaned_data["day"], **said)
            messages.success(request, _("It is marked as paid. The class is told."))
            return redirect("grants:money_show", application.pk)
    return _money_page(request, application, form)


@page(open_to=rules.payers)
@WRITES
def payout_take_back(request, pk):
    payouts = Payout.objects.visible_to(request.user).select_related("application__school__municipality", "file")
    payout = get_object_or_404(payouts, pk=pk)
    require(actions.take_back_payment.may(request.user, payout))
    application = payout.application
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.take_back_payment(payout, by=request.user)
            messages.success(request, _("The payment is taken back. The class is told that it is not paid yet."))
            return redirect("grants:money_show", application.pk)
    context = {"payout": payout, "application": application, "form": form}
    return render(request, "grants/money/payout_take_back.html", context)


@page(open_to=rules.payers)
@require_POST
def account_look(request, pk):
    """Shown once, in the answer to a press: the number is in no address and is kept by no browser."""
    application = found_award(request, pk)
    require(actions.look_at_account.may(request.user, application))
    account = actions.look_at_account(application, by=request.user)
    return _money_page(request, application, DayForm(None), account=account)


@page(open_to=grant_writers)
@WRITES
def payee_change(request, pk):
    application = found_award(request, pk)
    require(actions.ask_payee_change.may(request.user, application))
    form = PayeeForm(*posted(request), application=application, initial=_payee_now(application))
    if form.is_valid():
        with refusals_as(form):
            actions.ask_payee_change(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is sent. Nothing is paid until somebody at the school has said yes."))
            return redirect("grants:money_show", application.pk)
    return render(request, "grants/money/payee_change.html", {"application": application, "form": form})


def _payee_now(application):
    return {"payee_kind": application.payee_kind, "account_holder": application.account_holder}


@page(open_to=rules.payers)
@WRITES
def payee_answer(request, pk):
    changes = PayeeChange.objects.visible_to(request.user).select_related(
        "asked_by", "application__school__municipality", "application__school_class", "application__gathering"
    )
    change = get_object_or_404(changes, pk=pk)
    require(rules.can_answer_change(request.user, change))
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            accepts = "yes" in request.POST
            actions.answer_payee_change(change, by=request.user, accepts=accepts)
            done = _("The money goes to the new account.") if accepts else _("The money goes where it was to go.")
            messages.success(request, f"{done} {_('The class is told.')}")
            return redirect("grants:payment_list")
    context = {"change": change, "application": change.application, "form": form}
    return render(request, "grants/money/payee_answer.html", context)


@page(open_to=rules.payers)
@WRITES
def repayment_ask(request, pk):
    application = found_award(request, pk)
    require(actions.ask_back.may(request.user, application))
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.ask_back(application, by=request.user)
            messages.success(request, _("The class is asked to pay it back."))
            return redirect("grants:money_show", application.pk)
    context = {"page": queries.money_page(application, request.user), "application": application, "form": form}
    return render(request, "grants/money/repayment_ask.html", context)


def found_repayment(request, pk):
    repayments = Repayment.objects.visible_to(request.user)
    return get_object_or_404(repayments.select_related("application__school__municipality"), pk=pk)


@page(open_to=rules.payers)
@require_POST
def repayment_returned(request, pk):
    repayment = found_repayment(request, pk)
    require(actions.mark_returned.may(request.user, repayment))
    form = DayForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.mark_returned(repayment, by=request.user, returned_on=form.cleaned_data["day"])
            messages.success(request, _("It is written down that the money came back."))
            return redirect("grants:money_show", repayment.application_id)
    return _money_page(request, found_award(request, repayment.application_id), form)


@page(open_to=rules.payers)
@require_POST
def repayment_drop(request, pk):
    repayment = found_repayment(request, pk)
    require(actions.drop_repayment.may(request.user, repayment))
    application = repayment.application_id
    with refusals_shown(request):
        actions.drop_repayment(repayment, by=request.user)
        messages.success(request, _("The class is not asked for it any more."))
    return redirect("grants:money_show", application)
