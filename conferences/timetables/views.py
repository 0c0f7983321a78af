"""A whole school's timetable: asked for, watched, reviewed, changed by hand, published."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conferences import actions, rules
from conferences.models import Conference, Placement, Timetable
from conferences.queries.said import said_about
from conferences.timetables.forms import StartForm
from conferences.timetables.queries.moving import choices_of
from conferences.timetables.queries.pages import page_of, progress_of, start_of
from conferences.timetables.queries.puzzles import guardians_told
from conferences.views.rounds import led
from portal.access import WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.messaging.outlook import outlook


def found_timetable(request, pk):
    timetables = Timetable.objects.visible_to(request.user).select_related("round__school", "asked_by")
    return get_object_or_404(timetables, pk=pk)


def placed(request, pk):
    seen = Conference.objects.visible_to(request.user).values("pk")
    placements = (
        Placement.objects.visible_to(request.user)
        .filter(conference__in=seen)
        .select_related(
            "timetable__round__school", "conference__pupil", "conference__teacher", "conference__school_class", "slot"
        )
    )
    return get_object_or_404(placements, pk=pk)


@page(open_to=rules.round_leaders)
@WRITES
def timetable_start(request, pk):
    round = led(request, pk)
    start = start_of(round)
    form = StartForm(*posted(request), offered=start.offered)
    if form.is_valid():
        with refusals_as(form):
            return redirect(actions.start_timetable(round, by=request.user, **form.cleaned_data))
    return render(request, "conferences/timetable_start.html", {"round": round, "start": start, "form": form})


@page(open_to=rules.round_leaders)
@require_safe
def timetable_show(request, pk):
    timetable = found_timetable(request, pk)
    if request.htmx:
        if not timetable.is_at_work:
            return HttpResponse(headers={"HX-Refresh": "true"})
        answer = render(request, "conferences/_timetable_progress.html", {"progress": progress_of(timetable)})
        add_never_cache_headers(answer)  # otherwise the Back button would show the fragment alone
        return answer
    shown = {"timetable": timetable, "round": timetable.round, "school": timetable.round.school}
    if timetable.is_at_work:
        shown["progress"] = progress_of(timetable)
    elif timetable.state in (Timetable.State.PROPOSED, Timetable.State.PUBLISHED):
        shown["page"] = page_of(timetable, request.user)
        if timetable.is_proposed:
            shown["outlook"] = outlook(guardians_told(timetable), category="invitations", duty=True)
    return render(request, "conferences/timetable_show.html", shown)


@page(open_to=rules.round_leaders)
@WRITES
def placement_move(request, pk):
    placement = placed(request, pk)
    choices = choices_of(placement)
    if request.method == "POST":
        chosen = next((one.slot for one in choices if str(one.slot.pk) == request.POST.get("slot")), None)
        if chosen is None:
            messages.error(request, _("This time is no longer free. Choose another one."))
            return redirect("conferences:placement_move", pk)
        with refusals_shown(request):
            actions.move_placement(placement, by=request.user, slot=chosen)
            messages.success(request, _("The talk is moved and stays there. No family has heard of it yet."))
        return redirect(placement.timetable)
    days = {}
    for choice in choices:
        days.setdefault(choice.starts_at.astimezone(placement.timetable.round.school.zone).date(), []).append(choice)
    shown = {"placement": placement, "days": days, "school": placement.timetable.round.school}
    shown["said"] = said_about([placement.conference], request.user).get(placement.conference_id)
    return render(request, "conferences/placement_move.html", shown)


@page(open_to=rules.round_leaders)
@require_POST
def placement_pin(request, pk):
    placement = placed(request, pk)
    with refusals_shown(request):
        actions.pin_placement(placement, by=request.user, pinned=request.POST.get("pinned") == "1")
    return redirect(placement.timetable)


@page(open_to=rules.round_leaders)
@require_POST
def timetable_replan(request, pk):
    timetable = found_timetable(request, pk)
    with refusals_shown(request):
        actions.replan_timetable(timetable, by=request.user)
    return redirect(timetable)


@page(open_to=rules.round_leaders)
@require_POST
def timetable_publish(request, pk):
    timetable = found_timetable(request, pk)
    with refusals_shown(request):
        actions.publish_timetable(timetable, by=request.user)
        messages.success(request, _("The families get their times now. Each can still move its own."))
    return redirect(timetable)


@page(open_to=rules.round_leaders)
@require_POST
def timetable_drop(request, pk):
    timetable = found_timetable(request, pk)
    with refusals_shown(request):
        actions.drop_timetable(timetable, by=request.user)
        messages.success(request, _("The timetable is thrown away. No family has heard of it."))
    return redirect(timetable.round)
