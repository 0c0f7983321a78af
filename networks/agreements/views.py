"""The pages of a class's agreements: asked about without names, adopted at a meeting, read by children."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks.agreements import actions, forms, queries, rules
from networks.agreements.checking import look_through_agreement
from networks.agreements.topics import TOPICS
from networks.forms import EmptyForm
from networks.models import SharedNormAgreement
from networks.views.finding import own_class
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.figures import SMALLEST
from portal.forms import posted
from portal.people.models import SchoolClass
from portal.people.overtaken import Shown
from portal.people.rules import class_contacts
from portal.surveys.forms import SurveyForm
from portal.surveys.models import AnsweredBefore, SurveyClosed


def seen(request, pk):
    agreements = SharedNormAgreement.objects.visible_to(request.user)
    return get_object_or_404(agreements.select_related("school_class__school", "survey"), pk=pk)


def managed(request, pk):
    """An agreement that the reader takes further: 403 for others who see it."""
    agreement = seen(request, pk)
    require(rules.can_manage_agreement(request.user, agreement))
    return agreement


@page(open_to=signed_in)
@require_safe
def agreement_list(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user).select_related("school"), pk=pk)
    manages = rules.can_start(request.user, school_class)
    shown = queries.agreements_of(school_class, request.user, manages=manages)
    return render(request, "networks/agreement_list.html", {"page": shown, "manages": manages})


@page(open_to=class_contacts)
@WRITES
def agreement_start(request, pk, topic):
    school_class, topic = own_class(request, pk), TOPICS.get(topic)
    if topic is None:
        raise Http404
    form = forms.AgreementStartForm(*posted(request), school=school_class.school)
    if form.is_valid():
        with refusals_as(form):
            agreement = actions.start_agreement(school_class, by=request.user, topic=topic.key, **form.cleaned_data)
            if agreement.is_asking:
                messages.success(request, _("Every home of the class is asked in a few minutes."))
            return redirect(agreement)
    homes = len(SharedNormAgreement(school_class=school_class).homes_asked())
    shown = {"school_class": school_class, "topic": topic, "form": form, "homes": homes, "asks": homes >= SMALLEST}
    return render(request, "networks/agreement_start.html", shown)


@page(open_to=signed_in)
@require_safe
def agreement_show(request, pk):
    shown = queries.agreement_page(seen(request, pk), request.user)
    return render(request, "networks/agreement_show.html", {"page": shown, "agreement": shown.agreement})


@page(open_to=signed_in, anonymous=True)
@WRITES
def survey_answer(request, pk):
    agreement = seen(request, pk)
    require(actions.answer_survey.may(request.user, agreement))
    shown = queries.agreement_page(agreement, request.user)
    if not shown.may_answer or shown.has_answered:
        if request.method == "POST":
            messages.error(request, AnsweredBefore.words if shown.has_answered else SurveyClosed.words)
        return redirect(agreement)
    form = SurveyForm(*posted(request), questions=agreement.survey.questions.all())
    if form.is_valid():
        with refusals_as(form):
            actions.answer_survey(agreement, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. What your home answered is counted, without your name."))
            return redirect(agreement)
    return render(request, "networks/survey_answer.html", {"page": shown, "agreement": agreement, "form": form})


@page(open_to=class_contacts)
@require_POST
def survey_close(request, pk):
    agreement = managed(request, pk)
    with refusals_shown(request):
        actions.close_survey_of(agreement, by=request.user)
        messages.success(request, _("The survey is closed."))
    return redirect(agreement)


@page(open_to=class_contacts)
@WRITES
def agreement_adopt(request, pk):
    agreement = managed(request, pk)
    if request.method != "POST" and not agreement.is_talking:
        return redirect(agreement)
    topic, look = TOPICS[agreement.topic], partial(look_through_agreement, agreement, request.user)
    form = forms.AdoptForm(*posted(request), school=agreement.school_class.school, topic=topic, look=look)
    if form.is_valid():
        with refusals_as(form):
            actions.adopt_agreement(agreement, by=request.user, **form.cleaned_data)
            messages.success(request, _("The agreement stands. Every guardian of the class is told in a few minutes."))
            return redirect(agreement)
    return render(request, "networks/agreement_adopt.html", {"agreement": agreement, "form": form})


@page(open_to=class_contacts)
@WRITES
def agreement_review(request, pk):
    agreement = managed(request, pk)
    if request.method != "POST" and not agreement.is_adopted:
        return redirect(agreement)
    shown = Shown(agreement, forms.ReviewForm.values_of)
    form = forms.ReviewForm(*posted(request), school=agreement.school_class.school, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.prolong_agreement(agreement, by=request.user, **form.cleaned_data)
            messages.success(request, _("You go on with the agreement."))
            return redirect(agreement)
    return render(request, "networks/agreement_review.html", {"agreement": agreement, "form": form})


@page(open_to=class_contacts)
@WRITES
def agreement_end(request, pk):
    agreement = managed(request, pk)
    if agreement.is_ended:
        return redirect(agreement)
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.end_agreement(agreement, by=request.user)
            messages.success(request, _("It is ended."))
            return redirect("networks:agreement_list", agreement.class_today.pk)
    return render(request, "networks/agreement_end.html", {"agreement": agreement, "form": form})


@page(open_to=signed_in)
@require_safe
def agreement_card(request, pk):
    """To be printed and hung in the classroom: read by children, and naming nobody."""
    agreement = get_object_or_404(
        SharedNormAgreement.objects.visible_to(request.user).adopted().select_related("school_class__school", "survey"),
        pk=pk,
    )
    shown = queries.agreement_page(agreement, request.user)
    return render(request, "networks/agreement_card.html", {"page": shown, "agreement": agreement})
