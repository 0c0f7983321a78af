"""The page of a gathering that anybody may be shown: who is invited, when and where, and how a family gets its own link."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from networks import wall
from portal.access import anyone, page
from portal.messaging.links import forged


@page(open_to=anyone)
@require_safe
def gathering_wall(request, token):
    """It names no person and takes no answer, and is gone when the gathering is over."""
    key = wall.key_of(token)
    if key is None:
        return forged(request)
    gathering = get_object_or_404(wall.to_come(), pk=key)
    return render(
        request, "networks/gathering_wall.html", {"gathering": gathering, "address": wall.address_of(gathering)}
    )
