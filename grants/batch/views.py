"""Approving several plain cases in one go: each is a decision of its own, with its own letter, lock and answer."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from grants import actions
from grants.batch import forms, queries
from grants.rules import grant_deciders
from portal.access import WRITES, page
from portal.actions import Refusal
from portal.forms import posted


@page(open_to=grant_deciders)
@WRITES
def batch_approve(request):
    plain = queries.plain_cases(request.user)
    form = forms.BatchForm(*posted(request), plain=plain)
    if form.is_valid():
        done = [(one.in_short, *approve(one.application, request.user, one.amount)) for one in form.cases]
        return render(request, "grants/batch/batch_done.html", {"done": done})
    shown = {"form": form, "plain": plain, "budgets": queries.left_of(plain)}
    return render(request, "grants/batch/batch_approve.html", shown)


def approve(application, by, amount):
    """(the decision, why there is none): what is refused stops none of the others. `amount` is what was shown."""
    try:
        actions.take_up_application(application, by=by)
        if application.amount_requested != amount:
            return None, _("The class asks for another amount now. Open the case by itself.")
        return actions.decide_application(application, by=by, result="approved", amount=amount), ""
    except Refusal as refusal:
        return None, str(refusal)
