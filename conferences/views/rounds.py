"""The pages of a round and of the school's settings."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conferences import actions, rules
from conferences.forms import rounds as forms
from conferences.models import Room
from conferences.queries import rounds as queries
from conferences.queries.settings import plan_label_of, setting_of
from conferences.queries.slots import rooms_of
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.clauses import clause_of
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.own_school import own_school
from portal.speech import day


def found_round(request, pk):
    rounds = queries.visible_round(request.user.pk, pk)
    if not rounds:
        raise Http404
    return rounds[0]


def led(request, pk):
    round = found_round(request, pk)
    require(rules.can_lead_round(request.user, round))
    return round


# The rounds


@page(open_to=rules.hosts)
@require_safe
def round_list(request):
    shown = {"rows": queries.round_rows(request.user), "may_call": rules.round_leaders(request.user)}
    return render(request, "conferences/round_list.html", shown)


@page(open_to=rules.round_leaders)
@WRITES
def round_draft(request):
    school, schools = own_school(request)
    classes = queries.classes_to_call(school)
    values = forms.RoundForm.values_from(setting_of(school), school) | {"classes": classes}
    form = forms.RoundForm(*posted(request), school=school, classes=classes, initial=values)
    if form.is_valid():
        with refusals_as(form):
            round = actions.draft_round(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("The round is a draft. Teachers can offer times; families hear nothing yet."))
            return redirect(round)
    shown = {"school": school, "schools": schools, "form": form, "last": queries.last_round(school)}
    return render(request, "conferences/round_draft.html", shown)


@page(open_to=rules.hosts)
@require_safe
def round_show(request, pk):
    round = found_round(request, pk)
    require(rules.can_follow_round(request.user, round))
    leads = rules.can_lead_round(request.user, round)
    shown = {
        "round": round,
        "label": plan_label_of(round.school),
        "standing": queries.standing_of(round, request.user),
        "check": queries.check_of(round) if leads and round.is_draft else None,
        "rows": queries.teacher_rows(round) if leads else [],
        "classes": list(round.classes.all()),
        "leads": leads,
        "teaches": rules.teaches_in(request.user, round),
        "clause": clause_of(round),
    }
    return render(request, "conferences/round_show.html", shown)


@page(open_to=rules.round_leaders)
@WRITES
def round_edit(request, pk):
    round = led(request, pk)
    classes = queries.classes_to_call(round.school) | round.classes.all()
    shown = Shown(round, forms.RoundForm.values_of, verbs=("conferences.round_published",))
    form = forms.RoundForm(
        *posted(request), school=round.school, classes=classes.distinct().order_by("grades", "name"), shown=shown
    )
    if form.is_valid():
        with refusals_as(form):
            actions.change_round(round, by=request.user, **form.cleaned_data)
            messages.success(request, _("The round is saved."))
            return redirect(round)
    return render(request, "conferences/round_edit.html", {"round": round, "form": form})


@page(open_to=rules.round_leaders)
@WRITES
def round_publish(request, pk):
    round = led(request, pk)
    if not round.is_draft:
        if request.method == "POST":
            messages.info(request, _("The families are called already, or the round is called off."))
        return redirect(round)
    check = queries.check_of(round)
    form = forms.PublishForm(*posted(request), is_late=check.is_late)
    if form.is_valid():
        with refusals_as(form):
            n = actions.publish_round(round, by=request.user, **form.cleaned_data)
            messages.success(request, _called(round, n))
            return redirect(round)
    shown = {
        "round": round,
        "check": check,
        "beside": queries.beside(round),
        "is_later": _is_later(round),
        "form": form,
        "label": plan_label_of(round.school),
        "clause": clause_of(round),
    }
    return render(request, "conferences/round_publish.html", shown)


def _is_later(round):
    return round.invite_on > round.school.today()


def _called(round, n):
    if _is_later(round):
        text = ngettext(
            "All is ready. The family of %(n)s child is called on %(day)s.",
            "All is ready. The families of %(n)s children are called on %(day)s.",
            n,
        )
        return text % {"n": n, "day": day(round.invite_on)}
    return ngettext("%(n)s child is called to a talk.", "%(n)s children are called to a talk.", n) % {"n": n}


@page(open_to=rules.round_leaders)
@require_POST
def round_copy(request, pk):
    round = led(request, pk)
    with refusals_shown(request):
        made = actions.copy_round(round, by=request.user)
        messages.success(request, _("Here is a copy with new dates. Look it over."))
        return redirect("conferences:round_edit", made.pk)
    return redirect(round)


@page(open_to=rules.round_leaders)
@require_POST
def round_close(request, pk):
    round = led(request, pk)
    with refusals_shown(request):
        actions.close_round(round, by=request.user)
        messages.success(request, _("The round is closed. Talks that have a time are kept."))
    return redirect(round)


@page(open_to=rules.round_leaders)
@WRITES
def round_cancel(request, pk):
    round = led(request, pk)
    form = forms.CancelForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.cancel_round(round, by=request.user, **form.cleaned_data)
            messages.success(request, _("The round is called off. Everyone who was called is told."))
            return redirect(round)
    shown = {"round": round, "form": form, "standing": queries.standing_of(round, request.user)}
    return render(request, "conferences/round_cancel.html", shown)


@page(open_to=rules.late_readers)
@require_safe
def late_list(request):
    return render(request, "conferences/late_list.html", {"rows": queries.late_rows(request.user)})


# The school


@page(open_to=rules.round_leaders)
@WRITES
def setting_edit(request):
    school, schools = own_school(request)
    shown = Shown(school, _settings, about=setting_of)
    form = forms.SettingForm(*posted(request), label=plan_label_of(school), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.change_setting(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. New rounds begin with this."))
            return redirect(request.get_full_path())
    return render(request, "conferences/setting_edit.html", {"school": school, "schools": schools, "form": form})


def _settings(school):
    return forms.SettingForm.values_of(setting_of(school))


@page(open_to=rules.round_leaders)
@WRITES
def room_list(request):
    school, schools = own_school(request)
    form = forms.RoomForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.add_room(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("The room is on the list."))
            return redirect(request.get_full_path())
    shown = {"school": school, "schools": schools, "rooms": rooms_of(school), "form": form}
    return render(request, "conferences/room_list.html", shown)


@page(open_to=rules.round_leaders)
@require_POST
def room_remove(request, pk):
    room = get_object_or_404(Room.objects.visible_to(request.user), pk=pk)
    with refusals_shown(request):
        actions.remove_room(room, by=request.user)
        messages.success(request, _("The room is off the list."))
    return redirect("conferences:room_list")
