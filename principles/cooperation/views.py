"""The yearly survey: asked and read by the board and the leaders, answered without a name."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, page, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.surveys.forms import SurveyForm
from principles.cooperation import actions, queries, rules
from principles.cooperation.forms import YearlyForm
from principles.cooperation.models import CooperationSurvey


@page(open_to=rules.askers)
@WRITES
def cooperation_list(request):
    schools = list(queries.schools_asked_by(request.user))
    chosen = request.GET.get("school", "")
    school = next((one for one in schools if str(one.pk) == chosen), schools[0])
    found = CooperationSurvey.objects.visible_to(request.user).filter(school=school)
    asked = list(found.select_related("year", "parents"))
    year = school.years.on(school.today()).first()
    form = YearlyForm(*posted(request), school=school)
    if form.is_valid():
        with refusals_as(form):
            survey = actions.ask_about_cooperation(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("Every home, and everybody who works here, is asked in a few minutes."))
            return redirect(survey)
    may_ask = year is not None and year.pk not in {one.year_id for one in asked}
    shown = {"school": school, "schools": schools, "asked": asked, "form": form, "may_ask": may_ask}
    return render(request, "principles/cooperation/cooperation_list.html", shown)


def _seen(request, pk):
    found = CooperationSurvey.objects.visible_to(request.user).select_related("school", "year", "parents", "staff")
    return get_object_or_404(found, pk=pk)


@page(open_to=rules.askers)
@require_safe
def cooperation_show(request, pk):
    shown = {"page": queries.cooperation_page(_seen(request, pk))}
    return render(request, "principles/cooperation/cooperation_show.html", shown)


@page(open_to=rules.askers)
@require_safe
def cooperation_download(request, pk):
    asked = _seen(request, pk)
    if asked.is_asking:
        raise Http404
    response = HttpResponse(queries.cooperation_pdf(asked), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_("cooperation")}-{asked.year.starts_on.year}.pdf"'
    return response


@page(open_to=signed_in, anonymous=True)
@WRITES
def cooperation_answer(request, pk):
    """For a home of the school."""
    found = CooperationSurvey.objects.for_home_of(request.user)
    return _answer(request, found, pk, "parents", actions.answer_as_home, household=request.user.household_id)


@page(open_to=signed_in, anonymous=True)
@WRITES
def cooperation_work(request, pk):
    """For whoever works at the school."""
    found = CooperationSurvey.objects.for_worker(request.user)
    return _answer(request, found, pk, "staff", actions.answer_at_work, person=request.user.pk)


def _answer(request, found, pk, side, answer, **who):
    asked = get_object_or_404(found.select_related("school", side), pk=pk)
    if request.method == "GET" and not queries.still_to_answer(found.taking_answers(), **who).filter(pk=pk).exists():
        messages.info(request, _("This is answered already, or closed."))
        return redirect("home")
    form = SurveyForm(*posted(request), questions=getattr(asked, side).questions.all())
    if form.is_valid():
        with refusals_as(form):
            answer(asked, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. What you answered is counted, without your name."))
            return redirect("home")
    shown = {"asked": asked, "form": form, "is_home": side == "parents"}
    return render(request, "principles/cooperation/cooperation_answer.html", shown)
