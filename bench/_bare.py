"""The limit that pages and bookings are measured against: Django with a session, a person and as little else as
possible.

A page reads the rows that ours shows, by the usual means, and writes what each says: when, who, with whom, where. It
has no frame, checks no rights and speaks one language.
"""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect

from conferences.models import Booking, Conference, ConferenceSlot
from portal.people.models import GuardianRelation


def page_of(row):
    return engines["django"].from_string(
        "<!doctype html><title>{{ title }}</title><ul>{% for row in rows %}<li>" + row + "</li>{% endfor %}</ul>"
    )


SLOTS = page_of(  # of several days, so each says its own, as ours does above them
    """{{ row.starts_at|date:"j F H:i" }} """
    """{% if row.booking %}taken{% else %}<button name="time" value="{{ row.pk }}">free</button>{% endif %}"""
)
TALKS = page_of(
    """{{ row.booking.starts_at|time:"H:i" }} <a href="{{ row.pk }}">{{ row.pupil.full_name }}</a> """
    """{% for one in row.pupil.guardian_relations.all %}{{ one.guardian.given_name }} {% endfor %}"""
    """{{ row.booking.slot.room.name }}"""
)
GRID = page_of(
    """{{ row.teacher.full_name }} {{ row.starts_at|time:"H:i" }} """
    """<a href="{{ row.booking.conference.pk }}">{{ row.booking.conference.pupil.given_name }}</a> {{ row.room.name }}"""
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
    """Session, person, one query."""
    rows = ConferenceSlot.objects.filter(teacher=pk).select_related("booking").order_by("starts_at")
    return HttpResponse(SLOTS.render({"title": "Slots", "rows": rows}))


@login_required
def talks(request, pk):
    """Session, person, two queries."""
    relations = GuardianRelation.objects.select_related("guardian")
    rows = (
        Conference.objects.filter(teacher=pk)
        .select_related("booking__slot__room", "pupil")
        .prefetch_related(Prefetch("pupil__guardian_relations", relations))
        .order_by("booking__starts_at")
    )
    return HttpResponse(TALKS.render({"title": "Talks", "rows": rows}))


@login_required
def grid(request, pk):
    """Session, person, one query."""
    rows = ConferenceSlot.objects.filter(round=pk).select_related("teacher", "room", "booking__conference__pupil")
    return HttpResponse(GRID.render({"title": "Grid", "rows": rows.order_by("teacher", "starts_at")}))


urlpatterns = [
    path("book/<int:pk>/", book),
    path("slots/<int:pk>/", slots),
    path("talks/<int:pk>/", talks),
    path("grid/<int:pk>/", grid),
]
