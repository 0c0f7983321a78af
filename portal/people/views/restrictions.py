"""Who must see nothing about a pupil: it takes two persons to set a restriction, and two to lift it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people import actions
from portal.people.forms import RestrictionForm
from portal.people.models import AccessRestriction, Person
from portal.people.queries.office import restrictions_page
from portal.people.rules import restrictors

STEPS = {
    "confirm": actions.confirm_restriction,
    "propose_lift": actions.propose_lift,
    "confirm_lift": actions.confirm_lift,
}


@page(open_to=restrictors)
@require_safe
def restriction_list(request):
    return render(request, "people/restriction_list.html", {"rows": restrictions_page(request.user)})


@page(open_to=restrictors)
@WRITES
def restriction_set(request, key):
    pupil = get_object_or_404(Person.objects.pupils_served_by(request.user), key=key)
    form = RestrictionForm(*posted(request), pupil=pupil)
    if form.is_valid():
        with refusals_as(form):
            actions.set_restriction(pupil, by=request.user, **form.cleaned_data)
            messages.success(request, _("The restriction waits for a second person to confirm it."))
            return redirect("people:restriction_list")
    return render(request, "people/restriction_set.html", {"form": form, "pupil": pupil})


@page(open_to=restrictors)
@require_POST
def restriction_settle(request, pk):
    restriction = get_object_or_404(AccessRestriction.objects.visible_to(request.user), pk=pk)
    step = STEPS.get(request.POST.get("step"), actions.confirm_restriction)
    with refusals_shown(request):
        step(restriction, by=request.user)
        messages.success(request, _("Saved. It counts from now on."))
    return redirect("people:restriction_list")
