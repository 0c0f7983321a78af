"""Rosters in the office: upload, look, confirm, follow, undo."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from portal.access import SMALL, WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import Doubt, RosterImport
from portal.rosters import actions
from portal.rosters.doubting import doubt_rows, doubts_of, doubts_page, judged, uniting
from portal.rosters.forms import RosterForm
from portal.rosters.opening import LARGEST_FILE
from portal.rosters.queries import imports_of, report_of, undoing
from portal.rosters.rules import importers


@page(open_to=importers)
@require_safe
def roster_list(request):
    return render(
        request, "rosters/roster_list.html", {"imports": imports_of(request.user), "doubts": doubts_of(request.user)}
    )


@page(open_to=importers, body=LARGEST_FILE + SMALL)
@WRITES
def roster_upload(request):
    form = RosterForm(*posted(request), person=request.user)
    if form.is_valid():
        file, (municipality, school) = form.cleaned_data["file"], form.cleaned_data["place"]
        with refusals_as(form):
            entry = actions.upload_roster(
                municipality, by=request.user, school=school, file_name=file.name, chunks=file.chunks()
            )
            return redirect("rosters:roster_detail", entry.pk)
    return render(request, "rosters/roster_upload.html", {"form": form})


@page(open_to=importers)
@never_cache  # Back would otherwise show the htmx fragment alone
@require_safe
def roster_detail(request, pk):
    report = report_of(_found(request, pk), request.user)
    if request.htmx and not report.at_work:
        return HttpResponseClientRefresh()
    template = "rosters/_roster_progress.html" if request.htmx else "rosters/roster_detail.html"
    return render(request, template, {"report": report})


@page(open_to=importers)
@require_POST
def roster_confirm(request, pk):
    with refusals_shown(request):
        actions.confirm_roster(_found(request, pk), by=request.user, removals_meant="removals_meant" in request.POST)
    return redirect("rosters:roster_detail", pk)


@page(open_to=importers)
@WRITES
def roster_undo(request, pk):
    entry = _found(request, pk)
    if request.method != "POST":
        if entry.state != RosterImport.State.APPLIED:
            messages.info(request, _("This import cannot be undone, or has been already."))
            return redirect("rosters:roster_detail", pk)
        return _ask_first(request, undoing(entry), reverse("rosters:roster_detail", args=[pk]), entry.file_name)
    with refusals_shown(request):
        actions.undo_roster(entry, by=request.user)
        messages.success(request, _("The import has been undone."))
    return redirect("rosters:roster_detail", pk)


@page(open_to=importers)
@require_POST
def roster_discard(request, pk):
    with refusals_shown(request):
        actions.discard_roster(_found(request, pk), by=request.user)
        messages.success(request, _("The file has been thrown away. Nothing was changed."))
    return redirect("rosters:roster_list")


@page(open_to=importers)
@require_safe
def doubt_list(request):
    return render(request, "rosters/doubt_list.html", {"doubts": doubts_page(request.user)})


@page(open_to=importers)
@WRITES
def doubt_judge(request, pk):
    doubts = Doubt.objects.visible_to(request.user).select_related("person", "other", "school", "roster")
    doubt = get_object_or_404(doubts, pk=pk)
    back, answer = reverse("rosters:doubt_list"), request.POST.get("answer")
    (row,) = doubt_rows([doubt], request.user)
    if request.method != "POST":
        if doubt.answer:
            messages.info(request, _("Somebody has already said this."))
            return redirect(back)
        if not row.may_judge:
            raise PermissionDenied
        return _ask_first(request, uniting(row), back, _("Is this the same person?"), answer=Doubt.Answer.SAME)
    if answer not in Doubt.Answer.values:
        messages.error(request, _("Say whether the two are one person."))
        return redirect(back)
    same = answer == Doubt.Answer.SAME
    with refusals_shown(request):
        actions.judge_doubt(doubt, by=request.user, same=same)
        messages.success(request, judged(row, same=same))
    return redirect(back)


def _ask_first(request, ending, back, label, **more):
    question, follows, button = ending
    shown = {"question": question, "follows": follows, "button": button, "back_url": back, "back_label": label}
    return render(request, "people/ending.html", shown | more)


def _found(request, pk):
    entries = RosterImport.objects.visible_to(request.user).select_related("school", "municipality", "uploaded_by")
    return get_object_or_404(entries, pk=pk)
