"""The pages of an appeal: one function each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grants import rules as grants
from grants.appeal import actions, forms, queries
from grants.appeal.letters import appeal_papers, reasons_paper
from grants.models import Appeal, ReasonsDemand
from grants.models.appeals import State
from grants.views import found_decision
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import municipality_officers
from portal.text.typeset import pdf


def found_appeal(request, pk):
    return get_object_or_404(Appeal.objects.visible_to(request.user).with_its_case(), pk=pk)


# The letter


@page(open_to=grants.grant_deciders)
@WRITES
def decision_told(request, pk):
    decision = found_decision(request, pk)
    require(actions.tell_decision.may(request.user, decision))
    if request.method != "POST" and (decision.told_on or not queries.alert_of(decision).has_failed):
        return redirect(decision)
    form = forms.ToldForm(*posted(request), initial={"told_on": decision.application.school.today()})
    if form.is_valid():
        with refusals_as(form):
            actions.tell_decision(decision, by=request.user, **form.cleaned_data)
            messages.success(request, _("The day is written down. The letter says until when the class can appeal."))
            return redirect(decision)
    return render(request, "grants/appeal/decision_told.html", {"decision": decision, "form": form})


# Reasons


@page(open_to=grants.grant_writers)
@require_POST
def reasons_ask(request, pk):
    decision = found_decision(request, pk)
    require(actions.ask_reasons.may(request.user, decision))
    with refusals_shown(request):
        actions.ask_reasons(decision, by=request.user)
        messages.success(
            request, _("You have asked for the reasons. The time to appeal begins anew when you have got them.")
        )
    return redirect(decision.application)


@page(open_to=grants.grant_deciders)
@WRITES
def reasons_give(request, pk):
    decision = found_decision(request, pk)
    demand = get_object_or_404(ReasonsDemand.objects.visible_to(request.user), decision=decision)
    require(actions.give_reasons.may(request.user, demand))
    if request.method != "POST" and demand.given_at:
        return redirect(decision.application)
    form = forms.ReasonsForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.give_reasons(demand, by=request.user, **form.cleaned_data)
            messages.success(request, _("The reasons are sent to the class contacts."))
            return redirect(decision.application)
    return render(request, "grants/appeal/reasons_give.html", {"decision": decision, "form": form})


@page(open_to=grants.grant_deciders)
@WRITES
def reasons_told(request, pk):
    decision = found_decision(request, pk)
    demand = get_object_or_404(ReasonsDemand.objects.visible_to(request.user), decision=decision)
    require(actions.tell_reasons.may(request.user, demand))
    waits = demand.given_at and not demand.told_on and queries.alert_of(demand).has_failed
    if request.method != "POST" and not waits:
        return redirect(decision.application)
    form = forms.ToldForm(*posted(request), initial={"told_on": decision.application.school.today()})
    if form.is_valid():
        with refusals_as(form):
            actions.tell_reasons(demand, by=request.user, **form.cleaned_data)
            messages.success(request, _("The day is written down. The time to appeal runs from it."))
            return redirect(decision.application)
    return render(request, "grants/appeal/reasons_told.html", {"decision": decision, "form": form})


@page(open_to=signed_in)
@require_safe
def reasons_file(request, pk):
    decision = found_decision(request, pk)
    given = ReasonsDemand.objects.visible_to(request.user).filter(given_at__isnull=False)
    return _paper(reasons_paper(get_object_or_404(given, decision=decision)), decision.application)


# The appeal


@page(open_to=grants.grant_writers)
@WRITES
def appeal_write(request, pk):
    decision = found_decision(request, pk)
    require(actions.send_appeal.may(request.user, decision))
    if request.method != "POST" and not queries.takes_appeal(decision):
        return redirect(decision.application)
    late = queries.comes_late(decision)
    form = forms.AppealForm(*posted(request), is_late=late, initial={"what": queries.prefilled(decision)})
    if form.is_valid():
        with refusals_as(form):
            appeal = actions.send_appeal(decision, by=request.user, **form.cleaned_data)
            messages.success(request, _("The appeal is sent. You get a receipt by e-mail."))
            return redirect(appeal)
    shown = {"decision": decision, "application": decision.application, "form": form, "is_late": late}
    return render(request, "grants/appeal/appeal_write.html", shown)


@page(open_to=signed_in)
@require_safe
def appeal_show(request, pk):
    appeal = found_appeal(request, pk)
    shown = queries.appeal_page(appeal, request.user, appeal_papers(appeal))
    return render(request, "grants/appeal/appeal_show.html", {"page": shown, "appeal": appeal})


@page(open_to=signed_in)
@require_safe
def appeal_file(request, pk, paper):
    appeal = found_appeal(request, pk)
    found = next((one for one in appeal_papers(appeal) if one["key"] == paper), None)
    if found is None:
        raise Http404
    return _paper(found, appeal.application)


def _paper(paper, application):
    response = HttpResponse(pdf("grants/decision.typ", paper["content"], paper["at"]), content_type="application/pdf")
    name = f"{application.case_number.replace('/', '-')}-{paper['key']}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(open_to=grants.grant_writers)
@require_POST
def appeal_withdraw(request, pk):
    appeal = found_appeal(request, pk)
    require(actions.withdraw_appeal.may(request.user, appeal))
    with refusals_shown(request):
        actions.withdraw_appeal(appeal, by=request.user)
        messages.success(request, _("The appeal is withdrawn."))
    return redirect(appeal)


@page(open_to=grants.grant_deciders)
@WRITES
def appeal_review(request, pk):
    appeal = found_appeal(request, pk)
    require(actions.forward_appeal.may(request.user, appeal))
    if request.method != "POST" and appeal.state not in (State.SENT, State.SENT_BACK):
        return redirect(appeal)
    form = forms.ReviewForm(*posted(request), appeal=appeal)
    if form.is_valid():
        with refusals_as(form):
            return _review(request, appeal, **form.cleaned_data)
    shown = {"appeal": appeal, "papers": appeal_papers(appeal), "form": form}
    return render(request, "grants/appeal/appeal_review.html", shown)


def _review(request, appeal, result, **said):
    do, told = {
        State.IN_FAVOUR: (actions.change_in_favour, _("The decision is changed. The class gets a new letter.")),
        State.FORWARDED: (actions.forward_appeal, _("The appeal is sent on. The class gets a copy of what you wrote.")),
        State.DISMISSED: (actions.dismiss_appeal, _("The appeal is not taken up. The class is told why.")),
    }[State(result)]
    do(appeal, by=request.user, **said)
    messages.success(request, told)
    return redirect(appeal)


@page(open_to=municipality_officers)
@WRITES
def appeal_settle(request, pk):
    appeal = found_appeal(request, pk)
    require(actions.settle_appeal.may(request.user, appeal))
    if request.method != "POST" and appeal.state != State.FORWARDED:
        return redirect(appeal)
    form = forms.OutcomeForm(*posted(request), appeal=appeal, initial={"decided_on": appeal.school.today()})
    if form.is_valid():
        with refusals_as(form):
            actions.settle_appeal(appeal, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is written down, and the class is told."))
            return redirect(appeal)
    shown = {"appeal": appeal, "papers": appeal_papers(appeal), "form": form}
    return render(request, "grants/appeal/appeal_settle.html", shown)
