"""What those who answer for a case do while it waits: tell the class when, or give it to another class."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.models import GrantApplication
from grants.rules import grant_deciders
from grants.waiting import actions, forms, queries
from portal.access import WRITES, page, require
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.overtaken import Shown


def _found(request, pk):
    return get_object_or_404(GrantApplication.objects.visible_to(request.user).with_names(), pk=pk)


@page(open_to=grant_deciders)
@WRITES
def application_delay(request, pk):
    application = _found(request, pk)
    require(actions.tell_when.may(request.user, application))
    form = forms.DelayForm(*posted(request), shown=Shown(application, forms.DelayForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.tell_when(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("The class is told when it has its answer."))
            return redirect(application)
    return render(request, "grants/waiting/application_delay.html", {"application": application, "form": form})


@page(open_to=grant_deciders)
@WRITES
def application_move(request, pk):
    application = _found(request, pk)
    require(actions.move_case.may(request.user, application))
    form = forms.MoveForm(*posted(request), classes=queries.classes_to_move_to(application))
    if form.is_valid():
        with refusals_as(form):
            actions.move_case(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("The class has the case now."))
            return redirect(application)
    return render(request, "grants/waiting/application_move.html", {"application": application, "form": form})
