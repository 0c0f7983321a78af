"""The way of a text: an idea is noted, and each step is one button."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from principles import queries
from principles.life import actions
from principles.life.forms import IdeaForm
from principles.models import PrincipleVersion
from principles.rules import writers
from principles.views.principles import principle_seen


@page(open_to=writers)
@WRITES
def idea_note(request, place):
    place = queries.place_of(place)
    require(actions.note_idea.may(request.user, place))
    form = IdeaForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            language = queries.language_of(place)
            version = actions.note_idea(place, by=request.user, language=language, **form.cleaned_data)
            messages.success(request, _("Noted. When somebody begins to write it, it becomes a draft."))
            return redirect(version)
    shown = {"form": form, "place": place, "place_key": queries.key_of(place)}
    return render(request, "principles/life/idea_note.html", shown)


@page(open_to=writers)
@require_POST
def version_move(request, place, slug, to):
    principle = principle_seen(request, place, slug)
    drafts = PrincipleVersion.objects.visible_to(request.user).drafts()
    version = get_object_or_404(drafts.select_related("principle__school"), principle=principle)
    require(actions.move_version.may(request.user, version, to=to))
    with refusals_shown(request):
        actions.move_version(version, by=request.user, to=to)
        messages.success(request, _("It stands here now: %(stage)s") % {"stage": version.get_state_display()})
    return redirect(version)
