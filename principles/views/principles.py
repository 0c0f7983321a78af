"""What everybody reads, without signing in, and what is recorded about a principle as a whole."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, anyone, page, require
from portal.actions import refusals_as
from portal.clock import MINUTE
from portal.forms import posted
from portal.people.hats import worn
from portal.people.overtaken import Shown
from principles import actions, queries
from principles.descent.queries import became
from principles.force import force_of
from principles.forms import CompareForm, ManageForm, RepealForm, SearchForm
from principles.library.queries import departure_of
from principles.models import COMMON, Principle
from principles.readership.counting import count_reading
from principles.readership.queries import readings_of
from principles.references.queries import ties_of
from principles.rules import writers


def principle_seen(request, place, slug):
    """404 when the reader may not even know that it exists."""
    at = {"school": None, "municipality": queries.place_of(place)} if place == COMMON else {"school__number": place}
    principles = Principle.objects.visible_to(request.user).select_related("school__municipality", "municipality")
    return get_object_or_404(principles, slug=slug, **at)


@page(open_to=anyone, kept=MINUTE)
@require_safe
def principle_list(request, place=None):
    if place is None:
        return _which_place(request)
    place = queries.place_of(place)
    form = SearchForm(request.GET if request.GET.get("q", "").strip() else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "place": place,
        "school": place,
        "place_key": queries.key_of(place),
        "form": form,
        "words": words,
        "hits": queries.search(place, request.user, words) if words else [],
        "rows": queries.principles_at(place, request.user),
        "common": queries.common_to(place, request.user),
        "may_draft": request.user.is_authenticated and actions.draft_principle.may(request.user, place),
    }
    return render(request, "principles/principle_list.html", context)


def _which_place(request):
    places = queries.places_with_principles(request.user)
    own = queries.own_places(request.user, worn(request)[0]) if request.user.is_authenticated else []
    if len(own) == 1:
        return redirect("principles:principle_list", queries.key_of(own[0]))
    rows = [
        {"url": queries.address_of(place), "title": str(place), "icon": "Compass", "color": "principles"}
        for place in own or places
    ]
    return render(request, "principles/place_list.html", {"rows": rows})


@page(open_to=anyone, kept=MINUTE)
@require_safe
def principle_detail(request, place, slug):
    read = queries.read_page(principle_seen(request, place, slug), request.user)
    return _version_page(request, read) if read else redirect("principles:draft_detail", place, slug)


@page(open_to=anyone, kept=MINUTE)
@require_safe
def version_detail(request, place, slug, number):
    read = queries.read_page(principle_seen(request, place, slug), request.user, number)
    if read is None:
        raise Http404
    return _version_page(request, read)


def _version_page(request, read):
    principle, version = read.principle, read.version
    steps = became(read.before, version)
    may_revise = request.user.is_authenticated and actions.draft_revision.may(request.user, principle)
    if not may_revise:
        count_reading(request, version)
    context = {
        "read": read,
        "place": principle.place,
        "school": principle.place,
        "place_key": principle.place_key,
        "draft": read.draft if may_revise else None,
        "may_revise": may_revise,
        "may_repeal": may_revise
        and read.standing == "in_force"
        and actions.repeal_principle.may(request.user, principle),
        "heard": version.hearings.filter(closed_at__isnull=False).first(),
        "became": steps,
        "has_news": bool(read.changes or (steps and not steps.is_same)),
        "departure": departure_of(version, read.parts),
        "force": force_of(principle),
        "readings": readings_of(version) if may_revise else [],
        "ties": ties_of(principle, request.user),
        "for_pupils": version.communications.filter(audience="pupils", done_at__isnull=False).first(),
        "decided": (decided := getattr(version, "adoption", None)),
        "corrected": decided.corrections.first() if decided else None,
        "has_result": principle.versions.filter(supervisions__results__isnull=False).exists(),
    }
    return render(request, "principles/version_detail.html", context)


@page(open_to=anyone, kept=MINUTE)
@require_safe
def principle_changes(request, place, slug):
    principle = principle_seen(request, place, slug)
    versions = principle.versions.visible_to(request.user)
    newest = list(versions[:2])
    if len(newest) < 2:
        raise Http404
    chosen = request.GET if "old" in request.GET else {"old": newest[1].number, "new": newest[0].number}
    form = CompareForm(chosen, versions=versions)
    if not form.is_valid():
        raise Http404
    old, new = sorted(form.cleaned_data.values(), key=lambda version: version.number)
    context = {
        "principle": principle,
        "place": principle.place,
        "school": principle.place,
        "old": old,
        "new": new,
        "form": form,
        "changes": queries.changes_between(old, new),
        "became": became(old, new),
        "beside": request.GET.get("view") == "beside",
    }
    return render(request, "principles/principle_changes.html", context)


@page(open_to=writers)
@WRITES
def principle_keep(request, place, slug):
    principle = principle_seen(request, place, slug)
    require(actions.manage_principle.may(request.user, principle))
    form = ManageForm(*posted(request), shown=Shown(principle, ManageForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.manage_principle(principle, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(principle)
    return render(
        request, "principles/principle_keep.html", {"principle": principle, "place": principle.place, "form": form}
    )


@page(open_to=writers)
@WRITES
def principle_repeal(request, place, slug):
    principle = principle_seen(request, place, slug)
    require(actions.repeal_principle.may(request.user, principle))
    form = RepealForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.repeal_principle(principle, by=request.user, **form.cleaned_data)
            messages.success(request, _("The page now says until when the principle applies."))
            return redirect(principle)
    return render(
        request, "principles/principle_repeal.html", {"principle": principle, "place": principle.place, "form": form}
    )
