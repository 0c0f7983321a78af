"""Mixed groups for the organisers; and for the contact teacher, who is not put together."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks.groups import actions, forms, queries, rules
from networks.models import Apart, Gathering
from networks.rules import organisers
from networks.views.finding import organised
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import SchoolClass


@page(open_to=organisers)
@require_safe
def gathering_groups(request, pk):
    gathering = organised(request, pk)
    form = forms.GroupsForm(request.GET or {"of": Gathering.Kind.FAMILIES, "size": forms.USUAL})
    groups = queries.groups_of(gathering, **form.cleaned_data) if form.is_valid() else []
    return render(request, "networks/gathering_groups.html", {"gathering": gathering, "form": form, "groups": groups})


@page(open_to=rules.contact_teachers)
@WRITES
def apart_list(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user).select_related("school"), pk=pk)
    require(rules.can_separate(request.user, school_class))
    form = forms.ApartForm(*posted(request), pupils=queries.pupils_of(school_class, request.user))
    if form.is_valid():
        with refusals_as(form):
            actions.separate_pupils(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("They are not put into one group. Nobody is told."))
            return redirect("networks:apart_list", pk)
    pairs = queries.separated_pairs(school_class, request.user)
    return render(request, "networks/apart_list.html", {"school_class": school_class, "form": form, "pairs": pairs})


@page(open_to=rules.contact_teachers)
@require_POST
def apart_remove(request, pk):
    apart = get_object_or_404(Apart.objects.visible_to(request.user).select_related("school_class"), pk=pk)
    school_class = apart.school_class_id
    with refusals_shown(request):
        actions.let_together(apart, by=request.user)
        messages.success(request, _("They may be in one group again."))
    return redirect("networks:apart_list", school_class)
