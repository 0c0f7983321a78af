"""Approving several plain cases in one go: each is a decision of its own, with its own letter, lock and answer."""

from django.shortcuts import render

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
        by_key = {one.pk: one for one in plain}
        done = [(by_key[one.pk].in_short, *approve(one, request.user)) for one in form.cleaned_data["chosen"]]
        return render(request, "grants/batch/batch_done.html", {"done": done})
    shown = {"form": form, "plain": plain, "budgets": queries.left_of(plain)}
    return render(request, "grants/batch/batch_approve.html", shown)


def approve(application, by):
    """(the decision, why there is none): what is refused stops none of the others."""
    try:
        actions.take_up_application(application, by=by)
        asked = application.amount_requested
        return actions.decide_application(application, by=by, result="approved", amount=asked), ""
    except Refusal as refusal:
        return None, str(refusal)
