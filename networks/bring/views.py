"""The organisers' list of what a gathering needs, and what a home presses on its own answer's page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from networks import actions, queries
from networks.bring import forms
from networks.bring.queries import list_of
from networks.bring.suggestions import BY_KEY, suggestions_for
from networks.models import Item
from networks.rules import organisers
from networks.views.finding import ask_about_names, organised
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.hats import has_hat
from portal.people.models import Role
from portal.people.overtaken import Shown


@page(open_to=organisers)
@WRITES
def bring_list(request, pk):
    gathering = organised(request, pk)
    form = forms.ItemForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            item = actions.add_item(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("On the list: %(title)s") % {"title": item.title})
            ask_about_names(request, queries.maybe_names_in(gathering, request.user, item.title, item.amount))
            return redirect("networks:bring_list", pk)
    rows = list_of(gathering, request.user)
    titles = {row.item.title for row in rows}
    shown = {
        "gathering": gathering,
        "board": queries.board_of(gathering, request.user),
        "tab": "bring",
        "may_gather": has_hat(request, Role.Kind.CLASS_CONTACT, gathering.school_class),
        "rows": rows,
        "suggestions": [one for one in suggestions_for(gathering) if str(one.title) not in titles],
        "form": form,
    }
    return render(request, "networks/bring_list.html", shown)


@page(open_to=organisers)
@require_POST
def suggestion_take(request, pk):
    gathering = organised(request, pk)
    suggestion = BY_KEY.get(request.POST.get("suggestion"))
    if suggestion and not gathering.items.filter(title=str(suggestion.title)).exists():  # pressed twice it is one
        with refusals_shown(request):
            item = actions.add_item(gathering, by=request.user, **suggestion.fields())
            messages.success(request, _("On the list: %(title)s") % {"title": item.title})
    return redirect("networks:bring_list", pk)


@page(open_to=organisers)
@WRITES
def bring_lock(request, pk):
    gathering = organised(request, pk)
    form = forms.LockForm(*posted(request), shown=Shown(gathering, forms.LockForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.lock_list(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. It moves along if you move the gathering."))
            return redirect("networks:bring_list", pk)
    return render(request, "networks/bring_lock.html", {"gathering": gathering, "form": form})


@page(open_to=organisers)
@require_POST
def item_remove(request, pk):
    item = get_object_or_404(Item.objects.visible_to(request.user).select_related("gathering__school_class"), pk=pk)
    require(actions.remove_item.may(request.user, item))
    with refusals_shown(request):
        actions.remove_item(item, by=request.user)
        messages.success(request, _("Taken off the list."))
    return redirect("networks:bring_list", item.gathering_id)


def press(request, gathering, person, household):
    """Take or give back what was pressed on the page of a home's answer; a refusal stands there in words. What is not on
    this list is not found."""
    form = forms.PressForm(*posted(request), gathering=gathering)
    if not form.is_valid():
        raise Http404
    taken, back = form.cleaned_data["take"], form.cleaned_data["back"]
    with refusals_shown(request):
        if taken:
            place = actions.take_place(gathering, by=person, household=household, item=taken)
            words = _("You are a back-up for this: %(title)s") if place.as_backup else _("You have taken: %(title)s")
            messages.success(request, words % {"title": taken.title})
        elif back:
            actions.give_back(gathering, by=person, household=household, item=back)
            messages.success(request, _("Given back: %(title)s") % {"title": back.title})
