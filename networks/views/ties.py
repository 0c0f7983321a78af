"""The page on which a gathering is tied to something that the school plans."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from networks import actions, rules
from networks.forms import TieForm
from networks.views.finding import organised
from portal.access import WRITES, page
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.overtaken import Shown


@page(open_to=rules.organisers)
@WRITES
def gathering_tie(request, pk):
    gathering = organised(request, pk)
    form = TieForm(*posted(request), gathering=gathering, shown=Shown(gathering, TieForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.tie_gathering(gathering, by=request.user, **form.cleaned_data)
            is_tied = form.cleaned_data["school_event"] is not None
            said = _("From now on the gathering moves when the school moves this.")
            messages.success(request, said if is_tied else _("The gathering stands by itself."))
            return redirect("networks:gathering_edit", pk)
    return render(request, "networks/gathering_tie.html", {"gathering": gathering, "form": form})
