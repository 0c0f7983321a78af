"""What families propose: the list everyone in the class sees, a new one, support, and the answer."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks import actions
from networks.forms import GatheringForm
from networks.names.checking import look_through_whole
from networks.topics import queries, rules
from networks.topics.forms import ProposalAnswerForm, ProposalForm, values_for
from networks.topics.views.finding import class_around, found_proposal
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import class_contacts


@page(open_to=rules.around_a_class)
@require_safe
def proposal_list(request, pk):
    shown = queries.proposal_page(class_around(request, pk), request.user, request.GET.get("page"))
    return render(request, "networks/proposal_list.html", {"page": shown})


def _look(request, school_class):
    return partial(look_through_whole, [school_class], request.user)


@page(open_to=rules.around_a_class)
@WRITES
def proposal_add(request, pk):
    school_class = class_around(request, pk)
    require(actions.propose.may(request.user, school_class))
    form = ProposalForm(*posted(request), proposer=request.user, look=_look(request, school_class))
    if form.is_valid():
        with refusals_as(form):
            proposal = actions.propose(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your proposal stands here for the whole class."))
            return redirect(proposal)
    return render(request, "networks/proposal_add.html", {"school_class": school_class, "form": form})


@page(open_to=rules.around_a_class)
@require_POST
def proposal_support(request, pk):
    proposal = found_proposal(request, pk)
    require(actions.support.may(request.user, proposal))
    with refusals_shown(request):
        actions.support(proposal, by=request.user)
        messages.success(request, _("Saved: your home supports this."))
    return redirect(proposal)


@page(open_to=rules.around_a_class)
@require_POST
def proposal_take_back(request, pk):
    proposal = found_proposal(request, pk)
    require(actions.take_back.may(request.user, proposal))
    with refusals_shown(request):
        actions.take_back(proposal, by=request.user)
        messages.success(request, _("Taken back. You can change your mind again."))
    return redirect(proposal)


@page(open_to=rules.around_a_class)
@WRITES
def proposal_answer(request, pk):
    proposal = found_proposal(request, pk)
    require(actions.answer_proposal.may(request.user, proposal))
    form = ProposalAnswerForm(*posted(request), look=_look(request, proposal.school_class))
    if form.is_valid():
        with refusals_as(form):
            actions.answer_proposal(proposal, by=request.user, **form.cleaned_data)
            messages.success(request, _("Answered. Whoever proposed it is told."))
            return redirect(proposal)
    shown = {"proposal": proposal, "row": queries.proposal_row(proposal, request.user), "form": form}
    return render(request, "networks/proposal_answer.html", shown)


@page(open_to=class_contacts)
@WRITES
def proposal_gather(request, pk):
    proposal = found_proposal(request, pk)
    require(actions.gather_for.may(request.user, proposal))
    school_class = proposal.school_class
    form = GatheringForm(*posted(request), school=school_class.school, initial=values_for(proposal))
    if form.is_valid():
        with refusals_as(form):
            gathering = actions.gather_for(proposal, by=request.user, **form.cleaned_data)
            messages.success(request, _("Taken up. Whoever proposed it is told, and the gathering is a draft."))
            return redirect("networks:inclusion_check", gathering.pk)
    shown = {"proposal": proposal, "row": queries.proposal_row(proposal, request.user), "form": form}
    wished = queries.wished_topics(school_class, request.user)
    return render(request, "networks/proposal_gather.html", shown | {"wished": wished, "school_class": school_class})
