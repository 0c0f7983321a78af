"""Inspiration texts: a shelf, one of them to read and to copy, and how a principle has come to differ from its own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, anyone, page, require
from portal.actions import refusals_shown
from principles import queries
from principles.library import actions
from principles.library.queries import departure_of
from principles.library.shelf import SHELF
from principles.rules import writers
from principles.views.principles import principle_seen


@page(open_to=writers)
@require_safe
def inspiration_list(request, place):
    place = queries.place_of(place)
    require(actions.copy_inspiration.may(request.user, place))
    context = {"place": place, "place_key": queries.key_of(place), "shelf": SHELF.values()}
    return render(request, "principles/library/inspiration_list.html", context)


@page(open_to=writers)
@WRITES
def inspiration_show(request, place, key):
    place = queries.place_of(place)
    if key not in SHELF:
        raise Http404
    require(actions.copy_inspiration.may(request.user, place))
    if request.method == "POST":
        with refusals_shown(request):
            version = actions.copy_inspiration(place, by=request.user, inspiration=SHELF[key])
            messages.success(request, _("The draft is saved. Only those who write principles see it."))
            return redirect(version)
    context = {"place": place, "place_key": queries.key_of(place), "inspiration": SHELF[key]}
    return render(request, "principles/library/inspiration_show.html", context)


@page(open_to=anyone)
@require_safe
def inspiration_changes(request, place, slug):
    """Of the newest version that the reader sees: a draft for those who write it, else what is public."""
    principle = principle_seen(request, place, slug)
    version = get_object_or_404(principle.versions.visible_to(request.user).order_by("-number")[:1])
    departure = departure_of(version)
    if departure is None:
        raise Http404
    shown = {"version": version, "departure": departure}
    context = {"place": principle.place, "place_key": principle.place_key, **shown}
    return render(request, "principles/library/inspiration_changes.html", context)
