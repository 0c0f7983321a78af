"""A family asks another, unnamed, to exchange times; and the question as each of them sees it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from conferences import actions, rules
from conferences.queries.own_talks import swap_for, swappable
from conferences.views.ways import Ways, own, talk_shown
from portal.access import WRITES, page, signed_in
from portal.actions import refusals_shown
from portal.paths import key_in


@page(open_to=signed_in)
@WRITES
def swap_ask(request, pk):
    return ask(request, request.user, Ways(own(request.user, pk)))


def ask(request, person, ways):
    if ways.conference.time is None:
        return redirect(ways.show)
    days = swappable(ways.conference, person)
    if request.method == "POST":
        wanted = key_in(request.POST.get("theirs"))
        theirs = next((one for taken in days.values() for one in taken if one.pk == wanted), None)
        if theirs is None:
            raise Http404
        with refusals_shown(request):
            actions.ask_swap(ways.conference, by=person, theirs=theirs)
            messages.success(request, _("The other family is asked. You get a message when they have answered."))
        return redirect(ways.show)
    return talk_shown(request, "conferences/swap_ask.html", ways, days=days)


@page(open_to=signed_in)
@WRITES
def swap_answer(request, key):
    swap = swap_for(request.user, key)
    if swap is None:
        raise Http404
    is_asked = rules.can_answer_swap(request.user, swap)
    if request.method == "POST":
        with refusals_shown(request):
            _answer(request, swap, is_asked)
        return redirect("conferences:swap_answer", key)
    mine, yours = (swap.theirs, swap.mine) if is_asked else (swap.mine, swap.theirs)
    shown = {"swap": swap, "mine": mine, "other": yours, "is_asked": is_asked}
    return render(request, "conferences/swap_answer.html", shown)


def _answer(request, swap, is_asked):
    if not is_asked:
        actions.withdraw_swap(swap, by=request.user)
        messages.success(request, _("The question is taken back. You keep your time."))
    elif request.POST.get("answer") == "yes":
        actions.answer_swap(swap, by=request.user, accept=True)
        messages.success(request, _("You have swapped. Both families get a message with the new time."))
    else:
        actions.answer_swap(swap, by=request.user, accept=False)
        messages.success(request, _("You keep your time. Nobody asks why."))
