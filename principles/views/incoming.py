"""Bringing in a text: choose the file, review and correct what was read, then save it as a draft."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRefresh

from portal.access import MEGABYTE, WRITES, page, require
from portal.actions import refusals_as
from portal.forms import posted
from principles import actions, queries
from principles.forms import FileForm, TextForm
from principles.incoming import actions as incoming
from principles.incoming.forms import PartsForm
from principles.incoming.models import IncomingText
from principles.late import gives_back
from principles.models import DraftExists
from principles.outline import Outline
from principles.rules import writers


@page(open_to=writers, body=20 * MEGABYTE)  # a file that is too large is named beside its field
@WRITES
def principle_import(request, place):
    """Nothing is read here: the file is stored for a worker, and its page shows the progress."""
    place = queries.place_of(place)
    require(incoming.send_text.may(request.user, place))
    form = FileForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            return redirect(incoming.send_text(place, by=request.user, **form.wanted()))
    texts = IncomingText.objects.visible_to(request.user).of(place).select_related("school").defer("content", "outline")
    context = {"place": place, "place_key": queries.key_of(place), "form": form, "texts": texts[:20]}
    return render(request, "principles/principle_import.html", context)


@page(open_to=writers)
@never_cache  # who goes back would find the part alone
@WRITES
@gives_back("text")
def text_read(request, place, pk):
    place = queries.place_of(place)
    texts = IncomingText.objects.visible_to(request.user).of(place).select_related("school").defer("content")
    text = get_object_or_404(texts, pk=pk)
    require(actions.draft_principle.may(request.user, place))
    if request.htmx and request.method == "GET":
        waits = text.state == IncomingText.State.WAITING
        return (
            render(request, "principles/_text_progress.html", {"text": text}) if waits else HttpResponseClientRefresh()
        )
    if text.state != IncomingText.State.READ:
        return _reading(request, place, text, None, None)
    if request.method != "POST":
        outline = Outline.of(text.outline)
        language = outline.language or queries.language_of(place)
        return _reading(
            request,
            place,
            text,
            TextForm(place=place, initial={"text": outline.as_text(), "language": language}),
            outline,
        )
    form = TextForm(*posted(request), place=place)
    if form.is_valid() and "save" in request.POST:
        with refusals_as(form):
            return _saved(request, place, text, form)
    return _reading(request, place, text, form, form.outline)


@page(open_to=writers, body=2 * MEGABYTE)
@WRITES
@gives_back("title", "introduction", "heading", "lead", "points", "closing")
def text_correct(request, place, pk):
    """What was read, part by part. Corrections are kept, and what is right becomes a draft."""
    place = queries.place_of(place)
    texts = IncomingText.objects.visible_to(request.user).of(place).read().select_related("school")
    text = get_object_or_404(texts, pk=pk)
    require(incoming.correct_text.may(request.user, text))
    outline = Outline.of(text.outline)
    language = outline.language or queries.language_of(place)
    form = PartsForm(*posted(request), place=place, read=outline, initial={"language": language})
    if form.is_valid():
        with refusals_as(form):
            if "save" in request.POST:
                return _saved(request, place, text, form)
            incoming.correct_text(text, by=request.user, outline=form.outline)
            messages.success(request, _("Kept. It is no draft until you save it as one."))
            return redirect("principles:text_correct", queries.key_of(place), text.pk)
    context = {"place": place, "place_key": queries.key_of(place), "text": text, "form": form, "outline": outline}
    return render(request, "principles/text_correct.html", context)


def _saved(request, place, text, form):
    """A new principle is a draft at once; of the next version of one it is first said which points are which."""
    incoming.correct_text(text, by=request.user, outline=form.outline)
    known = form.cleaned_data.get("version_of") or queries.named(place, actions.slug_of(form.outline.title))
    if known is None:
        version = actions.draft_principle(place, by=request.user, **form.wanted())
        messages.success(request, _("The draft is saved. Only those who write principles see it."))
        return redirect(version)
    form.draft = known.versions.drafts().first()
    if form.draft:
        raise DraftExists
    return redirect("principles:version_match", queries.key_of(place), known.slug, text.pk)


def _reading(request, place, text, form, outline):
    context = {"place": place, "place_key": queries.key_of(place), "text": text, "form": form, "outline": outline}
    return render(request, "principles/text_read.html", context)
