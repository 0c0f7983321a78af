"""When a gathering is not held as planned: the money goes to another one, or back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.case_page import why_award_stays
from grants.changes import actions, forms, queries
from grants.forms import EmptyForm
from grants.letters import archived
from grants.models import GrantApplication
from grants.models.applications import AWARDED
from grants.rules import grant_writers
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.rules import contacts


def _found(request, pk):
    return get_object_or_404(GrantApplication.objects.visible_to(request.user).with_names(), pk=pk)


@page(open_to=grant_writers)
@WRITES
def application_replace(request, pk):
    application = _found(request, pk)
    require(actions.replace_gathering.may(request.user, application))
    others = queries.others_to_use(application)
    form = forms.ReplaceForm(*posted(request), gatherings=others, school=application.school)
    if form.is_valid():
        with refusals_as(form):
            actions.replace_gathering(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is for this gathering now. The school is told."))
            return redirect(application)
    shown = {"application": application, "form": form, "others": others}
    shown["may_plan"] = contacts(request.user, application.school_class)
    return render(request, "grants/changes/application_replace.html", shown)


@page(open_to=signed_in)
@WRITES
def award_lapse(request, pk):
    application = _found(request, pk)
    require(actions.lapse_award.may(request.user, application))
    if application.status not in AWARDED:
        return redirect(application)
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.lapse_award(application, by=request.user)
            messages.success(request, _("The money is given back."))
            return redirect(application)
    shown = {"application": application, "form": form, "why_not": why_award_stays(application)}
    shown["kept"] = archived(application)
    shown["is_open"] = application.scheme.is_open(application.school.today())
    return render(request, "grants/changes/award_lapse.html", shown)
