"""The pages of an appeal: one function each."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from grants import rules as grants
from grants.appeal import actions, forms
from grants.appeal.queries import alert_of
from grants.views import found_decision
from portal.access import WRITES, page, require
from portal.actions import refusals_as
from portal.forms import posted


@page(open_to=grants.grant_deciders)
@WRITES
def decision_told(request, pk):
    decision = found_decision(request, pk)
    require(actions.tell_decision.may(request.user, decision))
    if decision.told_on or not alert_of(decision).has_failed:
        return redirect(decision)
    form = forms.ToldForm(*posted(request), initial={"told_on": decision.application.school.today()})
    if form.is_valid():
        with refusals_as(form):
            actions.tell_decision(decision, by=request.user, **form.cleaned_data)
            messages.success(request, _("The day is written down. The letter says until when the class can appeal."))
            return redirect(decision)
    return render(request, "grants/appeal/decision_told.html", {"decision": decision, "form": form})
