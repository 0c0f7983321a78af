"""The pages of the organisers once the invitation is out: who answers, whom to reach, what is left to do, who helps."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from networks import actions, forms, queries, rules
from networks.models import Helper, Invitation
from networks.queries.ways import ways_of
from networks.views.finding import organised, say_if_full
from networks.wall import address_of
from portal.access import WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.hats import has_hat
from portal.people.models import Role
from portal.people.rules import class_contacts


def _board(request, gathering, tab):
    may_gather = has_hat(request, Role.Kind.CLASS_CONTACT, gathering.school_class)
    board = queries.board_of(gathering, request.user)
    return {"gathering": gathering, "board": board, "tab": tab, "may_gather": may_gather}


@page(open_to=rules.organisers)
@require_safe
def gathering_organise(request, pk):
    gathering = organised(request, pk)
    if gathering.has_no_time:
        return redirect("networks:poll_organise", pk)
    board = _board(request, gathering, "answers")
    is_shared = gathering.is_published and not gathering.is_over()
    shown = {
        "may_stop": queries.may_still_stop(board["board"]),
        "wall": is_shared and address_of(gathering),
        "lacks_activity": not gathering.is_over() and not gathering.has_programme,
        "narrowed": queries.narrowing_of(board["board"], forms.BoardForm(request.GET).chosen()),
    }
    return render(request, "networks/gathering_organise.html", board | shown)


@page(open_to=rules.organisers)
@require_safe
def gathering_reach(request, pk):
    gathering = organised(request, pk)
    if gathering.has_no_time:
        return redirect("networks:poll_organise", pk)
    board = _board(request, gathering, "reach")
    shown = {
        "list": queries.list_to_reach(board["board"], request.user, may_print=board["may_gather"]),
        "greeting": queries.greeting(board["board"], request.user),
        "arrives": queries.reminder_arrives(board["board"]),
    }
    return render(request, "networks/gathering_reach.html", board | shown)


@page(open_to=rules.organisers)
@require_safe
def gathering_tasks(request, pk):
    gathering = organised(request, pk)
    board, tasks = _board(request, gathering, "tasks"), queries.tasks_of(gathering, request.user)
    shown = {
        "tasks": tasks,
        "lifts": queries.lifts_of(board["board"]),
        "minding": queries.minding_of(board["board"]),
        "form": forms.HelperForm(candidates=tasks.candidates),
    }
    return render(request, "networks/gathering_tasks.html", board | shown)


@page(open_to=rules.organisers)
@WRITES
def home_reach(request, pk, home):
    gathering = organised(request, pk)
    invited = get_object_or_404(Invitation.objects.visible_to(request.user), gathering=gathering, household=home)
    form = forms.ContactForm(*posted(request), kinds=ways_of(gathering.school_class.school).kinds)
    if form.is_valid():
        with refusals_as(form):
            actions.log_contact(gathering, by=request.user, household=invited.household, **form.cleaned_data)
            messages.success(request, _("Written down. Thank you for reaching out."))
            say_if_full(request, gathering, invited.household)
            return redirect("networks:gathering_reach", pk)
    board = queries.board_of(gathering, request.user)
    may_print = has_hat(request, Role.Kind.CLASS_CONTACT, gathering.school_class)
    shown = {
        "gathering": gathering,
        "row": board.row_of(invited.household_id),
        "one": queries.list_to_reach(board, request.user, may_print=may_print).of_home(invited.household_id),
        "form": form,
        "greeting": queries.greeting(board, request.user),
    }
    return render(request, "networks/home_reach.html", shown)


@page(open_to=rules.organisers)
@require_POST
def home_answer(request, pk, home):
    gathering = organised(request, pk)
    invited = get_object_or_404(Invitation.objects.visible_to(request.user), gathering=gathering, household=home)
    form = forms.AnswerForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.answer_on_behalf(gathering, by=request.user, household=invited.household, **form.cleaned_data)
            messages.success(request, _("The answer is written down. The family is told, and can change it."))
            say_if_full(request, gathering, invited.household)
    return redirect("networks:gathering_reach", pk)


@page(open_to=rules.organisers)
@require_POST
def inclusion_mend(request, pk):
    gathering = organised(request, pk)
    form = forms.PointForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.mend_inclusion(gathering, by=request.user, **form.cleaned_data)
    return redirect("networks:gathering_tasks", pk)


@page(open_to=rules.organisers)
@require_POST
def gathering_remind(request, pk):
    gathering = organised(request, pk)
    with refusals_shown(request):
        told = actions.remind_silent(gathering, by=request.user)
        text = ngettext("%(n)s family gets a reminder.", "%(n)s families get a reminder.", told) % {"n": told}
        messages.success(request, text)
    return redirect("networks:gathering_reach", pk)


@page(open_to=class_contacts)
@require_POST
def helper_add(request, pk):
    gathering = organised(request, pk)
    form = forms.HelperForm(*posted(request), candidates=queries.tasks_of(gathering, request.user).candidates)
    if form.is_valid():
        with refusals_shown(request):
            actions.add_helper(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("They are told, and can see the answers now."))
    return redirect("networks:gathering_tasks", pk)


@page(open_to=rules.organisers)
@require_POST
def helper_remove(request, pk):
    helper = get_object_or_404(Helper.objects.visible_to(request.user).select_related("gathering__school_class"), pk=pk)
    with refusals_shown(request):
        actions.remove_helper(helper, by=request.user)
    if rules.can_organise(request.user, helper.gathering):
        return redirect("networks:gathering_tasks", helper.gathering_id)
    return redirect(reverse("networks:gathering_list"))
