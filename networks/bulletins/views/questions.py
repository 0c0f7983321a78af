"""What a home asks about a notice, and its answers: read by whoever sent it, by that home, or beneath the notice by all."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from networks.bulletins import actions, forms, rules
from networks.bulletins.checking import check_text
from networks.bulletins.views.bulletins import visible
from networks.models import BulletinAnswer, BulletinQuestion
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import guardians


@page(open_to=guardians)
@WRITES
def question_ask(request, pk):
    bulletin = visible(request, pk)
    require(actions.ask_question.may(request.user, bulletin))
    form = forms.QuestionForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.ask_question(bulletin, by=request.user, **form.cleaned_data)
            messages.success(request, _("Asked. Only whoever sent the notice reads it."))
            return redirect(bulletin)
    return render(request, "networks/question_ask.html", {"bulletin": bulletin, "form": form})


@page(open_to=rules.writers)
@WRITES
def question_answer(request, pk):
    questions = BulletinQuestion.objects.visible_to(request.user).select_related("bulletin__school_class__school")
    question = get_object_or_404(questions, pk=pk)
    require(rules.can_answer_question(request.user, question))
    bulletin = question.bulletin
    if request.method != "POST" and not question.is_open:
        return redirect(bulletin)
    form = forms.QuestionAnswerForm(*posted(request), look=_look(request, bulletin))
    if form.is_valid():
        with refusals_as(form):
            messages.success(request, _answer(question, request.user, **form.cleaned_data))
            return redirect(bulletin)
    shown = {"bulletin": bulletin, "question": question, "form": form}
    return render(request, "networks/question_answer.html", shown)


def _look(request, bulletin):
    """What one home alone reads may name its child."""
    return lambda text: check_text(bulletin, request.user, text if request.POST.get("for_all") else "")


def _answer(question, person, *, answer, for_all, not_names):
    if not for_all:
        actions.answer_home(question, by=person, answer=answer)
        return _("Answered. Only the home that asked reads it.")
    made = actions.answer_all(question, by=person, answer=answer, not_names=not_names)
    if made.waits_openly:
        return _("The answer waits for release. It stands beneath the notice when it is released.")
    return _("Answered. The home that asked is told, unless somebody has to read it first.")


def _standing(request, pk):
    answers = BulletinAnswer.objects.visible_to(request.user).select_related("bulletin__school_class__school")
    answer = get_object_or_404(answers, pk=pk)
    require(rules.can_release_answer(request.user, answer))
    return answer


@page(open_to=rules.releasers)
@require_POST
def answer_release(request, pk):
    answer = _standing(request, pk)
    with refusals_shown(request):
        actions.release_answer(answer, by=request.user)
        messages.success(request, _("Released. It stands beneath the notice."))
    return redirect(answer.bulletin)


@page(open_to=rules.releasers)
@require_POST
def answer_drop(request, pk):
    answer = _standing(request, pk)
    with refusals_shown(request):
        actions.drop_answer(answer, by=request.user)
        messages.success(request, _("Deleted. Whoever wrote it is told, and can answer only the home that asked."))
    return redirect(answer.bulletin)
