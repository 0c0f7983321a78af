"""Where a home says what suits it before times are set. Signed in or by a personal link."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from conferences import actions
from conferences.forms import family as forms
from conferences.models import ConferenceRound, TimeWish
from conferences.queries import own_talks
from conferences.queries.family import children_of_link
from conferences.views.ways import first_page, withholds, written
from portal.access import WRITES, page, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.messaging.holders import family_in_words, is_neutral
from portal.people.overtaken import Shown, of_home


@page(open_to=signed_in)
@WRITES
def wish_edit(request, pk):
    return say(request, request.user, pk)


def say(request, person, pk, link=None):
    """A link that comes too late leads on to the times."""
    round = get_object_or_404(ConferenceRound.objects.visible_to(person).select_related("school"), pk=pk)
    if not actions.say_wish.may(person, round):
        raise Http404
    if link and request.method != "POST" and not round.takes_wishes():
        return redirect(first_page(link))
    said = TimeWish.objects.visible_to(person).filter(round=round, household=person.household_id).first()
    is_hidden = said is not None and bool(said.note) and withholds(request, link, said.note)
    form = forms.WishForm(
        *posted(request),
        days=own_talks.wish_days(round, person),
        shown=_wished(round, person, said, hides=("note",) if is_hidden else ()),
    )
    if form.is_valid():
        wish = dict(form.cleaned_data)
        if is_hidden and not wish["note"]:
            wish["note"] = said.note
        with refusals_as(form):
            actions.say_wish(round, by=person, **wish)
            messages.success(request, _("Thank you. The times that suit you come first when you choose."))
            return written(request, redirect(first_page(link)), link, form.cleaned_data["note"])
    shown = {"round": round, "form": form, "link": link, "hides": is_hidden, "family": _family(link)}
    return render(request, "conferences/wish_edit.html", shown)


def _wished(round, person, said, hides):
    wishes = TimeWish.objects.visible_to(person).filter(round=round)
    return Shown(
        person.household,
        lambda home: forms.WishForm.values_of(wishes.filter(household=home).first()),
        about=lambda home: round,
        only=of_home(person.household_id),
        hides=hides,
        known=forms.WishForm.values_of(said),
    )


def _family(link):
    return family_in_words(children_of_link(link)) if link and not is_neutral(link) else ""
