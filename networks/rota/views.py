"""The class contact's list of turns, and a home's own answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from networks import actions
from networks.models import Turn
from networks.rota import forms, queries
from networks.views.finding import own_class
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.rules import class_contacts, guardians


@page(open_to=class_contacts)
@require_safe
def rota_show(request, pk):
    shown = queries.rota_page(own_class(request, pk), request.user)
    return render(request, "networks/rota_show.html", {"page": shown})


@page(open_to=class_contacts)
@require_POST
def rota_draw(request, pk):
    school_class = own_class(request, pk)
    with refusals_shown(request):
        many = actions.draw_rota(school_class, by=request.user)
        said = ngettext(
            "%(n)s home has got a turn. Nobody is told.", "%(n)s homes have got a turn. Nobody is told.", many
        )
        messages.success(request, said % {"n": many})
    return redirect("networks:rota_show", pk)


@page(open_to=class_contacts)
@require_POST
def turn_ask(request, pk):
    turn, school_class = _found(request, pk)
    require(actions.ask_home.may(request.user, turn))
    with refusals_shown(request):
        actions.ask_home(turn, by=request.user)
        messages.success(request, _("The home is asked, in one message. It answers on the page of the class."))
    return redirect("networks:rota_show", school_class.pk)


@page(open_to=class_contacts)
@WRITES
def turn_move(request, pk):
    turn, school_class = _found(request, pk)
    require(actions.move_turn.may(request.user, turn))
    shown = Shown(turn, forms.TurnForm.values_of, locks=(turn.cohort,), verbs=("networks.turn_answered",))
    form = forms.TurnForm(*posted(request), halves=queries.halves_to_choose(turn), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.move_turn(turn, by=request.user, **form.cleaned_data)
            messages.success(request, _("Moved. Nobody is told before you ask."))
            return redirect("networks:rota_show", school_class.pk)
    name = queries.name_of_home(turn, request.user)
    return render(
        request, "networks/turn_move.html", {"turn": turn, "school_class": school_class, "name": name, "form": form}
    )


@page(open_to=guardians)
@require_POST
def turn_answer(request, pk):
    turn, school_class = _found(request, pk)
    require(actions.answer_turn.may(request.user, turn))
    form = forms.TurnAnswerForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.answer_turn(turn, by=request.user, is_accepted=form.is_accepted())
            messages.success(request, _said(form.is_accepted()))
    return redirect("people:class_show", school_class.pk)


def _said(is_accepted):
    if is_accepted:
        return _("Thank you. You help with the gathering of that half-year, and see the answers when it is planned.")
    return _("Passed. The class does not read who passed, and your turn comes another time.")


def _found(request, pk):
    turn = get_object_or_404(Turn.objects.visible_to(request.user).select_related("cohort__school"), pk=pk)
    school_class = turn.class_today
    if school_class is None:
        raise Http404
    return turn, school_class
