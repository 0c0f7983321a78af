"""The wheel of a school's year: a picture and a list, and what is done every year put in and taken out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from principles.wheel import actions, queries, rules
from principles.wheel.forms import YearlyItemForm
from principles.wheel.models import YearlyItem


@page(open_to=rules.planners)
@WRITES
def wheel_show(request):
    schools = list(queries.schools_planned_by(request.user))
    asked = request.GET.get("school", "")
    school = next((one for one in schools if str(one.pk) == asked), schools[0])
    form = YearlyItemForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.add_yearly_item(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("It stands in every year."))
            return redirect(request.get_full_path())
    shown = {"school": school, "schools": schools, "wheel": queries.wheel_of(school, request.user), "form": form}
    return render(request, "principles/wheel/wheel_show.html", shown)


@page(open_to=rules.planners)
@require_POST
def wheel_remove(request, pk):
    item = get_object_or_404(YearlyItem.objects.visible_to(request.user).select_related("school"), pk=pk)
    school = item.school_id
    with refusals_shown(request):
        actions.remove_yearly_item(item, by=request.user)
        messages.success(request, _("It is taken out of every year."))
    return redirect(f"{reverse('principles:wheel_show')}?school={school}")
