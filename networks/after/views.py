"""The pages after a gathering: what is written down, the thanks, and how it felt."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from networks.after import actions, forms, queries
from networks.models import Pulse
from networks.rules import organisers
from networks.views.finding import organised
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.surveys.forms import SurveyForm
from portal.surveys.queries import home_has_answered


@page(open_to=organisers)
@WRITES
def report_write(request, pk):
    gathering = organised(request, pk)
    if request.method != "POST" and not gathering.took_place:
        return redirect("networks:gathering_organise", pk)
    form = forms.ReportForm(*posted(request), shown=Shown(gathering, queries.report_values))
    shown = queries.afterwards(gathering)
    if form.is_valid():
        with refusals_as(form):
            actions.write_report(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is written down, and the gathering counts for this half of the year."))
            return redirect("networks:gathering_organise" if shown.pulse else "networks:thanks_send", pk)
    return render(request, "networks/report_write.html", {"gathering": gathering, "form": form, "page": shown})


@page(open_to=organisers)
@WRITES
def thanks_send(request, pk):
    gathering = organised(request, pk)
    shown = queries.afterwards(gathering)
    if request.method != "POST" and (shown.pulse or not gathering.took_place):
        return redirect("networks:gathering_organise", pk)
    form = forms.ThanksForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.thank_families(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("The thanks are on their way."))
            return redirect("networks:gathering_organise", pk)
    return render(request, "networks/thanks_send.html", {"gathering": gathering, "form": form, "page": shown})


@page(open_to=signed_in, anonymous=True)
@WRITES
def pulse_answer(request, pk):
    pulses = Pulse.objects.visible_to(request.user).exclude(survey=None)
    pulse = get_object_or_404(pulses.select_related("survey", "gathering__school_class"), gathering=pk)
    gathering = pulse.gathering
    require(actions.answer_pulse.may(request.user, pulse))
    if not pulse.survey.takes_answers() or home_has_answered(pulse.survey, request.user):
        return render(request, "networks/pulse_answered.html", {"gathering": gathering, "pulse": pulse})
    form = SurveyForm(*posted(request), questions=pulse.survey.questions.all())
    if form.is_valid():
        with refusals_as(form):
            actions.answer_pulse(pulse, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. What your home answered is counted, without your name."))
            return redirect(gathering)
    return render(request, "networks/pulse_answer.html", {"gathering": gathering, "form": form})
