"""The organisers' programme, what is put into it, and the name tags; and what an adult presses on a home's own page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks import actions, queries
from networks.models import Activity
from networks.programme import forms
from networks.programme.icebreakers import BY_KEY, icebreakers_for
from networks.programme.queries import adults_to_ask, programme_of
from networks.programme.tags import tags_of
from networks.rules import organisers
from networks.views.finding import ask_about_names, organised
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.hats import has_hat
from portal.people.models import Role
from portal.people.overtaken import Shown


@page(open_to=organisers)
@WRITES
def programme_show(request, pk):
    gathering = organised(request, pk)
    form = forms.ActivityForm(*posted(request), adults=adults_to_ask(gathering, request.user))
    if form.is_valid():
        with refusals_as(form):
            activity = actions.add_activity(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("In the programme: %(title)s") % {"title": activity.title})
            _look_for_names(request, gathering, activity)
            return redirect("networks:programme_show", pk)
    programme = programme_of(gathering, request.user, plans=True)
    titles = {step.activity.title for step in programme.steps}
    games = [one for one in icebreakers_for(gathering.school_class.grades) if str(one.title) not in titles]
    shown = {
        "gathering": gathering,
        "board": queries.board_of(gathering, request.user),
        "tab": "programme",
        "may_gather": has_hat(request, Role.Kind.CLASS_CONTACT, gathering.school_class),
        "programme": programme,
        "icebreakers": games,
        "form": form,
    }
    return render(request, "networks/programme_show.html", shown)


@page(open_to=organisers)
@require_POST
def icebreaker_take(request, pk):
    gathering = organised(request, pk)
    game = BY_KEY.get(request.POST.get("icebreaker"))
    if game and not gathering.activities.filter(title=str(game.title)).exists():  # pressed twice it is one
        with refusals_shown(request):
            activity = actions.add_activity(gathering, by=request.user, **game.fields())
            messages.success(request, _("In the programme: %(title)s") % {"title": activity.title})
    return redirect("networks:programme_show", pk)


@page(open_to=organisers)
@WRITES
def activity_change(request, pk):
    activity = _found(request, pk)
    require(actions.change_activity.may(request.user, activity))
    adults = adults_to_ask(activity.gathering, request.user)
    shown = Shown(
        activity, forms.ActivityForm.values_of, locks=(activity.gathering,), verbs=("networks.activity_given_back",)
    )
    form = forms.ActivityForm(*posted(request), adults=adults, leads=activity.led_by, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.change_activity(activity, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            _look_for_names(request, activity.gathering, activity)
            return redirect("networks:programme_show", activity.gathering_id)
    return render(request, "networks/activity_change.html", {"activity": activity, "form": form})


@page(open_to=organisers)
@require_POST
def activity_move(request, pk):
    activity = _found(request, pk)
    require(actions.move_activity.may(request.user, activity))
    with refusals_shown(request):
        actions.move_activity(activity, by=request.user, up="up" in request.POST)
    return redirect("networks:programme_show", activity.gathering_id)


@page(open_to=organisers)
@require_POST
def activity_remove(request, pk):
    activity = _found(request, pk)
    require(actions.remove_activity.may(request.user, activity))
    with refusals_shown(request):
        actions.remove_activity(activity, by=request.user)
        messages.success(request, _("Taken out of the programme."))
    return redirect("networks:programme_show", activity.gathering_id)


@page(open_to=organisers)
@require_safe
def tag_sheet(request, pk):
    gathering = organised(request, pk)
    return render(request, "networks/tag_sheet.html", {"gathering": gathering, "pages": tags_of(gathering)})


def _look_for_names(request, gathering, activity):
    """Families read what happens, and who leads it."""
    ask_about_names(request, queries.maybe_names_in(gathering, request.user, activity.title, activity.leader))


def say_about_leading(request, gathering, person):
    """Yes or no to leading something, on the page of a home's answer. What nobody asks any more says so."""
    form = forms.LeadForm(*posted(request), gathering=gathering, person=person)
    if not form.is_valid():
        messages.error(request, _("You are not asked to lead this any more."))
        return
    lead, leave = form.cleaned_data["lead"], form.cleaned_data["leave"]
    with refusals_shown(request):
        if lead:
            actions.agree_to_lead(lead, by=person)
            messages.success(request, _("Thank you. Your first name stands in the programme: %(title)s") % _named(lead))
        elif leave:
            actions.give_activity_back(leave, by=person)
            messages.success(request, _("Given back, and the organisers are told: %(title)s") % _named(leave))


def _named(activity):
    return {"title": activity.title}


def _found(request, pk):
    activities = Activity.objects.visible_to(request.user)
    return get_object_or_404(activities.select_related("gathering__school_class__school"), pk=pk)
