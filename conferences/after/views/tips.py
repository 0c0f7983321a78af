"""The pages of the tips for help at home: the school's list, and one tip."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conferences import actions, rules
from conferences.after.forms import tips as forms
from conferences.after.queries import tips as queries
from conferences.models import Tip
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.own_school import chosen_of


def school_of_tips(request):
    schools = queries.schools_of(request.user)
    if not schools:
        raise Http404
    return chosen_of(request, schools)


def found_tip(request, pk):
    tip = get_object_or_404(Tip.objects.visible_to(request.user).live().select_related("school"), pk=pk)
    require(actions.change_tip.may(request.user, tip))
    return tip


@page(open_to=rules.hosts)
@require_safe
def tip_list(request):
    school, schools = school_of_tips(request)
    form = forms.TipFilter(request.GET if {"subject", "grade"} & set(request.GET) else None, school=school)
    may_begin = actions.begin_tips.may(request.user, school)
    shown = {
        "school": school,
        "schools": schools,
        "form": form,
        "tips": queries.tips_of(school, request.user, **form.limits()),
        "keeps_all": may_begin,
        "to_begin": len(queries.new_to(school)) if may_begin else 0,
    }
    return render(request, "conferences/tip_list.html", shown)


@page(open_to=rules.hosts)
@require_POST
def tips_begin(request):
    school, _schools = school_of_tips(request)
    require(actions.begin_tips.may(request.user, school))
    added = actions.begin_tips(school, by=request.user)
    said = ngettext("%(n)s tip is on the list.", "%(n)s tips are on the list.", added)
    messages.success(request, said % {"n": added})
    return redirect(f"{request.path.removesuffix('begin/')}?school={school.pk}")


@page(open_to=rules.hosts)
@WRITES
def tip_add(request):
    school, _schools = school_of_tips(request)
    form = forms.TipForm(*posted(request), school=school)
    if form.is_valid():
        with refusals_as(form):
            tip = actions.add_tip(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("The tip is added. Teachers can choose it when they write a summary."))
            return redirect(tip)
    return render(request, "conferences/tip_add.html", {"school": school, "form": form})


@page(open_to=rules.hosts)
@WRITES
def tip_edit(request, pk):
    tip = found_tip(request, pk)
    shown = Shown(tip, forms.TipForm.values_of)
    form = forms.TipForm(*posted(request), school=tip.school, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.change_tip(tip, by=request.user, **form.cleaned_data)
            messages.success(request, _("The tip is saved. Families who have been given it keep it as it was."))
            return redirect(tip)
    return render(request, "conferences/tip_edit.html", {"tip": tip, "form": form})


@page(open_to=rules.hosts)
@require_POST
def tip_retire(request, pk):
    tip = found_tip(request, pk)
    with refusals_shown(request):
        actions.retire_tip(tip, by=request.user)
        messages.success(request, _("The tip is off the list. Families who have been given it keep it."))
    return redirect(tip)
