"""The agenda of one talk: the same page for the family and for those who hold the talk."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conferences import actions
from conferences.before import rules
from conferences.before.forms.agenda import PointForm
from conferences.before.queries.agenda import agenda_of
from conferences.models import AgendaPoint
from conferences.rules import takes_part
from conferences.views.finding import found_conference
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import teachers


@page(open_to=signed_in)
@never_cache
@WRITES
def agenda_show(request, pk):
    conference = found_conference(request, pk)
    require(rules.can_read_agenda(request.user, conference))
    may_put = actions.put_point.may(request.user, conference)
    form = PointForm(*posted(request))
    if request.method == "POST":
        require(may_put)
        if form.is_valid():
            with refusals_as(form):
                actions.put_point(conference, by=request.user, **form.cleaned_data)
                messages.success(request, _("It is on the agenda. The family can read it now."))
                return redirect("conferences:agenda_show", pk)
    is_family = not may_put and takes_part(request.user, conference)  # at their own child's talk they are the teacher
    told = None if is_family else actions.open_preparations(conference, by=request.user)
    shown = {
        "conference": conference,
        "points": agenda_of(conference, request.user, told),
        "form": form if may_put and conference.is_open else None,
        "is_family": is_family,
    }
    return render(request, "conferences/agenda_show.html", shown)


@page(open_to=teachers)
@require_POST
def point_take(request, pk):
    points = AgendaPoint.objects.visible_to(request.user).select_related(
        "conference__pupil", "conference__school_class"
    )
    point = get_object_or_404(points, pk=pk)
    require(actions.take_point.may(request.user, point))
    with refusals_shown(request):
        actions.take_point(point, by=request.user)
    return redirect("conferences:agenda_show", point.conference_id)
