"""One's own messages, choices and calendar, and the tiny POST that says a link was opened."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, link_holders, page, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.calendars import entries_of
from portal.forms import posted
from portal.messaging import actions
from portal.messaging.calendars import feed, over_webcal, without_place
from portal.messaging.choices import choices_elsewhere
from portal.messaging.forms import PreferenceForm
from portal.messaging.links import any_personal_link, personal_link, prolong
from portal.messaging.models import PersonalLink
from portal.messaging.queries import messages_of, unreachable_at, unsent_at, wants_morning
from portal.people import protection
from portal.people.models import Person
from portal.people.overtaken import Shown
from portal.people.rules import office, reachable_staff

A_PAGE = 30


@page(open_to=signed_in)
@require_safe
def message_list(request):
    own = messages_of(request.user)
    rows = Paginator(own, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "messaging/message_list.html", {"rows": rows})


@page(open_to=signed_in)
@require_safe
def message_show(request, pk):
    message = get_object_or_404(messages_of(request.user), pk=pk)
    return render(request, "messaging/message_show.html", {"message": message})


@page(open_to=signed_in)
@require_POST
def message_read(request, pk):
    message = get_object_or_404(messages_of(request.user), pk=pk)
    actions.read_notice(message, by=request.user)
    if request.htmx:
        return HttpResponse(status=204)
    return redirect("messaging:message_list")


@page(open_to=signed_in)
@WRITES
def preference_edit(request):
    return _choose(request, request.user, "messaging/preference_edit.html", choices_elsewhere(request.user))


@page(open_to=link_holders)
@personal_link("messaging.preferences")
@WRITES
def preference_link(request, link):
    return _choose(request, link.person, "messaging/preference_link.html")


def _choose(request, person, template, elsewhere=()):
    shown = Shown(person, PreferenceForm.values_of, about=PreferenceForm.chosen_by)
    form = PreferenceForm(*posted(request), shown=shown, works=reachable_staff(person))
    if form.is_valid():
        with refusals_as(form):
            actions.choose_messages(person, by=person, **form.cleaned_data)
            messages.success(request, _("Your choices are saved. They hold from the next message on."))
            return redirect(request.path)
    return render(request, template, {"form": form, "elsewhere": elsewhere})


@page(open_to=link_holders)
@personal_link(PersonalLink.MORNING)
@WRITES
def morning_mute(request, link):
    """Posted to by a page, or by a mail program with one press (RFC 8058), which follows no redirect."""
    if request.method == "POST":
        actions.choose_morning(link.person, by=link.person, wanted="undo" in request.POST)
    return render(request, "messaging/morning_mute.html", {"is_wanted": wants_morning(link.person)})


@page(open_to=link_holders)
@csrf_exempt  # the token is the proof; a mail client's browser without cookies must get through too
@any_personal_link
@require_POST
def link_opened(request, link):
    return HttpResponse(status=204)


@never_cache
@page(open_to=signed_in)
@require_safe
def calendar_show(request):
    link = PersonalLink.objects.calendar_of(request.user)
    address = link.url() if link else ""
    return render(
        request, "messaging/calendar_show.html", {"address": address, "subscribe": over_webcal(address), "link": link}
    )


@page(open_to=signed_in)
@require_POST
def calendar_open(request):
    had = PersonalLink.objects.calendar_of(request.user)
    actions.open_calendar(request.user, by=request.user)
    messages.success(
        request,
        _("You have a new address. The old one no longer works.") if had else _("Your calendar has an address now."),
    )
    return redirect("messaging:calendar_show")


@page(open_to=signed_in)
@require_POST
def calendar_stop(request):
    link = PersonalLink.objects.calendar_of(request.user)
    if link:
        actions.revoke_link(link, by=request.user)
    messages.success(request, _("Your calendar has no address any more. Nobody can read it."))
    return redirect("messaging:calendar_show")


@page(open_to=link_holders)
@personal_link(PersonalLink.CALENDAR)
@require_safe
def calendar_feed(request, link):
    """Polled by calendars without a login: what the person may see at this moment, and nothing more."""
    prolong(link, PersonalLink.CALENDAR_LIFE)
    calendar = feed(entries_of(link.person))
    if protection.sheltered_among([link.person_id]):
        calendar = without_place(calendar)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


@page(open_to=office)
@require_safe
def address_list(request):
    rows = Paginator(unreachable_at(request.user), A_PAGE).get_page(request.GET.get("page"))
    known = Person.objects.visible_to(request.user).exclude(pk=request.user.pk)
    mendable = set(known.filter(pk__in=[guardian.pk for guardian in rows]).values_list("pk", flat=True))
    shown = {"rows": rows, "mendable": mendable, "unsent": unsent_at(request.user)[:A_PAGE]}
    return render(request, "messaging/address_list.html", shown)


@page(open_to=office)
@require_POST
def message_told(request, pk):
    message = get_object_or_404(unsent_at(request.user), pk=pk)
    with refusals_shown(request):
        actions.tell_otherwise(message, by=request.user)
        messages.success(request, _("Thank you. The message is off your list."))
    return redirect("messaging:address_list")
