"""The pages about times: a teacher's own, an ill teacher's day, the whole school's grid."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conferences import actions, rules
from conferences.forms import slots as forms
from conferences.models import ConferenceSlot
from conferences.queries import rounds as rounds_queries
from conferences.queries import slots as queries
from conferences.views.rounds import found_round
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.messaging.outlook import outlook


def chosen_teacher(request, round):
    key = request.GET.get("teacher") or request.POST.get("teacher")
    if not key:
        return request.user
    try:
        return get_object_or_404(rounds_queries.teachers_of(round), key=UUID(key))
    except ValueError as forged:
        raise Http404 from forged


def times_page(round, teacher):
    return f"{reverse('conferences:round_times', args=[round.pk])}?teacher={teacher.key}"


@page(open_to=rules.hosts)
@require_safe
def round_times(request, pk):
    round = found_round(request, pk)
    teacher = chosen_teacher(request, round)
    if teacher == request.user and not rules.teaches_in(teacher, round):
        require(rules.can_lead_round(request.user, round))
        return redirect(f"{round.get_absolute_url()}#teachers")  # a leader without a class chooses whose
    require(rules.can_offer_times(request.user, round, teacher))
    days = queries.days_of(round, teacher, request.user)
    shown = {
        "round": round,
        "teacher": teacher,
        "is_own": teacher == request.user,
        "days": days,
        "free": sum(row.is_free for rows in days.values() for row in rows),
        "takes_times": round.is_draft or round.is_published,
        "add_url": f"{reverse('conferences:times_add', args=[pk])}?teacher={teacher.key}",
    }
    return render(request, "conferences/round_times.html", shown)


@page(open_to=rules.hosts)
@WRITES
def times_add(request, pk):
    round = found_round(request, pk)
    teacher = chosen_teacher(request, round)
    require(rules.can_offer_times(request.user, round, teacher))
    form = forms.TimesForm(
        *posted(request),
        school=round.school,
        rooms=queries.rooms_of(round.school),
        initial=forms.TimesForm.values_from(round),
    )
    shown = {"round": round, "teacher": teacher, "is_own": teacher == request.user, "form": form}
    if form.is_valid():
        hours, room, video_url = (form.cleaned_data[name] for name in ("hours", "room", "video_url"))
        with refusals_as(form):
            offered = actions.add_times(
                round, by=request.user, teacher=teacher, hours=hours, room=room, video_url=video_url
            )
            if offered.left_out:
                return render(request, "conferences/times_added.html", shown | {"offered": offered})
            text = ngettext("%(n)s time is added.", "%(n)s times are added.", offered.made) % {"n": offered.made}
            messages.success(request, text)
            return redirect(times_page(round, teacher))
    return render(request, "conferences/times_add.html", shown)


@page(open_to=rules.hosts)
@require_POST
def times_clear(request, pk):
    round = found_round(request, pk)
    teacher = chosen_teacher(request, round)
    require(rules.can_offer_times(request.user, round, teacher))
    with refusals_shown(request):
        n = actions.remove_empty(round, by=request.user, teacher=teacher)
        text = ngettext("%(n)s empty time is taken away.", "%(n)s empty times are taken away.", n) % {"n": n}
        messages.success(request, text)
    return redirect(times_page(round, teacher))


def found_slot(request, pk):
    slots = ConferenceSlot.objects.visible_to(request.user).select_related("round__school", "teacher")
    return get_object_or_404(slots.filter(round__isnull=False), pk=pk)


@page(open_to=rules.hosts)
@require_POST
def slot_block(request, pk):
    slot = found_slot(request, pk)
    form = forms.BlockForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.block_slot(slot, by=request.user, **form.cleaned_data)
    return redirect(f"{times_page(slot.round, slot.teacher)}#slot-{pk}")


@page(open_to=rules.hosts)
@require_POST
def slot_remove(request, pk):
    slot = found_slot(request, pk)
    with refusals_shown(request):
        actions.remove_slot(slot, by=request.user)
        messages.success(request, _("The time is taken away."))
    return redirect(times_page(slot.round, slot.teacher))


# When a teacher is ill


@page(open_to=rules.hosts)
@WRITES
def round_sick(request, pk):
    round = found_round(request, pk)
    leads = rules.can_lead_round(request.user, round)
    require(leads or rules.teaches_in(request.user, round))
    teachers = rounds_queries.all_teachers_of(round)
    who = forms.IllForm(
        request.GET or None,
        school=round.school,
        teachers=teachers if leads else teachers.filter(pk=request.user.pk),
    )
    shown = {"round": round, "who": who, "is_chosen": False}
    if not (request.GET and who.is_valid()):
        return render(request, "conferences/round_sick.html", shown)
    teacher, day = who.cleaned_data["teacher"], who.cleaned_data["day"]
    form = forms.MoveForm(*posted(request), school=round.school, day=day)
    if form.is_valid():
        with refusals_as(form):
            moved = actions.move_day(round, by=request.user, teacher=teacher, day=day, **form.cleaned_data)
            text = ngettext(
                "%(n)s talk lost its time, and the family is told.",
                "%(n)s talks lost their times, and the families are told.",
                moved.conferences,
            )
            messages.success(request, text % {"n": moved.conferences})
            return redirect(times_page(round, teacher) if rules.teaches_in(teacher, round) else round)
    ill = queries.ill_day(round, teacher, day, request.user)
    told = outlook(queries.told_when_ill(ill), category="invitations", urgent=True, duty=True)
    shown |= {"form": form, "ill": ill, "outlook": told, "is_chosen": True}
    return render(request, "conferences/round_sick.html", shown)


# The whole school


@page(open_to=rules.round_leaders)
@require_safe
def round_grid(request, pk):
    round = next(iter(queries.round_for_grid(request.user.pk, pk)), None)
    if round is None:
        raise Http404
    require(round.is_led)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = None
    grid = queries.grid_of_round(round, request.user, day)
    return render(request, "conferences/round_grid.html", {"round": round, "grid": grid})
