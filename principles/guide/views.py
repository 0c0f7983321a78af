"""The guide to the right adult: first those around the child, and always one step from there the management. Nothing is
asked that is sent, and nothing is kept."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.access import page, signed_in
from principles.guide.queries import children_guided, guide_of, principles_of


@page(open_to=signed_in)
@require_safe
def guide_show(request, key):
    return render(request, "principles/guide/guide_show.html", {"guide": _found(request.user, key)})


@page(open_to=signed_in)
@require_safe
def guide_management(request, key):
    guide = _found(request.user, key)
    shown = {"guide": guide, "principles": principles_of(guide)}
    return render(request, "principles/guide/guide_management.html", shown)


def _found(person, key):
    return guide_of(get_object_or_404(children_guided(person), key=key), person)
