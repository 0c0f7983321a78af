"""How the school keeps its principle: totals for the board, and for the principal the children who lack a talk."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conferences import rules
from conferences.after.queries.coverage import coverage_of
from portal.access import page
from portal.people.hats import worn
from portal.people.rules import leads


@page(open_to=rules.overseers)
@require_safe
def coverage_show(request):
    hat, _hats = worn(request)
    school = hat.school
    year = school.years.on(school.today()).first()
    if year is None:
        raise Http404
    names = leads(request.user, school)
    shown = {
        "school": school,
        "year": year,
        "names": names,
        "page": coverage_of(school, year, request.user, names=names),
    }
    return render(request, "conferences/coverage_show.html", shown)
