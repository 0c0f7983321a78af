"""What the school plans: the list that everybody reads, one thing on it, and the pages of those who plan."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.models import School
from portal.people.overtaken import Shown
from portal.people.rules import runs_office
from portal.schoolyear import actions, queries
from portal.schoolyear.forms import CallOffForm, EventForm
from portal.schoolyear.models import SchoolEvent
from portal.schoolyear.rules import can_change, planners

PER_PAGE = 50


@page(open_to=signed_in)
@require_safe
def event_list(request):
    coming, earlier = queries.events_for(request.user)
    rows = Paginator(coming, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"rows": rows, "earlier": earlier, "schools": queries.schools_for(request.user)}
    return render(request, "schoolyear/event_list.html", shown)


@page(open_to=signed_in)
@require_safe
def event_show(request, pk):
    event = _found(request, pk)
    changes = not event.is_cancelled and not event.is_over() and can_change(request.user, event)
    return render(request, "schoolyear/event_show.html", {"event": event, "changes": changes})


@page(open_to=planners)
@WRITES
def event_add(request, pk):
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    require(actions.plan_event.may(request.user, school))
    form = EventForm(*posted(request), **_choices(request.user, school))
    if form.is_valid():
        with refusals_as(form):
            event = actions.plan_event(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("It stands in the calendars now. Nobody gets a message about it."))
            return redirect(event)
    return render(request, "schoolyear/event_add.html", {"school": school, "form": form})


@page(open_to=planners)
@WRITES
def event_edit(request, pk):
    event = _found(request, pk)
    require(actions.change_event.may(request.user, event))
    form = EventForm(
        *posted(request), **_choices(request.user, event.school, event), shown=Shown(event, EventForm.values_of)
    )
    if form.is_valid():
        with refusals_as(form):
            came_of_it = actions.change_event(event, by=request.user, **form.cleaned_data)
            messages.success(request, _said(came_of_it))
            return redirect(event)
    return render(request, "schoolyear/event_edit.html", {"event": event, "form": form})


@page(open_to=planners)
@WRITES
def event_call_off(request, pk):
    event = _found(request, pk)
    require(actions.call_off_event.may(request.user, event))
    form = CallOffForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            told = actions.call_off_event(event, by=request.user, **form.cleaned_data) == "told"
            said = _("It is called off. Those who have it in their calendar are told.")
            messages.success(request, said if told else _("It is called off. Calendars show that, and nobody is told."))
            return redirect(event)
    return render(request, "schoolyear/event_call_off.html", {"event": event, "form": form})


def _found(request, pk):
    return get_object_or_404(SchoolEvent.objects.visible_to(request.user).select_related("school"), pk=pk)


def _choices(person, school, event=None):
    classes = queries.classes_to_choose(person, school, event)
    return {"school": school, "classes": classes, "may_ask_all": runs_office(person, school)}


def _said(came_of_it):
    if came_of_it == "told":
        return _("It is saved. Those who have it in their calendar are told in a few minutes.")
    if came_of_it == "same":
        return _("Nothing was changed.")
    return _("It is saved. Calendars follow, and nobody is told.")
