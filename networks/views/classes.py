"""The pages of a class, from which its contact plans: what has been, ideas, and a new gathering."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks import actions, catalogue, forms, ideas, queries
from networks.views.finding import own_class
from portal.access import WRITES, page
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.rules import class_contacts


@page(open_to=class_contacts)
@require_safe
def class_show(request, pk):
    school_class = own_class(request, pk)
    shown = queries.class_overview(school_class, request.user)
    now = catalogue.fitting(school_class.school.country, school_class.school.today())
    cards = catalogue.cards_of(now[:3])
    return render(request, "networks/class_show.html", {"page": shown, "cards": cards})


@page(open_to=class_contacts)
@require_safe
def idea_list(request, pk):
    school_class = own_class(request, pk)
    school = school_class.school
    chosen = forms.IdeaForm(request.GET).chosen()
    shown = catalogue.catalogue(school.country, school.today(), chosen)
    return render(request, "networks/idea_list.html", {"school_class": school_class, "page": shown})


@page(open_to=class_contacts)
@WRITES
def gathering_draft(request, pk):
    school_class = own_class(request, pk)
    idea = ideas.BY_KEY.get(request.GET.get("idea"))
    values = forms.GatheringForm.values_from(idea)
    form = forms.GatheringForm(*posted(request), school=school_class.school, initial=values)
    if form.is_valid():
        with refusals_as(form):
            gathering = actions.draft_gathering(school_class, by=request.user, **form.cleaned_data)
            return redirect("networks:inclusion_check", gathering.pk)
    return render(request, "networks/gathering_draft.html", {"school_class": school_class, "form": form, "idea": idea})


@page(open_to=class_contacts)
@require_POST
def gathering_again(request, pk, earlier):
    """Pressed twice, it leads to the draft that the first press made."""
    school_class = own_class(request, pk)
    held = get_object_or_404(queries.held_earlier(school_class), pk=earlier)
    draft = school_class.gatherings.drafts().upcoming().filter(title=held.title).first()
    if draft is None:
        draft = actions.draft_gathering(school_class, by=request.user, **queries.again(held, school_class.school))
        messages.success(request, _("It is a draft now, with a new date. Look through it before you invite."))
    return redirect("networks:gathering_edit", draft.pk)
