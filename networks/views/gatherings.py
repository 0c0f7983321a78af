"""The pages on which a gathering is changed, checked, sent, stopped, cancelled and noted as held."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from networks import actions, forms, queries, rules
from networks.models import Invitation, Rsvp
from networks.reasons import BY_KEY, REASONS
from networks.views.finding import ask_about_names, organised
from portal.access import WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown


@page(open_to=rules.organisers)
@WRITES
def gathering_edit(request, pk):
    gathering = organised(request, pk)
    school = gathering.school_class.school
    form = forms.GatheringForm(
        *posted(request),
        school=school,
        is_known=not gathering.is_draft,
        at=gathering if gathering.has_no_time else None,
        shown=Shown(gathering, forms.GatheringForm.values_of),
    )
    if form.is_valid():
        form.cleaned_data.pop("idea")
        with refusals_as(form):
            had_room_for, with_children = gathering.capacity, _homes_with_children(gathering)
            came_of_it = actions.change_gathering(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _said(came_of_it, gathering))
            if not gathering.is_draft:  # which is looked over before it is sent
                ask_about_names(request, queries.maybe_names(gathering, request.user))
            if gathering.is_published and gathering.capacity != had_room_for:
                _said_of_room(request, gathering)
            if gathering.is_for_adults and with_children:
                messages.warning(request, _forgotten(with_children))
            return redirect("networks:gathering_send" if gathering.is_draft else "networks:gathering_organise", pk)
    homes = Invitation.objects.visible_to(request.user).filter(gathering=gathering).count()
    return render(request, "networks/gathering_edit.html", {"gathering": gathering, "form": form, "homes": homes})


def _homes_with_children(gathering):
    come = gathering.rsvps.exclude(answer=Rsvp.Answer.NO)
    return come.filter(Q(pupils__isnull=False) | Q(siblings__gt=0)).distinct().count()


def _forgotten(homes):
    words = ngettext(
        "%(n)s family had said that children come along. That is forgotten now, also if it is for children again.",
        "%(n)s families had said that children come along. That is forgotten now, also if it is for children again.",
        homes,
    )
    return words % {"n": homes}


def _said_of_room(request, gathering):
    line = queries.line_of(gathering)
    if line.is_over:
        words = _("%(n)s people have said that they come, and now there is room for %(room)s. Nobody loses a place.")
        messages.warning(request, words % {"n": line.coming_people, "room": gathering.capacity})
    elif line.next():
        messages.info(request, _("Those who wait and now have room are told, first in line first, and never at night."))


def _said(came_of_it, gathering):
    if came_of_it == "told":
        return _("The gathering is saved. Everyone who was invited is told in a few minutes.")
    if gathering.is_draft:
        return _("The gathering is saved.")
    if came_of_it == "same":
        return _("Nothing was changed, so nobody is told.")
    if came_of_it == "later":
        return _(
            "The gathering is saved. The families have been told of a change before, so no message goes out for this. It "
            "stands on their page, and in the next message they get about it."
        )
    return _("The gathering is saved, and nobody is told.")


@page(open_to=rules.organisers)
@WRITES
def inclusion_check(request, pk):
    gathering = organised(request, pk)
    shown = Shown(gathering, lambda row: {"fine": queries.thought_of(row)}, verbs=("networks.inclusion_mended",))
    form = forms.InclusionForm(*posted(request), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.check_inclusion(gathering, by=request.user, **form.cleaned_data)
            return redirect("networks:gathering_send" if gathering.is_draft else "networks:gathering_tasks", pk)
    shown = {"gathering": gathering, "form": form, "step_free": queries.needs_step_free(gathering.school_class)}
    return render(request, "networks/inclusion_check.html", shown)


@page(open_to=rules.organisers)
@WRITES
def gathering_send(request, pk):
    gathering = organised(request, pk)
    if gathering.has_no_time:
        return redirect("networks:poll_organise", pk)
    if not gathering.is_draft:
        return redirect("networks:gathering_organise", pk)
    form = forms.EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.publish_gathering(gathering, by=request.user)
            messages.success(request, _("The invitation is on its way to everyone in the class."))
            return redirect("networks:gathering_organise", pk)
    reasons = [reason for reason in REASONS if not reason.stands_in(gathering.description)]
    shown = {"gathering": gathering, "page": queries.before_sending(gathering, request.user), "reasons": reasons}
    return render(request, "networks/gathering_send.html", shown | {"form": form})


@page(open_to=rules.organisers)
@require_POST
def reason_add(request, pk):
    gathering = organised(request, pk)
    if reason := BY_KEY.get(request.POST.get("reason")):
        with refusals_shown(request):
            actions.add_reason(gathering, by=request.user, text=str(reason.text))
            messages.success(request, _("It stands in the invitation now: %(text)s") % {"text": reason.text})
    return redirect("networks:gathering_send", pk)


@page(open_to=rules.organisers)
@require_POST
def gathering_stop(request, pk):
    gathering = organised(request, pk)
    with refusals_shown(request):
        actions.stop_invitation(gathering, by=request.user)
        messages.success(request, _("The invitation is stopped. Nobody has got it, and it is a draft again."))
        return redirect("networks:gathering_send", pk)
    return redirect("networks:gathering_organise", pk)


@page(open_to=rules.organisers)
@WRITES
def gathering_cancel(request, pk):
    gathering = organised(request, pk)
    form = forms.CancelForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.cancel_gathering(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("The gathering is cancelled. Everyone who was invited is told."))
            _said_of_unreached(request, gathering)
            return redirect("networks:gathering_organise", pk)
    homes = Invitation.objects.visible_to(request.user).filter(gathering=gathering).count()
    return render(request, "networks/gathering_cancel.html", {"gathering": gathering, "form": form, "homes": homes})


def _said_of_unreached(request, gathering):
    """Those that no message reaches, and that have not said no, would come to nothing."""
    rows = [row for row in queries.board_of(gathering, request.user).rows if not row.family.reachable]
    if many := sum(1 for row in rows if row.rsvp is None or row.rsvp.answer != Rsvp.Answer.NO):
        words = ngettext(
            "No message reaches %(n)s family. Call, or send word with the child.",
            "No message reaches %(n)s families. Call, or send word with the children.",
            many,
        )
        messages.warning(request, words % {"n": many})


@page(open_to=rules.organisers)
@require_POST
def gathering_hold(request, pk):
    gathering = organised(request, pk)
    with refusals_shown(request):
        actions.note_held(gathering, by=request.user)
        messages.success(request, _("Good that you met. The gathering counts for this half of the year."))
    return redirect("networks:gathering_organise", pk)
