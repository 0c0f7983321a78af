"""Applying together: the class contact asks, and whoever is asked answers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.models import CoApplicant, GrantApplication
from grants.partners import actions, forms, queries
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import class_contacts, guardians


@page(open_to=class_contacts)
@WRITES
def co_applicant_invite(request, pk):
    application = get_object_or_404(GrantApplication.objects.visible_to(request.user).with_names(), pk=pk)
    require(actions.invite_co_applicant.may(request.user, application))
    form = forms.PartnerForm(*posted(request), people=queries.possible_partners(application, request.user))
    if form.is_valid():
        with refusals_as(form):
            asked = actions.invite_co_applicant(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is asked.") % {"name": asked.person.full_name})
            return redirect(application)
    shown = {"application": application, "form": form, "partner": queries.partner_of(application, request.user)}
    return render(request, "grants/partners/co_applicant_invite.html", shown)


@page(open_to=guardians)
@WRITES
def co_applicant_answer(request, pk):
    rows = CoApplicant.objects.visible_to(request.user).select_related(
        "application__school_class__school", "application__gathering", "invited_by"
    )
    asked = get_object_or_404(rows, pk=pk)
    require(actions.accept_invitation.may(request.user, asked))
    if request.method == "POST":
        with refusals_shown(request):
            actions.accept_invitation(asked, by=request.user)
            messages.success(request, _("You write the application together from now on."))
            return redirect(asked.application)
    return render(request, "grants/partners/co_applicant_answer.html", {"asked": asked})


@page(open_to=guardians)
@require_POST
def co_applicant_end(request, pk):
    asked = get_object_or_404(CoApplicant.objects.visible_to(request.user), pk=pk)
    require(actions.end_co_application.may(request.user, asked))
    with refusals_shown(request):
        actions.end_co_application(asked, by=request.user)
        messages.success(request, _("It is ended."))
    return redirect("grants:application_list")
