"""The pages of a class fund: what it holds, what came in and went out, and who keeps it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks.fund import actions, exports, forms, queries, rules
from networks.models import ClassFund, FundHandOver, FundRow
from networks.names.families import look_through_families
from networks.rules import can_gather
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import class_contacts, guardians
from portal.text.sheets import XLSX


def _seen(request, pk):
    funds = ClassFund.objects.visible_to(request.user)
    return get_object_or_404(funds.select_related("school_class__school", "cohort"), pk=pk)


def _managed(request, pk):
    """A fund that the reader manages: 403 for others who see it."""
    fund = _seen(request, pk)
    require(rules.can_manage_fund(request.user, fund))
    return fund


def _row(request, pk):
    rows = FundRow.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("fund__school_class__school", "written_by"), pk=pk)


def _look(request, fund):
    return partial(look_through_families, fund.class_today, request.user)


@page(open_to=guardians)
@WRITES
def fund_open(request, pk):
    """The one address of a class's fund: leads to it, or offers the class contact to begin it."""
    school_class = get_object_or_404(queries.classes_of(request.user).select_related("school"), pk=pk)
    if request.method != "POST" and (fund := queries.fund_of(school_class, request.user)):
        return redirect(fund)
    may_open = can_gather(request.user, school_class)
    require(may_open or request.method != "POST")
    candidates = queries.keepers_to_choose(school_class, request.user) if may_open else []
    form = forms.ElectedForm(*posted(request), candidates=candidates)
    if form.is_valid():
        with refusals_as(form):
            fund = actions.open_fund(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("The class has a fund. The keepers are told."))
            return redirect(fund)
    shown = {"school_class": school_class, "form": form, "may_open": may_open}
    return render(request, "networks/fund_open.html", shown)


@page(open_to=guardians)
@require_safe
def fund_show(request, pk):
    fund = _seen(request, pk)
    shown = queries.fund_page(fund, request.user, request.GET.get("page"))
    return render(request, "networks/fund_show.html", {"page": shown, "fund": fund})


@page(open_to=guardians)
@require_safe
def fund_print(request, pk):
    """For the parents' meeting."""
    fund = _seen(request, pk)
    shown = queries.fund_page(fund, request.user, whole=True)
    return render(request, "networks/fund_print.html", {"page": shown, "fund": fund, "printed_at": timezone.now()})


@page(open_to=guardians)
@require_safe
def fund_csv(request, pk):
    return _file(exports.rows_csv(_seen(request, pk)), "text/csv; charset=utf-8", "csv")


@page(open_to=guardians)
@require_safe
def fund_xlsx(request, pk):
    return _file(exports.rows_xlsx(_seen(request, pk)), XLSX, "xlsx")


def _file(content, content_type, ending):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_("class-fund")}.{ending}"'
    return response


@page(open_to=guardians)
@WRITES
def fund_row_write(request, pk):
    fund = _managed(request, pk)
    today = fund.class_today.school.today()
    form = forms.FundRowForm(*posted(request), look=_look(request, fund), initial={"on": today})
    if form.is_valid():
        with refusals_as(form):
            actions.write_fund_row(fund, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down. It counts when the other keeper has confirmed it."))
            return redirect(fund)
    return render(request, "networks/fund_row_write.html", {"fund": fund, "form": form})


@page(open_to=guardians)
@require_POST
def fund_row_confirm(request, pk):
    row = _row(request, pk)
    require(actions.confirm_fund_row.may(request.user, row))
    with refusals_shown(request):
        actions.confirm_fund_row(row, by=request.user)
        messages.success(request, _("Confirmed. It counts now, and the class sees it."))
    return redirect(row.fund)


@page(open_to=guardians)
@require_POST
def fund_row_aside(request, pk):
    row = _row(request, pk)
    require(actions.set_aside_fund_row.may(request.user, row))
    with refusals_shown(request):
        actions.set_aside_fund_row(row, by=request.user)
        messages.success(request, _("Set aside. It does not count."))
    return redirect(row.fund)


@page(open_to=guardians)
@WRITES
def fund_row_reverse(request, pk):
    row = _row(request, pk)
    require(actions.reverse_fund_row.may(request.user, row))
    form = forms.ReverseForm(*posted(request), look=_look(request, row.fund))
    if form.is_valid():
        with refusals_as(form):
            actions.reverse_fund_row(row, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down. The other keeper confirms that the row is undone."))
            return redirect(row.fund)
    return render(request, "networks/fund_row_reverse.html", {"row": row, "fund": row.fund, "form": form})


@page(open_to=class_contacts)
@WRITES
def fund_hand_over(request, pk):
    fund = _seen(request, pk)
    require(rules.leads_on(request.user, fund))
    form = forms.ElectedForm(*posted(request), candidates=queries.keepers_to_choose(fund.class_today, request.user))
    if form.is_valid():
        with refusals_as(form):
            actions.hand_over_fund(fund, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down. The keepers of today are asked to sign."))
            return redirect(fund)
    return render(request, "networks/fund_hand_over.html", {"fund": fund, "form": form})


@page(open_to=guardians)
@require_POST
def hand_over_sign(request, pk):
    hand_over = _hand_over(request, pk)
    require(actions.sign_hand_over.may(request.user, hand_over))
    with refusals_shown(request):
        actions.sign_hand_over(hand_over, by=request.user)
        messages.success(request, _("Signed. Thank you."))
    return redirect(hand_over.fund)


@page(open_to=class_contacts)
@require_POST
def hand_over_drop(request, pk):
    hand_over = _hand_over(request, pk)
    require(actions.drop_hand_over.may(request.user, hand_over))
    with refusals_shown(request):
        actions.drop_hand_over(hand_over, by=request.user)
        messages.success(request, _("Dropped. The keepers stay as they are."))
    return redirect(hand_over.fund)


def _hand_over(request, pk):
    hand_overs = FundHandOver.objects.visible_to(request.user)
    return get_object_or_404(hand_overs.select_related("fund__school_class__school", "one", "other"), pk=pk)
