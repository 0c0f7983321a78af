"""What a home tells in confidence, and what a member of staff was told."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import Person, keys_of
from portal.people.rules import kin, reachable_staff
from principles.confided import actions, queries
from principles.confided.forms import ConfidenceForm
from principles.confided.models import Confidence


@never_cache
@page(open_to=kin)
@require_safe
def confidence_list(request, key):
    child = _child(request, key)
    shown = {"child": child, "rows": queries.confidences_of(child, request.user)}
    return render(request, "principles/confided/confidence_list.html", shown)


@never_cache
@page(open_to=kin, anonymous=True)  # what is told is not kept for an hour when the session has run out
@WRITES
def confidence_write(request, key):
    child = _child(request, key)
    found, end = queries.candidates(child, request.user), queries.usual_end(child, timezone.localdate())
    form = ConfidenceForm(*posted(request), found=found, person=request.user, end=end)
    if form.is_valid():
        with refusals_as(form):
            actions.confide(child, by=request.user, **form.said)
            messages.success(request, _("It is told. You see here who opens it, and when."))
            return redirect("principles:confidence_list", child.key)
    schools = list(dict.fromkeys(one.school for one in found))
    shown = {"child": child, "form": form, "found": found, "person": request.user, "schools": schools}
    return render(request, "principles/confided/confidence_write.html", shown)


@page(open_to=kin)
@require_POST
def confidence_take_back(request, pk):
    confidence = get_object_or_404(Confidence.objects.of_home(request.user).select_related("pupil"), pk=pk)
    with refusals_shown(request):
        actions.take_back_confidence(confidence, by=request.user)
        messages.success(request, _("It is taken back and deleted."))
    return redirect("principles:confidence_list", confidence.pupil.key)


@page(open_to=reachable_staff)
@require_safe
def confidence_received(request):
    shown = {"rows": queries.received_by(request.user)}
    return render(request, "principles/confided/confidence_received.html", shown)


@never_cache
@page(open_to=reachable_staff)
@require_safe
def confidence_read(request, pk):
    """Every look is written down, and the family sees it."""
    told = Confidence.objects.told_to(request.user).select_related("pupil", "told_by", "school")
    confidence = get_object_or_404(told, pk=pk)
    actions.read_confidence(confidence, by=request.user)
    classes = queries.classes_of([confidence.pupil_id])[confidence.pupil_id]
    shown = {"confidence": confidence, "classes": classes}
    return render(request, "principles/confided/confidence_read.html", shown)


def _child(request, key):
    """The person's own child; for the child itself, and for everybody else, there is nothing here."""
    own = Person.objects.filter(pk__in=keys_of.children(request.user))
    child = get_object_or_404(own, key=key)
    if not actions.confide.may(request.user, child):
        raise Http404
    return child
