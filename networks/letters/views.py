"""Letters on paper: printed by the class contact or the office, and answered by their code on any phone."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks import actions
from networks.forms import AnswerForm
from networks.letters import queries, rules
from networks.letters.forms import LetterCodeForm
from networks.letters.homes import paper_page
from networks.letters.paper import letters_pdf
from networks.models import Gathering
from networks.views.finding import say_if_full
from portal.access import WRITES, anyone, page, require
from portal.actions import refusals_shown
from portal.forms import posted
from portal.messaging.tokens import path_of
from portal.people.models import School
from portal.people.rules import office

WRONG_CODES = {"wrong_letter_code": "20/10m/ip"}


@page(open_to=anyone)
@WRITES
def letter_enter(request):
    """Nothing is saved here: a code leads to the home's own page, which says for whom one answers. Each try counts before
    it is looked at, and a right one is given back. Wrong, worn out and never printed are told alike."""
    form = LetterCodeForm(*posted(request))
    if form.is_valid():
        tried = ratelimit.consume(request, app="networks", action="wrong_letter_code", config=WRONG_CODES)
        if not tried:
            form.add_error("code", _("Too many wrong codes. Wait ten minutes, or call the school."))
        elif link := queries.link_by_code(form.cleaned_data["code"]):
            tried.rollback()
            return redirect(path_of(link))
        else:
            form.add_error("code", _("This code does not work. Look at the letter again, or call the school."))
    return render(request, "networks/letter_enter.html", {"form": form})


@page(open_to=office)
@require_safe
def letters_due(request):
    gatherings = queries.on_paper(School.objects.run_by(request.user))
    return render(request, "networks/letters_due.html", {"gatherings": gatherings})


@page(open_to=rules.printers)
@require_safe
def letter_list(request, pk):
    gathering = _found(request, pk)
    shown = {"gathering": gathering, "page": paper_page(gathering, request.user)}
    shown["organises"] = Gathering.objects.organised_by(request.user).filter(pk=pk).exists()
    return render(request, "networks/letter_list.html", shown)


@page(open_to=rules.printers)
@require_POST
def letters_print(request, pk):
    gathering = _found(request, pk)
    with refusals_shown(request):
        return _paper(gathering, actions.print_letters(gathering, by=request.user))
    return redirect("networks:letter_list", pk)


@page(open_to=rules.printers)
@require_POST
def letter_print(request, pk, home):
    gathering = _found(request, pk)
    household = get_object_or_404(queries.homes_known_to(request.user, gathering), pk=home)
    require(actions.print_letter.may(request.user, gathering, household=household))
    with refusals_shown(request):
        return _paper(gathering, actions.print_letter(gathering, by=request.user, household=household))
    return redirect("networks:letter_list", pk)


@page(open_to=rules.printers)
@require_POST
def home_told(request, pk, home):
    gathering = _found(request, pk)
    household = get_object_or_404(queries.homes_known_to(request.user, gathering), pk=home)
    require(actions.note_told.may(request.user, gathering, household=household))
    with refusals_shown(request):
        actions.note_told(gathering, by=request.user, household=household)
        messages.success(request, _("Written down: they have been told."))
    return redirect("networks:letter_list", pk)


@page(open_to=office)
@require_POST
def office_answer(request, pk, home):
    gathering = _found(request, pk)
    household = get_object_or_404(queries.homes_known_to(request.user, gathering), pk=home)
    require(actions.answer_by_office.may(request.user, gathering, household=household))
    form = AnswerForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.answer_by_office(gathering, by=request.user, household=household, **form.cleaned_data)
            messages.success(request, _("The answer is written down, by the office on behalf of the family."))
            say_if_full(request, gathering, household)
    return redirect("networks:letter_list", pk)


def _found(request, pk):
    gatherings = queries.written_about_by(request.user).select_related(
        "school_class__school", "school_class__year", "poll"
    )
    return get_object_or_404(gatherings, pk=pk)


def _paper(gathering, printed):
    answer = HttpResponse(letters_pdf(gathering, printed), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{gathering.pk}-{len(printed)}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
