"""The guide to the right adult: first those around the child, and always one step from there the management. Nothing is
asked that is sent, and nothing is kept. When children disagree, the parents of the other child come first."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, anyone, page, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.own_school import own_school
from portal.people.queries.children import own_children
from portal.people.rules import guardians, office, pupils
from principles.clauses import first_points
from principles.guide import actions
from principles.guide.forms import FirstContactForm
from principles.guide.queries import (
    beside,
    call_to,
    first_contact_at,
    guide_of,
    principles_of,
    stages_for_all,
    stages_of,
    wards_guided,
)
from principles.guide.words import STARTERS


@page(open_to=signed_in)
@require_safe
def guide_show(request, key):
    guide = _found(request.user, key)
    shown = {"guide": guide, "points": first_points(guide.places)}
    return render(request, "principles/guide/guide_show.html", shown)


@page(open_to=signed_in)
@require_safe
def guide_management(request, key):
    guide = _found(request.user, key)
    shown = {"guide": guide, "principles": principles_of(guide)}
    return render(request, "principles/guide/guide_management.html", shown)


@page(open_to=office)
@WRITES
def guide_first(request):
    school, schools = own_school(request)
    shown = Shown(school, _said_first, about=first_contact_at)
    form = FirstContactForm(*posted(request), school=school, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.choose_first_contact(school, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("Saved. Families read it where they look for an adult, as long as it is in force.")
            )
            return redirect(request.get_full_path())
    shown = {"school": school, "schools": schools, "form": form}
    return render(request, "principles/guide/guide_first.html", shown)


def _said_first(school):
    return FirstContactForm.values_of(first_contact_at(school))


@page(open_to=guardians)
@require_safe
def conflict_choose(request):
    """From a page that is about no child. Whoever has one child is led on."""
    children = list(wards_guided(request.user).in_name_order())
    if len(children) == 1:
        return redirect("principles:conflict_show", children[0].key)
    return render(request, "principles/guide/conflict_choose.html", {"children": children})


@page(open_to=signed_in)
@require_safe
def conflict_show(request, key):
    child = _ward(request.user, key)
    shown = {"guide": guide_of(child, request.user), "beside": beside(child, request.user), "starters": STARTERS}
    return render(request, "principles/guide/conflict_show.html", shown)


@page(open_to=signed_in, anonymous=True)
@WRITES
def conflict_call(request, key, place):
    child = _ward(request.user, key)
    call = call_to(child, request.user, place)
    if call is None:
        raise Http404
    if request.method == "POST":
        actions.ask_to_be_called(child, by=request.user, place=place)
        messages.success(request, _("We have passed it on where we can. Now it is their turn to call."))
        return redirect("principles:conflict_call", key, place)
    return render(request, "principles/guide/conflict_call.html", {"call": call, "starters": STARTERS})


@page(open_to=anyone)
@require_safe
def stage_list(request):
    return render(request, "principles/guide/stage_list.html", {"stages": stages_for_all()})


@page(open_to=signed_in)
@require_safe
def stage_show(request, key):
    guide = _found(request.user, key)
    shown = {"guide": guide, "stages": stages_of(guide), "principles": principles_of(guide)}
    return render(request, "principles/guide/stage_show.html", shown)


def _found(person, key):
    """From 12 also the child itself."""
    return guide_of(get_object_or_404(own_children(person, itself=pupils(person)), key=key), person)


def _ward(person, key):
    return get_object_or_404(wards_guided(person), key=key)
