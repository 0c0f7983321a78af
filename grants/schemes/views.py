"""The municipality's own pages: a scheme for a period, its money by school, and a trial of it before it opens."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants import queries as cases
from grants.actions import open_scheme
from grants.forms import ApplicationForm, EmptyForm
from grants.models import GrantScheme
from grants.schemes import actions, queries
from grants.schemes.forms import ExtendSchemeForm, SchemeForm, SharesForm, amounts_by_field
from portal.access import WRITES, page, require
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.models import Municipality, keys_of
from portal.people.overtaken import Shown
from portal.people.rules import municipality_officers


def found_scheme(request, pk):
    """Another municipality's scheme is not found here: what it offers stands on its public page."""
    return get_object_or_404(GrantScheme.objects.run_by(request.user).select_related("municipality"), pk=pk)


@page(open_to=municipality_officers)
@require_safe
def scheme_list(request):
    return render(request, "grants/schemes/scheme_list.html", {"offered": queries.schemes_of(request.user)})


@page(open_to=municipality_officers)
@WRITES
def scheme_add(request, municipality_pk):
    served = Municipality.objects.filter(pk__in=keys_of.municipalities_served(request.user))
    municipality = get_object_or_404(served, pk=municipality_pk)
    return _added(request, municipality)


@page(open_to=municipality_officers)
@WRITES
def scheme_copy(request, pk):
    last = found_scheme(request, pk)
    return _added(request, last.municipality, last)


def _added(request, municipality, last=None):
    require(open_scheme.may(request.user, municipality))
    shares = (
        {share.school: share.amount for share in queries.shares_of(last) if share.amount is not None} if last else {}
    )
    form = _scheme_form(
        request, municipality, may_share=bool(shares), initial=queries.a_year_later(last) if last else {}
    )
    if form.is_valid():
        terms = dict(form.cleaned_data)
        carried = shares if terms.pop("same_shares", False) and terms["country"] == last.country else {}
        with refusals_as(form):
            scheme = open_scheme(municipality, by=request.user, shares=carried, **terms)
            messages.success(request, _("The scheme is made. Nobody can apply before it opens: try it first."))
            return redirect(scheme)
    return render(request, "grants/schemes/scheme_add.html", {"form": form, "municipality": municipality, "last": last})


def _scheme_form(request, municipality, **how):
    countries = queries.countries_of(municipality)
    return SchemeForm(*posted(request), countries=countries, today=timezone.localdate(), **how)


@page(open_to=municipality_officers)
@require_safe
def scheme_show(request, pk):
    shown = queries.scheme_page(found_scheme(request, pk))
    return render(request, "grants/schemes/scheme_show.html", {"page": shown, "scheme": shown.line.scheme})


@page(open_to=municipality_officers)
@WRITES
def scheme_edit(request, pk):
    scheme = found_scheme(request, pk)
    require(actions.change_scheme.may(request.user, scheme))
    form = _open_form(request, scheme) if scheme.has_opened else _planned_form(request, scheme)
    if form.is_valid():
        with refusals_as(form):
            change = actions.extend_scheme if scheme.has_opened else actions.change_scheme
            change(scheme, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(scheme)
    rows = queries.terms_in_words(scheme) if scheme.has_opened else []
    return render(request, "grants/schemes/scheme_edit.html", {"form": form, "scheme": scheme, "rows": rows})


def _planned_form(request, scheme):
    shown = Shown(scheme, SchemeForm.values_of, verbs=("grants.scheme_kept_open", "grants.scheme_closed"))
    return SchemeForm(*posted(request), countries=[scheme.country], today=scheme.today(), shown=shown)


def _open_form(request, scheme):
    shown = Shown(scheme, ExtendSchemeForm.values_of, verbs=("grants.scheme_changed", "grants.scheme_closed"))
    return ExtendSchemeForm(*posted(request), shown=shown)


@page(open_to=municipality_officers)
@WRITES
def scheme_close(request, pk):
    scheme = found_scheme(request, pk)
    require(actions.close_scheme.may(request.user, scheme))
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.close_scheme(scheme, by=request.user)
            messages.success(request, _("Today is the last day to apply."))
            return redirect(scheme)
    return render(request, "grants/schemes/scheme_close.html", {"form": form, "scheme": scheme})


@page(open_to=municipality_officers)
@WRITES
def scheme_shares(request, pk):
    scheme = found_scheme(request, pk)
    require(actions.share_out.may(request.user, scheme))
    shares = queries.shares_of(scheme)
    shown = Shown(
        scheme,
        lambda row: amounts_by_field(queries.shares_of(row)),
        known=amounts_by_field(shares),
    )
    form = SharesForm(*posted(request), shares=shares, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.share_out(scheme, by=request.user, **form.cleaned_data)
            messages.success(request, _("The money is shared out."))
            return redirect(scheme)
    return render(
        request,
        "grants/schemes/scheme_shares.html",
        {"form": form, "page": queries.scheme_page(scheme), "scheme": scheme},
    )


@page(open_to=municipality_officers)
@WRITES
def scheme_try(request, pk):
    """The very form and check page of an applicant. There is no action behind it: nothing can be sent or saved."""
    scheme = found_scheme(request, pk)
    trial = queries.trial_of(scheme, request.user)
    application = trial.application
    form = ApplicationForm(
        *posted(request),
        scheme=scheme,
        country=scheme.country,
        initial={"amount_requested": scheme.amount, "reply_language": request.user.language},
    )
    if "change" not in request.POST and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(application, name, value)
        shown = {"application": application, "rows": trial.facts + cases.answers(application), "scheme": scheme}
        return render(request, "grants/schemes/scheme_tried.html", shown | {"form": form, "trial": trial})
    found = cases.Eligibility(scheme, application.school_class, families_total=20, families_invited=20)
    shown = {"form": form, "facts": trial.facts, "found": found, "gathering": application.gathering, "trial": trial}
    return render(request, "grants/schemes/scheme_try.html", shown)
