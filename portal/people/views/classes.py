"""The page of a class for everyone in it, and the list that its contact may print."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access import page, require, signed_in
from portal.class_page import parts_of
from portal.people.models import SchoolClass
from portal.people.queries import class_page
from portal.people.rules import class_contacts, contacts
from portal.standing import asked_once


@page(open_to=signed_in)
@require_safe
def class_show(request, pk):
    school_class = _found(request.user, pk)
    with asked_once():
        parts = parts_of(school_class, request.user)
    shown = class_page(school_class, request.user)
    return render(request, "people/class_show.html", {"page": shown, "parts": parts})


@page(open_to=class_contacts)
@require_safe
def class_list(request, pk):
    school_class = _found(request.user, pk)
    require(contacts(request.user, school_class))
    shown = class_page(school_class, request.user)
    return render(request, "people/class_list.html", {"page": shown, "printed_at": timezone.now()})


def _found(person, pk):
    return get_object_or_404(SchoolClass.objects.followed_by(person).select_related("school", "year"), pk=pk)
