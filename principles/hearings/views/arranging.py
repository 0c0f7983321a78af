"""A hearing is prepared, looked at before it opens, and followed as a count while it is open."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.standing import asked_once
from principles.hearings import actions
from principles.hearings.forms import AlternativeForm, ChangeHearingForm, CouncilForm, PrepareForm
from principles.hearings.models import Hearing
from principles.hearings.queries import arranged
from principles.hearings.voices import council_pupils
from principles.late import gives_back
from principles.rules import writers
from principles.views.drafts import draft_of
from principles.views.principles import principle_seen


def hearing_led(request, pk):
    """404 for whoever does not write the school's texts, and for one that was called off."""
    rows = Hearing.objects.led_by(request.user).standing().prefetch_related("parts")
    return get_object_or_404(rows.select_related("version__principle__school", "school"), pk=pk)


@page(open_to=writers)
@WRITES
@gives_back("lead")
def hearing_prepare(request, place, slug):
    principle = principle_seen(request, place, slug)
    version = draft_of(request, principle)
    require(actions.prepare_hearing.may(request.user, version))
    form = PrepareForm(*posted(request), version=version)
    if form.is_valid():
        with refusals_as(form):
            hearing = actions.prepare_hearing(version, by=request.user, **form.cleaned_data)
            messages.success(request, _prepared(hearing))
            return redirect("principles:hearing_arrange", hearing.pk)
    shown = {"form": form, "version": version, "principle": version.principle}
    return render(request, "principles/hearings/hearing_prepare.html", shown)


def _prepared(hearing):
    if hearing.is_coming:
        return _("Prepared. The board gets a link to look at it before it opens.")
    return _("Prepared. It is open from today.")


@page(open_to=writers)
@require_safe
@asked_once()
def hearing_arrange(request, pk):
    hearing = hearing_led(request, pk)
    shown = {
        "hearing": hearing,
        "read": arranged(hearing),
        "may_name": hearing.is_pending and actions.name_council.may(request.user, hearing),
        "may_call_off": hearing.is_coming and actions.call_off_hearing.may(request.user, hearing),
        "may_close": actions.close_hearing.may(request.user, hearing),
    }
    return render(request, "principles/hearings/hearing_arrange.html", shown)


@page(open_to=writers)
@WRITES
@gives_back("lead")
def hearing_edit(request, pk):
    hearing = hearing_led(request, pk)
    form = ChangeHearingForm(*posted(request), shown=Shown(hearing, ChangeHearingForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.change_hearing(hearing, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. No letter goes out about it."))
            return redirect("principles:hearing_arrange", hearing.pk)
    return render(request, "principles/hearings/hearing_edit.html", {"hearing": hearing, "form": form})


@page(open_to=writers)
@WRITES
def council_name(request, pk):
    hearing = hearing_led(request, pk)
    require(actions.name_council.may(request.user, hearing))
    pupils = council_pupils(hearing, request.user)
    form = CouncilForm(*posted(request), pupils=pupils, initial={"pupils": hearing.council.all()})
    if form.is_valid():
        with refusals_as(form):
            actions.name_council(hearing, by=request.user, pupils=list(form.cleaned_data["pupils"]))
            messages.success(
                request, _("Saved. Each of them sees the hearing after signing in, from the first day to the last.")
            )
            return redirect("principles:hearing_arrange", hearing.pk)
    return render(request, "principles/hearings/council_name.html", {"hearing": hearing, "form": form})


@page(open_to=writers)
@WRITES
@gives_back("text")
def alternative_write(request, pk, number):
    hearing = hearing_led(request, pk)
    clause = hearing.version.clauses.filter(number=number).first()
    if clause is None:
        raise Http404

    def values_of(hearing):
        text = hearing.alternatives.filter(lineage__number=number).values_list("text", flat=True).first()
        return {"text": text or ""}

    form = AlternativeForm(*posted(request), shown=Shown(hearing, values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.write_alternative(hearing, by=request.user, number=number, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("principles:hearing_arrange", hearing.pk)
    shown = {"hearing": hearing, "form": form, "clause": clause}
    return render(request, "principles/hearings/alternative_write.html", shown)


@page(open_to=writers)
@require_POST
def hearing_call_off(request, pk):
    hearing = hearing_led(request, pk)
    require(actions.call_off_hearing.may(request.user, hearing))
    with refusals_shown(request):
        actions.call_off_hearing(hearing, by=request.user)
        messages.success(request, _("Called off before anybody was asked. The board has the text again."))
        return redirect(hearing.version)
    return redirect("principles:hearing_arrange", pk)
