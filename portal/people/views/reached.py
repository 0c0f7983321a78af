"""How a member of staff is reached, until when they are away, and who goes to after-school care."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, page
from portal.actions import refusals_as
from portal.forms import posted
from portal.people import actions
from portal.people.availability import AwayForm, CareForm, WaysForm
from portal.people.overtaken import Shown
from portal.people.queries.care import cared_for, classes_with_care
from portal.people.rules import after_school_staff, office, reachable_staff


@page(open_to=reachable_staff)
@WRITES
def ways_choose(request):
    form = WaysForm(*posted(request), shown=Shown(request.user, WaysForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.choose_ways(request.user, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Families see it from now on."))
            return redirect("people:ways_choose")
    return render(request, "people/ways_choose.html", {"form": form, "person": request.user})


@page(open_to=reachable_staff)
@WRITES
def away_say(request):
    form = AwayForm(*posted(request), person=request.user, shown=Shown(request.user, AwayForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.say_away(request.user, by=request.user, **form.cleaned_data)
            is_away = form.cleaned_data["away_until"] is not None
            messages.success(
                request, _("Saved. It is gone by itself after the day.") if is_away else _("You are back.")
            )
            return redirect("people:ways_choose")
    return render(request, "people/away_say.html", {"form": form})


@page(open_to=after_school_staff)
@require_safe
def care_children(request):
    return render(request, "people/care_children.html", {"schools": cared_for(request.user)})


@page(open_to=office)
@require_safe
def care_list(request):
    return render(request, "people/care_list.html", {"classes": classes_with_care(request.user)})


@page(open_to=office)
@WRITES
def care_choose(request, pk):
    school_class = get_object_or_404(classes_with_care(request.user), pk=pk)
    shown = Shown(school_class, lambda row: CareForm.values_of(row, request.user))
    form = CareForm(*posted(request), school_class=school_class, person=request.user, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.choose_care(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. The after-school staff see these children."))
            return redirect("people:care_list")
    return render(request, "people/care_choose.html", {"form": form, "school_class": school_class})
