"""The beginning of a network: the code on the wall, what a home says on its own phone, and who was elected."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks import actions
from networks.cohort import guesses, queries, rules
from networks.cohort.forms import CodeForm, OwnContactForm, StartForm
from networks.cohort.handing import hand_over_of
from networks.cohort.links import LINK, masked
from networks.cohort.newcomers import homes_in, newcomer_page
from networks.handing import to_hand_over
from networks.models import NetworkStart
from networks.views.finding import own_class
from portal.access import WRITES, link_holders, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.messaging.holders import is_neutral
from portal.messaging.links import personal_link
from portal.people.forms import ContactElectForm, DirectoryForm
from portal.people.models import SchoolClass
from portal.people.overtaken import Shown
from portal.people.rules import class_contacts, guardians, school_staff

WRITING = timedelta(hours=1)  # so long what somebody still writes is kept when the code has run out
SAID_ELSEWHERE = (
    *("people.profile_saved", "people.directory_chosen", "people.contact_corrected", "people.move_confirmed"),
)


@page(open_to=rules.starters)
@WRITES
def network_start(request, pk):
    classes = SchoolClass.objects.visible_to(request.user).select_related("school", "year")
    school_class = get_object_or_404(classes, pk=pk)
    require(rules.can_open_network(request.user, school_class))
    form = StartForm(*posted(request), school_class=school_class)
    if form.is_valid():
        with refusals_as(form):
            actions.open_start(school_class, by=request.user, **form.cleaned_data)
            return redirect("networks:network_start", pk)
    latest = queries.latest_start(school_class)
    shown = {
        "school_class": school_class,
        "form": form,
        "wall": queries.wall_of(latest) if latest and latest.is_open else None,
        "start": latest,
        "reached": queries.reached_at(latest) if latest else None,
        "may_elect": bool(latest) and rules.may_elect(request.user, latest),
    }
    return render(request, "networks/network_start.html", shown)


@page(open_to=rules.starters)
@require_POST
def start_close(request, pk):
    start = _found(request, pk)
    require(actions.close_start.may(request.user, start))
    with refusals_shown(request):
        actions.close_start(start, by=request.user)
        messages.success(request, _("The code no longer works."))
    return redirect("networks:network_start", start.school_class_id)


@page(open_to=school_staff)
@WRITES
def start_elect(request, pk):
    start = _found(request, pk)
    require(rules.may_elect(request.user, start))
    form = ContactElectForm(*posted(request), school_class=start.school_class, person=request.user)
    if form.is_valid():
        with refusals_as(form):
            actions.elect_contact(start, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down, with the meeting. The class contact is told."))
            return redirect("networks:network_start", start.school_class_id)
    return render(request, "networks/start_elect.html", {"start": start, "form": form})


@page(open_to=signed_in)
@WRITES
def start_enter(request):
    form = CodeForm(*posted(request))
    if form.is_valid():
        return redirect("networks:start_confirm", form.cleaned_data["code"])
    return render(request, "networks/start_enter.html", {"form": form})


@page(open_to=signed_in)
@WRITES
def start_confirm(request, code):
    """A wrong code, one that has run out and one of another class are told alike."""
    if guesses.are_spent(request.user):
        return render(request, "429.html", status=429)
    since = timezone.now() - WRITING if request.method == "POST" else None
    start = queries.start_by(request.user, code, closed_since=since)
    if start is None:
        guesses.guessed_wrong(request.user)
        return render(request, "networks/start_enter.html", {"form": CodeForm(), "is_unknown": True}, status=404)
    require(actions.confirm_contact.may(request.user, start))
    form = OwnContactForm(*posted(request), shown=Shown(request.user, OwnContactForm.values_of, verbs=SAID_ELSEWHERE))
    if form.is_valid():
        with refusals_as(form):
            actions.confirm_contact(start, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. It is saved, and you can change it at any time on your own page."))
            return redirect("people:class_show", start.school_class_id)
    return render(request, "networks/start_confirm.html", {"start": start, "form": form})


@page(open_to=link_holders)
@personal_link(LINK)
@WRITES
def start_link(request, link):
    """From the letter of the meeting, without signing in. It shows no whole address, since links are forwarded, and changes
    none; of a home at a protected address it says nothing and asks to sign in."""
    start, person = link.subject, link.person
    is_open = start.is_open and actions.confirm_by_link.may(person, start)
    if not is_open or is_neutral(link):
        return render(request, "networks/start_link_closed.html", {"is_open": is_open, "start": start})
    shown = Shown(person, DirectoryForm.values_of, verbs=("people.directory_chosen",))
    form = DirectoryForm(*posted(request), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.confirm_by_link(start, by=person, **form.cleaned_data)
            messages.success(request, _("Thank you. It is saved, and you can change it at any time on your own page."))
            return redirect(request.path)
    shown = {"start": start, "form": form, "person": person, "reached_by": masked(person.email, person.phone)}
    return render(request, "networks/start_link.html", shown)


@page(open_to=class_contacts)
@require_safe
def hand_over(request, pk):
    school_class = own_class(request, pk)
    shown = {"page": hand_over_of(school_class, request.user), "handed": to_hand_over(school_class, request.user)}
    return render(request, "networks/hand_over.html", shown)


@page(open_to=class_contacts)
@require_safe
def newcomer_list(request, pk):
    shown = newcomer_page(own_class(request, pk), request.user)
    return render(request, "networks/newcomer_list.html", {"page": shown})


@page(open_to=class_contacts)
@require_POST
def newcomer_welcome(request, pk, home):
    school_class = own_class(request, pk)
    household = get_object_or_404(homes_in(school_class), pk=home)
    require(actions.note_welcomed.may(request.user, school_class, household=household))
    actions.note_welcomed(school_class, by=request.user, household=household)
    messages.success(request, _("Written down."))
    return redirect("networks:newcomer_list", pk)


@page(open_to=guardians)
@require_POST
def buddy_offer(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.followed_by(request.user), pk=pk)
    is_offered = not request.POST.get("back")
    require(actions.offer_buddy.may(request.user, school_class, is_offered=is_offered))
    actions.offer_buddy(school_class, by=request.user, is_offered=is_offered)
    messages.success(request, _("Saved. The class contact reads it.") if is_offered else _("Taken back."))
    return redirect("people:class_show", pk)


def _found(request, pk):
    starts = NetworkStart.objects.visible_to(request.user)
    return get_object_or_404(starts.select_related("school_class__school", "school_class__year"), pk=pk)
