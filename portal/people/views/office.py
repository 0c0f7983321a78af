"""The school office's first page, and the turn of the school year."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, page
from portal.actions import refusals_as
from portal.forms import posted
from portal.menu import places_at_the_office
from portal.people import actions
from portal.people.forms import YearForm
from portal.people.models import School
from portal.people.queries import year_to_move
from portal.people.queries.moves import waiting_moves
from portal.people.queries.office import office_of
from portal.people.rules import office


@page(open_to=office)
@require_safe
def office_home(request):
    shown = {"schools": office_of(request.user), "moves": len(waiting_moves(request.user))}
    return render(request, "people/office_home.html", shown | {"places": places_at_the_office()})


@page(open_to=office)
@WRITES
def year_roll_over(request, pk):
    school = get_object_or_404(School.objects.run_by(request.user), pk=pk)
    move = year_to_move(school)
    form = YearForm(*posted(request), initial={"last_grade": move and move.last_grade, "year": move and move.year.pk})
    if form.is_valid():
        year = get_object_or_404(school.years, pk=form.cleaned_data.pop("year"))
        with refusals_as(form):
            following = actions.roll_over(year, by=request.user, **form.cleaned_data)
            messages.success(request, _("The classes are ready for %(year)s.") % {"year": following})
            return redirect("people:office_home")
    return render(request, "people/year_roll_over.html", {"school": school, "move": move, "form": form})
