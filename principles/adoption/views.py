"""A decision written down, the three audiences told, and the list of what is carried out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.overtaken import Shown
from principles.adoption import actions, forms, queries, rules
from principles.adoption.models import Adoption, Communication, ImplementationStep
from principles.late import gives_back
from principles.moves import State
from principles.rules import writers
from principles.views.drafts import draft_of
from principles.views.principles import principle_seen


@page(open_to=writers)
@WRITES
@gives_back("decision", "change_summary")
def version_adopt(request, place, slug):
    principle = principle_seen(request, place, slug)
    version = draft_of(request, principle)
    require(actions.adopt_version.may(request.user, version))
    if request.method == "GET" and version.state != State.ADOPTION:
        return redirect(version)
    form = forms.AdoptForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            adoption = actions.adopt_version(version, by=request.user, **form.cleaned_data)
            messages.success(request, _("Public. Now tell parents, pupils and staff."))
            return redirect(adoption)
    shown = {"version": version, "principle": principle, "form": form}
    return render(request, "principles/adoption/version_adopt.html", shown)


def _version(request, place, slug):
    """The newest that was decided, of a principle that the reader writes, whether it applies already or not."""
    principle = principle_seen(request, place, slug)
    version = principle.versions.visible_to(request.user).published().first()
    if version is None:
        raise Http404
    version.principle = principle
    require(rules.can_carry_out(request.user, version))
    return version


@page(open_to=writers)
@require_safe
def adoption_show(request, place, slug):
    version = _version(request, place, slug)
    shown = {
        "version": version,
        "principle": version.principle,
        "page": queries.adoption_page(version),
        "may_tell": rules.can_adopt(request.user, version),
    }
    return render(request, "principles/adoption/adoption_show.html", shown)


@page(open_to=writers)
@WRITES
@gives_back("decision")
def decision_correct(request, place, slug):
    version = _version(request, place, slug)
    adoption = get_object_or_404(Adoption.objects.visible_to(request.user), version=version)
    require(actions.correct_decision.may(request.user, adoption))
    if request.method != "POST" and version.effective_to:
        return redirect(adoption)
    form = forms.DecisionForm(*posted(request), shown=Shown(adoption, forms.DecisionForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.correct_decision(adoption, by=request.user, **form.cleaned_data)
            messages.success(request, _("Corrected. The page says on which day."))
            return redirect(adoption)
    shown = {"version": version, "adoption": adoption, "form": form}
    return render(request, "principles/adoption/decision_correct.html", shown)


@page(open_to=writers)
@WRITES
def step_add(request, place, slug):
    version = _version(request, place, slug)
    form = forms.StepForm(*posted(request), owners=queries.who_may_see_to(version.principle))
    if form.is_valid():
        with refusals_as(form):
            step = actions.add_step(version, by=request.user, **form.cleaned_data)
            messages.success(request, _("It stands on the list, and waits for whoever sees to it."))
            return redirect(step)
    shown = {"version": version, "principle": version.principle, "form": form}
    return render(request, "principles/adoption/step_add.html", shown)


@page(open_to=writers)
@WRITES
def audience_tell(request, pk):
    found = Communication.objects.visible_to(request.user)
    related = ("version__principle__school", "version__principle__municipality")
    communication = get_object_or_404(found.select_related(*related), pk=pk)
    require(actions.tell_audience.may(request.user, communication))
    if "corrects" in request.POST or (request.method == "GET" and communication.done_at):
        return _told_text(request, communication)
    form = forms.AudienceForm(*posted(request), audience=communication.audience)
    if form.is_valid():
        with refusals_as(form):
            actions.tell_audience(communication, by=request.user, **form.cleaned_data)
            messages.success(request, _told(communication, form.cleaned_data["sends"], request.user))
            return redirect(communication)
    return render(request, "principles/adoption/audience_tell.html", {"told": communication, "form": form})


def _told(communication, sends, by):
    who = communication.get_audience_display()
    if sends and not queries.whom_to_tell(communication, but=by.pk).exists():
        return _("%(who)s: noted as told. There is nobody to write to today, so no letter goes out.") % {"who": who}
    if sends:
        return _("%(who)s: the letters are on their way. At night they wait for the morning.") % {"who": who}
    return _("%(who)s: noted as told. No letter goes out.") % {"who": who}


def _told_text(request, communication):
    """Once they are told, its words can be corrected."""
    form = forms.CorrectForm(*posted(request), shown=Shown(communication, forms.CorrectForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.correct_told_text(communication, by=request.user, **form.cleaned_data)
            messages.success(request, _("Corrected. Nobody is written to."))
            return redirect(communication)
    return render(request, "principles/adoption/audience_tell.html", {"told": communication, "form": form})


def _step(request, pk):
    steps = ImplementationStep.objects.seen_by(request.user)
    related = ("owner", "version__principle__school", "version__principle__municipality")
    return get_object_or_404(steps.select_related(*related), pk=pk)


@page(open_to=writers)
@WRITES
def step_hand(request, pk):
    step = _step(request, pk)
    require(actions.hand_step.may(request.user, step))
    if request.method != "POST" and step.done_at:
        return redirect(step)
    shown = Shown(step, forms.OwnerForm.values_of)
    form = forms.OwnerForm(*posted(request), owners=queries.who_may_see_to(step.version.principle), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.hand_step(step, by=request.user, **form.cleaned_data)
            messages.success(request, _("It waits for whoever sees to it now."))
            return redirect(step)
    return render(request, "principles/adoption/step_hand.html", {"step": step, "form": form})


@page(open_to=signed_in)
@WRITES
def step_finish(request, pk):
    """Also for whoever sees to it, who need not write principles."""
    step = _step(request, pk)
    require(actions.finish_step.may(request.user, step))
    back = (
        step.get_absolute_url() if rules.can_carry_out(request.user, step.version) else step.version.get_absolute_url()
    )
    if request.method == "GET" and step.done_at:
        return redirect(back)
    form = forms.FinishForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.finish_step(step, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is done."))
            return redirect(back)
    return render(request, "principles/adoption/step_finish.html", {"step": step, "back": back, "form": form})
