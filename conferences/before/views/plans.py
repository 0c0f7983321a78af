"""The pages of the plan that is read before the talk: attached, sent, opened."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from conferences import actions
from conferences.before.files import MOST_BYTES
from conferences.before.forms.plans import PlanForm, PlansForm
from conferences.before.queries import plans as queries
from conferences.models import Conference, ConferenceRound, LearningPlanRef
from portal.access import MEGABYTE, WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import teachers
from portal.uploads import download, takes_files


def round_with_plans(request, pk):
    round = get_object_or_404(ConferenceRound.objects.visible_to(request.user).select_related("school"), pk=pk)
    require(actions.send_plans.may(request.user, round))
    return round


def found_plan(request, pk):
    plans = LearningPlanRef.objects.visible_to(request.user)
    return get_object_or_404(plans.select_related("conference__pupil", "conference__school_class__school"), pk=pk)


@page(open_to=teachers)
@require_safe
def plan_list(request, pk):
    shown = queries.plan_page(round_with_plans(request, pk), request.user)
    states = [(row, *queries.plan_state(row)) for row in shown.rows]
    return render(request, "conferences/plan_list.html", {"page": shown, "rows": states, "round": shown.round})


@page(open_to=teachers, body=200 * MEGABYTE)  # the plans of a class
@WRITES
@takes_files(MOST_BYTES)
def plans_add(request, pk):
    shown = queries.plan_page(round_with_plans(request, pk), request.user)
    form = PlansForm(*posted(request), rows=shown.rows)
    if form.is_valid():
        with refusals_as(form):
            laid = actions.add_plans(shown.round, by=request.user, plans=form.cleaned_data["plans"])
            _tell_laid(request, laid, form.left_over)
            return redirect("conferences:plan_list", shown.round.pk)
    return render(request, "conferences/plans_add.html", {"page": shown, "form": form, "round": shown.round})


def _tell_laid(request, laid, left_over):
    done = ngettext(
        "%(n)s file lies ready. Check the name before you send it.",
        "%(n)s files lie ready. Check the names before you send them.",
        laid,
    )
    messages.success(request, done % {"n": laid})
    if left_over:
        messages.warning(
            request,
            _("We could not tell whose these are: %(files)s. Add each of them beside the child's name.")
            % {"files": ", ".join(left_over)},
        )


@page(open_to=teachers, body=40 * MEGABYTE)  # a file that is too large is named beside its field
@WRITES
@takes_files(MOST_BYTES)
def plan_add(request, pk):
    conference = get_object_or_404(
        Conference.objects.visible_to(request.user).select_related("pupil", "round", "school_class__school"),
        pk=pk,
        round__isnull=False,  # plans are sent by round
    )
    require(actions.add_plan.may(request.user, conference))
    label = queries.plan_label_of(conference.school_class.school)
    form = PlanForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.add_plan(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _("It lies ready. Nobody at home sees it until you send it."))
            return redirect("conferences:plan_list", conference.round_id)
    return render(request, "conferences/plan_add.html", {"conference": conference, "form": form, "label": label})


@page(open_to=teachers)
@WRITES
def plans_send(request, pk):
    shown = queries.plan_page(round_with_plans(request, pk), request.user)
    if request.method == "POST":
        with refusals_shown(request):
            sent = actions.send_plans(shown.round, by=request.user)
            said = ngettext("Sent for %(n)s child.", "Sent for %(n)s children.", sent)
            messages.success(request, said % {"n": sent})
        return redirect("conferences:plan_list", shown.round.pk)
    return render(request, "conferences/plans_send.html", {"page": shown, "round": shown.round})


@page(open_to=signed_in)
@never_cache
@WRITES
def plan_open(request, pk):
    plan = found_plan(request, pk)
    if request.method == "POST":
        actions.open_plan(plan, by=request.user)
        if plan.file:
            return download(plan.file, plan.file_name, plan.file_type)
    label = queries.plan_label_of(plan.conference.school_class.school)
    shown = {"plan": plan, "label": label, "is_opened": request.method == "POST"}
    return render(request, "conferences/plan_open.html", shown)


@page(open_to=teachers)
@require_POST
def plan_remove(request, pk):
    plan = found_plan(request, pk)
    require(actions.remove_plan.may(request.user, plan))
    with refusals_shown(request):
        actions.remove_plan(plan, by=request.user)
        messages.success(request, _("It is taken away. Nobody can open it any more."))
    return redirect("conferences:plan_list", plan.conference.round_id)
