"""The limit that pages and bookings are held against: Django with a session, a person and as little else as may be."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect

from conferences.models import Booking, Conference, ConferenceSlot

ROWS = engines["django"].from_string(
    "<!doctype html><title>{{ title }}</title><ul>{% for row in rows %}<li>{{ row.starts_at }} {{ row.pk }}</li>"
    "{% endfor %}</ul>"
)


@login_required
@csrf_protect
def book(request, pk):
    """Lock the slot, look, insert: what a careful programmer writes with the ORM."""
    with transaction.atomic():
        slot = ConferenceSlot.objects.select_for_update().get(pk=request.POST["slot"])
        if Booking.objects.filter(slot=slot).exists():
            return HttpResponse("taken", status=409)
        Booking.objects.create(
            conference_id=int(request.POST["conference"]),
            slot=slot,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            booked_by=request.user,
            booked_at=timezone.now(),
        )
    return HttpResponse("booked")


@login_required
def slots(request, pk):
    """A page with the slots of one teacher: session, person, one query."""
    rows = ConferenceSlot.objects.filter(teacher=pk).order_by("starts_at")
    return HttpResponse(ROWS.render({"title": "Slots", "rows": rows}))


@login_required
def talks(request, pk):
    """A page with the talks of one teacher: session, person, one query."""
    rows = Conference.objects.filter(teacher=pk).select_related("booking", "pupil")
    return HttpResponse(ROWS.render({"title": "Talks", "rows": rows}))


@login_required
def grid(request, pk):
    """A page with every teacher's slots of one round: session, person, one query."""
    rows = ConferenceSlot.objects.filter(round=pk).select_related("teacher", "booking__conference__pupil")
    return HttpResponse(ROWS.render({"title": "Grid", "rows": rows.order_by("teacher", "starts_at")}))


urlpatterns = [
    path("book/<int:pk>/", book),
    path("slots/<int:pk>/", slots),
    path("talks/<int:pk>/", talks),
    path("grid/<int:pk>/", grid),
]
