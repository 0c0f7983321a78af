"""The children of a class: the page of those around them, and the one that a code opens without signing in."""

from functools import partial

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks import actions
from networks.children import forms, queries
from networks.children.rules import around_the_children
from networks.forms import GatheringForm
from networks.models import ClassVote
from networks.names.checking import look_through, look_through_whole
from portal.access import WRITES, anyone, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import the_portal
from portal.people.overtaken import Shown
from portal.people.rules import class_contacts, teachers

OPENED = "class_code"
HOURS = ClassVote.HOURS * 3600
WRONG_CODES = {"wrong_class_code": "60/10m/ip"}  # a whole class sits behind one address


def _found(request, pk):
    votes = ClassVote.objects.visible_to(request.user).select_related("school_class__school", "school_class__year")
    return get_object_or_404(votes, pk=pk)


@page(open_to=around_the_children, anonymous=True)
@WRITES
def children_show(request, pk):
    """On a guardian's phone a child leaves an idea here, and nothing says whose it is."""
    school_class = queries.asked_class(request.user, pk)
    if school_class is None:
        raise Http404
    shown = queries.children_page(school_class, request.user)
    form = forms.ChildIdeaForm(*posted(request), look=partial(look_through, [school_class], request.user))
    if form.is_valid():
        with refusals_as(form):
            if shown.vote is None:
                raise Http404
            actions.leave_idea(shown.vote, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you! Your idea is in the box."))
            return redirect("networks:children_show", pk)
    return render(request, "networks/children_show.html", {"page": shown, "form": form})


@page(open_to=around_the_children)
@require_POST
def children_ask(request, pk):
    school_class = queries.asked_class(request.user, pk)
    if school_class is None:
        raise Http404
    require(actions.ask_children.may(request.user, school_class))
    with refusals_shown(request):
        actions.ask_children(school_class, by=request.user)
        messages.success(request, _("The idea box is open. Show the children the code."))
    return redirect("networks:children_show", pk)


@page(open_to=around_the_children)
@require_POST
def code_renew(request, pk):
    vote = _found(request, pk)
    require(actions.renew_code.may(request.user, vote))
    with refusals_shown(request):
        actions.renew_code(vote, by=request.user)
        slips = _("Here are new slips. Those that nobody has voted with work no longer.")
        code = _("Here is a new code. The one before works no longer.")
        messages.success(request, slips if vote.takes_votes else code)
    return redirect(vote)


@page(open_to=around_the_children)
@WRITES
def vote_open(request, pk):
    vote = _found(request, pk)
    require(actions.open_vote.may(request.user, vote))
    look = partial(look_through_whole, [vote.school_class], request.user)
    form = forms.OptionsForm(*posted(request), vote=vote, look=look)
    if form.is_valid():
        with refusals_as(form):
            actions.open_vote(vote, by=request.user, **form.cleaned_data)
            messages.success(request, _("The vote is open. Give each child a slip."))
            return redirect(vote)
    return render(request, "networks/vote_open.html", {"vote": vote, "form": form})


@page(open_to=around_the_children)
@require_POST
def vote_close(request, pk):
    vote = _found(request, pk)
    require(actions.close_vote.may(request.user, vote))
    with refusals_shown(request):
        actions.close_vote(vote, by=request.user)
        messages.success(request, _("It is closed. No code works any longer."))
    return redirect(vote)


@page(open_to=teachers)
@WRITES
def committee_choose(request, pk):
    vote = _found(request, pk)
    require(actions.choose_committee.may(request.user, vote, pupils=[]))
    form = forms.CommitteeForm(*posted(request), vote=vote, shown=Shown(vote, forms.CommitteeForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.choose_committee(vote, by=request.user, pupils=list(form.cleaned_data["pupils"]))
            messages.success(request, _("Saved. The class reads their first names."))
            return redirect(vote)
    return render(request, "networks/committee_choose.html", {"vote": vote, "form": form})


@page(open_to=class_contacts)
@WRITES
def vote_gather(request, pk):
    vote = _found(request, pk)
    require(actions.gather_from.may(request.user, vote))
    values = forms.values_chosen(vote, queries.children_in_words(vote))
    form = GatheringForm(*posted(request), school=vote.school_class.school, initial=values)
    if form.is_valid():
        with refusals_as(form):
            gathering = actions.gather_from(vote, by=request.user, **form.cleaned_data)
            return redirect("networks:inclusion_check", gathering.pk)
    return render(request, "networks/vote_gather.html", {"vote": vote, "form": form})


@page(open_to=around_the_children)
@require_safe
def ballot_list(request, pk):
    """A slip for each child who has not voted, to print, cut and hand out face down. No name stands on any."""
    vote = _found(request, pk)
    require(actions.renew_code.may(request.user, vote))
    if not vote.takes_votes:
        return redirect(vote)
    shown = {"vote": vote, "ballots": vote.ballots.all() if vote.code_works else []}
    return render(request, "networks/ballot_list.html", shown)


@page(open_to=anyone, anonymous=True)
@WRITES
def children_in(request):
    """Opened by a code and by no name: by the one of the class while there are ideas, by a slip's own for one vote. The
    cookie holds the code, so it is worth no more than the code."""
    code = request.get_signed_cookie(OPENED, "", max_age=HOURS)
    vote = queries.by_code(code)
    if vote is None or "code" in request.POST:
        return _code_asked(request)
    form = _form_of(request, vote)
    if form.is_valid():
        with refusals_as(form):
            return _taken(request, vote, form, code)
    return render(request, "networks/children_in.html", {"vote": vote, "form": form})


def _form_of(request, vote):
    if vote.takes_votes:
        return forms.VoteForm(*posted(request), vote=vote)
    return forms.ChildIdeaForm(*posted(request), look=partial(look_through, [vote.school_class], the_portal()))


def _code_asked(request):
    form = forms.VoteCodeForm(*posted(request)) if "code" in request.POST else forms.VoteCodeForm()
    if form.is_valid():
        limit = {"app": "networks", "action": "wrong_class_code", "config": WRONG_CODES}
        if not ratelimit.consume(request, dry_run=True, **limit):
            form.add_error("code", _("Too many wrong codes. Wait ten minutes, or ask your teacher."))
        elif queries.by_code(form.cleaned_data["code"]):
            answer = redirect("networks:children_in")
            code = queries.plain_code(form.cleaned_data["code"])
            answer.set_signed_cookie(OPENED, code, max_age=HOURS, **_of_cookie(request))
            return answer
        else:
            ratelimit.consume(request, **limit)
            form.add_error("code", _("This code does not work. Look at it again, or ask your teacher."))
    return render(request, "networks/children_code.html", {"form": form})


def _taken(request, vote, form, code):
    """After a vote the slip is gone, and the next child may write theirs on the same device."""
    answer = redirect("networks:children_in")
    if vote.takes_ideas:
        actions.leave_idea(vote, by=the_portal(), **form.cleaned_data)
        messages.success(request, _("Thank you! Your idea is in the box."))
    else:
        actions.cast_vote(vote, by=the_portal(), code=code, **form.cleaned_data)
        messages.success(request, _("Thank you! Your vote is counted. Nobody can see what you chose."))
        answer.delete_cookie(OPENED, path=request.path, samesite="Lax")
    return answer


def _of_cookie(request):
    return {"secure": request.is_secure(), "httponly": True, "samesite": "Lax", "path": request.path}
