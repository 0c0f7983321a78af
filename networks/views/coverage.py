"""Spring and autumn at a glance: every class for those who lead a school, totals for the municipality."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks import queries
from portal.access import page
from portal.people.hats import worn
from portal.people.rules import municipality_officers, principals


@page(open_to=principals)
@require_safe
def coverage_show(request):
    hat, _hats = worn(request)
    return render(request, "networks/coverage_show.html", {"page": queries.school_map(hat.school)})


@page(open_to=municipality_officers)
@require_safe
def coverage_totals(request):
    hat, _hats = worn(request)
    shown = {"municipality": hat.scope, "page": queries.municipality_totals(hat.scope)}
    return render(request, "networks/coverage_totals.html", shown)
