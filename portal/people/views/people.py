"""The people of a school, one by one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people import actions
from portal.people.forms import ContactForm, HomeForm, ProtectionForm, SearchForm, WelcomeForm
from portal.people.models import AddressProtection, Person, SignInMove
from portal.people.overtaken import Shown
from portal.people.queries.endings import protection_ending
from portal.people.queries.office import person_page, seen_by, with_places
from portal.people.rules import office, restrictors, school_staff

PER_PAGE = 50
REACHED_ELSEWHERE = ("people.profile_saved", "people.move_confirmed", "people.move_agreed")
MOVED = {
    SignInMove.State.ASKED: gettext_lazy(
        "The person opens more than your school answers for, so nothing has changed yet. We have written to the old address "
        "and asked. Until they say yes, messages go where they went."
    ),
    SignInMove.State.OFFICES: gettext_lazy(
        "The person opens more than your school answers for, so nothing has changed yet. The offices of the other schools "
        "are asked. Until they say yes, messages go where they went."
    ),
}


@page(open_to=school_staff)
@require_safe
def person_list(request):
    form = SearchForm(request.GET)
    known, people = seen_by(request.user)
    found = form.narrow(people.active(), request.user).in_name_order()
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = with_places(shown, request.user, known)
    return render(request, "people/person_list.html", {"form": form, "page": shown, "rows": rows})


@page(open_to=school_staff)
@require_safe
def person_detail(request, key):
    """A look by somebody else is recorded. Somebody removed by hand is still found here, so that it can be undone."""
    person = get_object_or_404(Person.objects.known_to(request.user), key=key)
    if person != request.user:
        actions.open_person(person, by=request.user)
    return render(request, "people/person_detail.html", {"shown": person_page(person, request.user)})


@page(open_to=restrictors)
@WRITES
def person_welcome(request):
    form = WelcomeForm(*posted(request), person=request.user)
    if form.is_valid():
        with refusals_as(form):
            scope = form.cleaned_data.pop("scope")
            welcomed = actions.welcome(scope, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s has the role from today.") % {"name": welcomed})
            return redirect("people:person_detail", welcomed.key)
    return render(request, "people/person_welcome.html", {"form": form})


@page(open_to=office)
@WRITES
def person_contact(request, key):
    person = get_object_or_404(Person.objects.visible_to(request.user), key=key)
    form = ContactForm(*posted(request), shown=Shown(person, ContactForm.values_of, verbs=REACHED_ELSEWHERE))
    if form.is_valid():
        with refusals_as(form):
            _tell_corrected(request, actions.correct_contact(person, by=request.user, **form.cleaned_data))
            return redirect("people:person_detail", key)
    return render(request, "people/person_contact.html", {"form": form, "person": person})


def _tell_corrected(request, move):
    if move and move.state in MOVED:
        messages.info(request, MOVED[move.state])
        return
    messages.success(request, _("The contact details are saved."))
    if move and move.new:
        messages.info(request, _("The person signs in with the new address from now on."))
    if move and move.onward:
        messages.info(request, _("We write to the new address too, so that a mistake in it is noticed."))


@page(open_to=office)
@require_POST
def person_email(request, key):
    person = get_object_or_404(Person.objects.visible_to(request.user), key=key)
    mark = actions.mark_email_mended if request.POST.get("state") == "mended" else actions.mark_email_failed
    with refusals_shown(request):
        mark(person, by=request.user)
        messages.success(request, _("The contact details are saved."))
    return redirect("people:person_detail", key)


@page(open_to=office)
@WRITES
def person_home(request, key):
    person = get_object_or_404(Person.objects.visible_to(request.user), key=key)
    form = HomeForm(*posted(request), guardian=person)
    if form.is_valid():
        other = form.cleaned_data["other"]
        move = actions.join_households if other else actions.leave_household
        move(person, by=request.user, **({"other": other} if other else {}))
        messages.success(request, _("The home is saved."))
        return redirect("people:person_detail", key)
    return render(request, "people/person_home.html", {"form": form, "person": person})


@page(open_to=office)
@WRITES
def person_protect(request, key):
    person = get_object_or_404(Person.objects.visible_to(request.user), key=key)
    form = ProtectionForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.protect_address(person, by=request.user, **form.cleaned_data)
            messages.success(request, _("The protection counts from now on."))
            return redirect("people:person_detail", key)
    return render(request, "people/person_protect.html", {"form": form, "person": person})


@page(open_to=office)
@WRITES
def protection_end(request, pk):
    protections = AddressProtection.objects.visible_to(request.user).select_related("person")
    protection = get_object_or_404(protections, pk=pk)
    back = reverse("people:person_detail", args=[protection.person.key])
    if request.method == "POST":
        with refusals_shown(request):
            actions.end_protection(protection, by=request.user)
            messages.success(request, _("The protection ends today."))
        return redirect(back)
    question, follows, button = protection_ending(protection)
    shown = {"question": question, "follows": follows, "button": button, "back_url": back}
    return render(request, "people/ending.html", shown | {"back_label": protection.person})
