"""The page on which a school says how its class contacts reach out."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from networks import actions
from networks.queries.ways import ways_of
from networks.ways import WaysForm
from portal.access import WRITES, page
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.own_school import own_school
from portal.people.rules import office


@page(open_to=office)
@WRITES
def ways_set(request):
    school, _schools = own_school(request)
    form = WaysForm(*posted(request), shown=Shown(school, _ways, about=ways_of))
    if form.is_valid():
        with refusals_as(form):
            actions.set_ways(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Class contacts are offered these ways from now on."))
            return redirect(request.get_full_path())
    return render(request, "networks/ways_set.html", {"school": school, "form": form})


def _ways(school):
    return {"kinds": ways_of(school).kinds}
