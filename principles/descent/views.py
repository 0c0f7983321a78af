"""A text that was brought in becomes the next version: which of its points are which of those before?"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.access import WRITES, page, require
from portal.actions import refusals_as
from portal.forms import posted
from principles import actions
from principles.descent.forms import MatchForm
from principles.descent.likeness import propose
from principles.incoming.models import IncomingText
from principles.models import DraftExists
from principles.outline import Outline
from principles.rules import writers
from principles.views.principles import principle_seen
from principles.writing import points_of, texts_of_outline


@page(open_to=writers)
@WRITES
def version_match(request, place, slug, pk):
    """Nothing is saved before what is doubtful has been said."""
    principle = principle_seen(request, place, slug)
    texts = IncomingText.objects.visible_to(request.user).of(principle.place).read().select_related("school")
    text = get_object_or_404(texts, pk=pk)
    require(actions.draft_revision.may(request.user, principle))
    newest = principle.versions.published().first()
    draft = principle.versions.drafts().first()
    if draft and (newest is None or request.method != "POST"):
        messages.warning(request, str(DraftExists()))
        return redirect(draft)
    outline, points = Outline.of(text.outline), points_of(newest)
    form = MatchForm(
        *posted(request),
        newest=newest,
        read=outline,
        points=points,
        proposals=propose(points, texts_of_outline(outline)),
    )
    if form.is_valid():
        with refusals_as(form):
            version = actions.draft_revision(principle, by=request.user, outline=outline, descents=form.descents)
            messages.success(request, _("The draft is saved. Only those who write principles see it."))
            return redirect(version)
    context = {"principle": principle, "text": text, "newest": newest, "form": form, "outline": outline}
    return render(request, "principles/descent/version_match.html", context)
