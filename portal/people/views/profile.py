"""What a person sees and decides about themselves."""

from allauth.account.views import logout
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, anyone, page, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.people import actions
from portal.people.forms import DirectoryForm, NeedsForm, ProfileForm
from portal.people.overtaken import Shown, of_home
from portal.people.queries import children_of, home_of, wards_of
from portal.people.rules import class_contacts, guardians, reachable_staff

SAID_ELSEWHERE = ("people.contact_corrected", "people.language_chosen", "people.move_confirmed")


@page(open_to=signed_in)
@WRITES
def profile(request):
    form = ProfileForm(*posted(request), shown=Shown(request.user, ProfileForm.values_of, verbs=SAID_ELSEWHERE))
    if form.is_valid():
        with refusals_as(form):
            actions.save_profile(request.user, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your page is saved."))
            return _in_own_language(redirect("people:profile"))
    shown = {"form": form, "person": request.user, "is_reached": reachable_staff(request.user)}
    return render(request, "people/profile.html", shown)


@page(open_to=guardians)
@WRITES
def needs_edit(request):
    home = home_of(request.user)
    if home is None:
        raise Http404
    shown = Shown(home, NeedsForm.values_of, only=of_home(home))
    form = NeedsForm(*posted(request), home=home, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.save_needs(home, by=request.user, **form.said)
            messages.success(request, _("What your home needs is saved. It counts from now on."))
            return redirect("people:needs_edit")
    return render(request, "people/needs_edit.html", {"form": form, "person": request.user})


@page(open_to=guardians)
@WRITES
def directory(request):
    form = DirectoryForm(*posted(request), shown=Shown(request.user, DirectoryForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.choose_directory(request.user, by=request.user, **form.cleaned_data)
            messages.success(request, _("What you share is saved. It counts from now on."))
            return redirect("people:directory")
    classes = dict.fromkeys(school_class for child in children_of(request.user) for school_class in child.classes)
    shown = {"form": form, "classes": list(classes), "is_contact": class_contacts(request.user)}
    return render(request, "people/directory.html", shown)


@page(open_to=guardians)
@require_safe
def child_list(request):
    return render(request, "people/child_list.html", {"wards": wards_of(request.user)})


def _in_own_language(answer):
    answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return answer


@page(open_to=anyone)
def leave(request):
    """Also makes the browser forget its pages, so that Back on a shared computer shows none."""
    answer = logout(request)
    if not request.user.is_authenticated:
        answer.headers["Clear-Site-Data"] = '"cache"'
        answer.delete_cookie(settings.WHOSE_COOKIE_NAME)
    return answer
