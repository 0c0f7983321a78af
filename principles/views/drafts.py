"""The draft, point by point. Every page works without script."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from principles import actions, queries
from principles.descent.queries import became
from principles.forms import ClauseEditForm, ClauseForm, DescribeForm, PublishForm, SectionForm
from principles.late import gives_back
from principles.library.queries import departure_of
from principles.models import CLOSED_TO_CHANGE, Clause, PrincipleSection, PrincipleVersion, written_by
from principles.moves import ENDS, TABLE, State
from principles.rules import writers
from principles.views.principles import principle_seen
from principles.way import way_of


def draft_of(request, principle):
    """On a POST also what has been published meanwhile: the action refuses it, beside all that was typed."""
    versions = principle.versions.visible_to(request.user).filter(written_by(request.user, "principle__"))
    version = versions.first() if request.method == "POST" else versions.drafts().first()
    if version is None:
        raise Http404
    version.principle = principle
    return version


def _draft(request, place, slug):
    principle = principle_seen(request, place, slug)
    return draft_of(request, principle)


def _newest(request, place, slug):
    principle = principle_seen(request, place, slug)
    version = principle.versions.visible_to(request.user).first()
    if version is None or version.state == State.PUBLISHED:
        raise Http404
    version.principle = principle
    return version


def _one(request, words, pk):
    """On a POST also of a text that has moved on meanwhile: the action refuses it, beside all that was typed."""
    rows = words.objects.visible_to(request.user).filter(written_by(request.user, "version__principle__"))
    related = rows.select_related("version__principle__school", "version__principle__municipality")
    return get_object_or_404(related if request.method == "POST" else related.in_drafts(), pk=pk)


def _shown_of(row, form, **which):
    """What the form shows of a draft's words. Any change locks the draft; `which` narrows the events to those about
    this row."""
    version = getattr(row, "version", row)
    return Shown(
        row,
        lambda row: {name: _value(row, name) for name in form.base_fields},
        locks=(version,) if which else (),
        about=lambda row: version,
        only=Q(**{f"details__{name}": value for name, value in which.items()}),
    )


def _value(row, name):
    return row.section_id if name == "section" else getattr(row, name)


def _shown(request, template, version, form, **more):
    context = {"version": version, "principle": version.principle, "place": version.principle.place, "form": form}
    return render(request, template, context | more)


def _may_discard(request, version):
    return PrincipleVersion.objects.visible_to(request.user).discardable().filter(pk=version.pk).exists()


@page(open_to=signed_in)
@require_safe
def draft_detail(request, place, slug):
    """The draft, or what was not adopted as long as there is no newer one."""
    version = _newest(request, place, slug)
    before, parts = version.principle.versions.published().first(), queries.parts_of(version)
    context = {
        "version": version,
        "principle": version.principle,
        "place": version.principle.place,
        "place_key": version.principle.place_key,
        "parts": parts,
        "before": before,
        "became": became(before, version),
        "departure": departure_of(version, parts),
        "may_edit": version.state not in CLOSED_TO_CHANGE and actions.describe_draft.may(request.user, version),
        "may_discard": _may_discard(request, version),
        "is_over": version.state in ENDS and actions.draft_revision.may(request.user, version.principle),
        **way_of(version, request.user),
        "may_publish": (version.state, State.PUBLISHED) in TABLE and actions.publish_version.may(request.user, version),
    }
    return render(request, "principles/draft_detail.html", context)


@page(open_to=writers)
@require_POST
def draft_start(request, place, slug):
    """A draft already in progress is shown, with the refusal above it."""
    principle = principle_seen(request, place, slug)
    with refusals_shown(request):
        actions.draft_revision(principle, by=request.user)
    return redirect("principles:draft_detail", place, slug)


@page(open_to=writers)
@WRITES
@gives_back("title", "introduction", "notes")
def draft_describe(request, place, slug):
    version = _draft(request, place, slug)
    form = DescribeForm(*posted(request), shown=_shown_of(version, DescribeForm))
    if form.is_valid():
        with refusals_as(form):
            actions.describe_draft(version, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(version)
    return _shown(request, "principles/draft_describe.html", version, form)


@page(open_to=writers)
@WRITES
@gives_back("change_summary")
def draft_publish(request, place, slug):
    version = _draft(request, place, slug)
    require(actions.publish_version.may(request.user, version))
    if request.method == "GET" and version.state == State.ADOPTION:
        return redirect("principles:version_adopt", place, slug)
    form = PublishForm(*posted(request), initial={"effective_from": timezone.localdate()})
    if form.is_valid():
        with refusals_as(form):
            actions.publish_version(version, by=request.user, **form.cleaned_data)
            messages.success(request, _("The principle is public. The version before it can still be read."))
            return redirect(version.principle)
    before = version.principle.versions.published().first()
    return _shown(request, "principles/draft_publish.html", version, form, before=before)


@page(open_to=writers)
@WRITES
def draft_discard(request, place, slug):
    version = _draft(request, place, slug)
    if request.method == "GET" and not _may_discard(request, version):
        return redirect(version)
    if request.method == "POST":
        with refusals_shown(request):
            actions.discard_draft(version, by=request.user)
            messages.success(request, _("The draft is gone. What is published stays as it is."))
        return redirect("principles:principle_list", place)
    return _shown(request, "principles/draft_discard.html", version, None)


@page(open_to=writers)
@WRITES
@gives_back("heading", "lead", "closing")
def section_add(request, place, slug):
    version = _draft(request, place, slug)
    form = SectionForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.add_section(version, by=request.user, **form.cleaned_data)
            return redirect(version)
    return _shown(request, "principles/section_add.html", version, form)


@page(open_to=writers)
@WRITES
@gives_back("heading", "lead", "closing")
def section_edit(request, pk):
    section = _one(request, PrincipleSection, pk)
    form = SectionForm(*posted(request), shown=_shown_of(section, SectionForm, section=section.pk))
    if form.is_valid():
        with refusals_as(form):
            actions.edit_section(section, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(section)
    is_empty = not section.clauses.exists()
    return _shown(request, "principles/section_edit.html", section.version, form, section=section, is_empty=is_empty)


@page(open_to=writers)
@require_POST
def section_remove(request, pk):
    section = _one(request, PrincipleSection, pk)
    with refusals_shown(request):
        actions.remove_section(section, by=request.user)
        messages.success(request, _("The section is gone."))
    return redirect(section.version)


@page(open_to=writers)
@WRITES
@gives_back("text")
def clause_add(request, pk):
    section = _one(request, PrincipleSection, pk)
    form = ClauseForm(*posted(request), initial={"party": section.usual_party})
    if form.is_valid():
        with refusals_as(form):
            clause = actions.add_clause(section, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(clause)
    return _shown(request, "principles/clause_add.html", section.version, form, section=section)


@page(open_to=writers)
@WRITES
@gives_back("text")
def clause_edit(request, pk):
    clause = _one(request, Clause, pk)
    shown = _shown_of(clause, ClauseEditForm, clause=clause.number)
    form = ClauseEditForm(*posted(request), version=clause.version, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.edit_clause(clause, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(clause)
    return _shown(request, "principles/clause_edit.html", clause.version, form, clause=clause)


@page(open_to=writers)
@require_POST
def clause_move(request, pk):
    clause = _one(request, Clause, pk)
    with refusals_shown(request):
        actions.move_clause(clause, by=request.user, up="up" in request.POST)
    return redirect(clause)


@page(open_to=writers)
@require_POST
def clause_remove(request, pk):
    clause = _one(request, Clause, pk)
    with refusals_shown(request):
        actions.remove_clause(clause, by=request.user)
        messages.success(request, _("The point is gone from the draft. Earlier versions keep it."))
    return redirect(clause.version)
