"""The children without a time, times on behalf of a family, and the office's interpreters."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conferences import actions, rules
from conferences.exports import interpreters_xlsx
from conferences.forms.day import BehalfForm, OfferForm, StateForm
from conferences.models import ConferenceRound, InterpreterRequest
from conferences.queries.hosted_page import hosted, hosted_page
from conferences.queries.interpreters import interpreter_page
from conferences.queries.said import said_about
from conferences.queries.times import homes_of, language_of, said_twice, times_of
from conferences.queries.unbooked import unbooked_of
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import office
from portal.text.sheets import XLSX


def followed(request, pk):
    rounds = ConferenceRound.objects.visible_to(request.user).told().select_related("school")
    round = get_object_or_404(rounds, pk=pk)
    require(rules.can_follow_round(request.user, round))
    return round


@page(open_to=rules.hosts)
@require_safe
def round_unbooked(request, pk):
    round = followed(request, pk)
    return render(request, "conferences/round_unbooked.html", {"page": unbooked_of(round, request.user)})


@page(open_to=rules.hosts)
@require_POST
def unbooked_remind(request, pk):
    round = followed(request, pk)
    with refusals_shown(request):
        told = actions.remind_unbooked(round, by=request.user)
        text = ngettext("%(n)s family gets a reminder.", "%(n)s families get a reminder.", told) % {"n": told}
        messages.success(request, text)
    return redirect("conferences:round_unbooked", pk)


@page(open_to=rules.hosts)
@WRITES
def book_behalf(request, pk):
    conference = hosted(request.user, pk)
    homes = homes_of(conference)
    times = times_of(conference, household=homes[0] if len(homes) == 1 else None)
    was = {"mode": conference.time.mode if conference.time else "school"}
    asked = next((one["language"] for one in conference.languages), "")
    was["language"] = asked or ("" if conference.time else language_of(conference))
    form = BehalfForm(*posted(request), times=times, initial=was)
    if form.is_valid():
        with refusals_as(form):
            actions.book(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _("The time is set. The family is told."))
            return redirect("conferences:talk_show", pk)
    said = said_about([conference], request.user).get(pk)
    shown = {"conference": conference, "times": times, "form": form, "said": said}
    status = 409 if request.POST.get("slot") and form.errors else 200
    return render(request, "conferences/book_behalf.html", shown, status=status)


@page(open_to=rules.hosts)
@require_POST
def time_assign(request, pk):
    conference = hosted(request.user, pk)
    homes = homes_of(conference)
    language = "" if conference.languages else language_of(conference)
    household = homes[0] if len(homes) == 1 else None
    times = times_of(conference, household=household, interpreted=bool(language or conference.languages))
    best = next(iter(times.best or times.free), None)
    if best is None:
        messages.info(request, _("There is no free time left. Add more times, or offer one of your own."))
        return redirect("conferences:times_offer", pk)
    with refusals_shown(request):
        actions.book(conference, by=request.user, slot=best.slot, language=language or None)
        messages.success(request, _("The family has got a time and is told. They can still move it."))
    return redirect("conferences:talk_show", pk)


@page(open_to=rules.hosts)
@WRITES
def times_offer(request, pk):
    conference = hosted(request.user, pk)
    tomorrow = timezone.now() + timedelta(days=1)  # a family needs a day to hear of it
    times = times_of(conference, interpreted=said_twice(conference), from_=tomorrow)
    free = [one.starts_at for one in times.apart()]
    school = conference.school_class.school
    form = OfferForm(*posted(request), school=school, suggested=free)
    if form.is_valid():
        with refusals_as(form):
            actions.offer_times(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _("The times are kept for this family alone, and the family is told."))
            return redirect("conferences:talk_show", pk)
    shown = {"page": hosted_page(conference, request.user), "form": form}
    return render(request, "conferences/offer_times.html", shown)


# The office orders interpreters


@page(open_to=office)
@require_safe
def interpreter_list(request):
    return render(request, "conferences/interpreter_list.html", {"page": interpreter_page(request.user)})


@page(open_to=office)
@require_safe
def interpreter_file(request):
    """For the agency. Names no child and no family."""
    response = HttpResponse(interpreters_xlsx(interpreter_page(request.user)), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="interpreters.xlsx"'
    return response


@page(open_to=office)
@require_POST
def interpreter_order(request, pk):
    wanted = InterpreterRequest.objects.visible_to(request.user).select_related("conference__school_class__school")
    interpreter, form = get_object_or_404(wanted, pk=pk), StateForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.order_interpreter(interpreter, by=request.user, **form.cleaned_data)
            if form.cleaned_data["state"] == InterpreterRequest.State.CANCELLED:
                messages.success(request, _("The interpreter is called off."))
    return redirect("conferences:interpreter_list")
