"""The organisers' board of lifts, and what a home presses on its own answer's page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from networks import actions
from networks.lifts import forms, queries
from networks.models import Lift
from networks.rules import organisers
from networks.views.finding import organised
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted


@page(open_to=organisers)
@WRITES
def lift_list(request, pk):
    gathering = organised(request, pk)
    board = queries.lift_board(gathering, request.user)
    form = forms.PairForm(*posted(request), board=board)
    if form.is_valid():
        with refusals_as(form):
            actions.suggest_lift(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("Suggested to both. You see here when they have answered."))
            return redirect("networks:lift_list", pk)
    return render(request, "networks/lift_list.html", {"gathering": gathering, "board": board, "form": form})


@page(open_to=organisers)
@require_POST
def lift_withdraw(request, pk):
    lift = get_object_or_404(Lift.objects.visible_to(request.user).select_related("gathering__school_class"), pk=pk)
    require(actions.withdraw_lift.may(request.user, lift))
    with refusals_shown(request):
        actions.withdraw_lift(lift, by=request.user)
        messages.success(request, _("Taken back. The seats are free again."))
    return redirect("networks:lift_list", lift.gathering_id)


def answer_lift(request, gathering, person, household):
    """Yes or no to what was suggested, on the page of a home's answer. One that is no longer suggested says so."""
    form = forms.LiftAnswerForm(*posted(request), gathering=gathering, household=household)
    if not form.is_valid():
        messages.error(request, _("This lift is no longer suggested."))
        return
    agreed, declined = form.cleaned_data["agree"], form.cleaned_data["decline"]
    with refusals_shown(request):
        if agreed:
            actions.agree_lift(agreed, by=person, household=household)
            messages.success(request, _("Saved. When both have said yes, you read here who it is."))
        elif declined:
            actions.decline_lift(declined, by=person, household=household)
            messages.success(request, _("Saved. You have no lift with that family."))
