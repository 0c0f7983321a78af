"""What a principle builds on: its ties to others, and the table of what law and municipality say."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from principles.references import actions, forms, queries, rules
from principles.references.models import LegalReference, Relation
from principles.rules import writers
from principles.views.principles import principle_seen


def _editable(request, place, slug):
    principle = principle_seen(request, place, slug)
    require(rules.can_refer(request.user, principle))
    return principle


def _back(principle):
    return redirect("principles:tie_list", principle.place_key, principle.slug)


@page(open_to=writers)
@require_safe
def tie_list(request, place, slug):
    principle = _editable(request, place, slug)
    shown = {"principle": principle, "ties": queries.ties_of(principle, request.user)}
    shown["silent"] = principle.text_links.silent()
    return render(request, "principles/references/tie_list.html", shown)


@page(open_to=writers)
@WRITES
def tie_add(request, place, slug):
    principle = _editable(request, place, slug)
    form = forms.TieForm(*posted(request), others=queries.others_to_tie(principle, request.user))
    if form.is_valid():
        with refusals_as(form):
            actions.tie_principles(principle, by=request.user, **form.cleaned_data)
            messages.success(request, _("Tied. Both pages lead to each other."))
            return _back(principle)
    return render(request, "principles/references/tie_add.html", {"principle": principle, "form": form})


@page(open_to=writers)
@WRITES
def reference_add(request, place, slug):
    principle = _editable(request, place, slug)
    form = forms.ReferenceForm(*posted(request), initial={"checked_on": timezone.localdate()})
    if form.is_valid():
        with refusals_as(form):
            actions.add_reference(principle, by=request.user, **form.cleaned_data)
            messages.success(request, _("It stands on the page, with the day on which you looked."))
            return _back(principle)
    return render(request, "principles/references/reference_add.html", {"principle": principle, "form": form})


def _related(request, model, pk):
    found = model.objects.managed_by(request.user)
    return get_object_or_404(found.select_related("principle__school", "principle__municipality"), pk=pk)


@page(open_to=writers)
@WRITES
def reference_edit(request, pk):
    reference = _related(request, LegalReference, pk)
    form = forms.ReferenceForm(*posted(request), shown=Shown(reference, forms.ReferenceForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.check_reference(reference, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return _back(reference.principle)
    shown = {"principle": reference.principle, "reference": reference, "form": form}
    return render(request, "principles/references/reference_edit.html", shown)


@page(open_to=writers)
@require_POST
def reference_remove(request, pk):
    reference = _related(request, LegalReference, pk)
    principle = reference.principle
    with refusals_shown(request):
        actions.remove_reference(reference, by=request.user)
        messages.success(request, _("It is taken away."))
    return _back(principle)


@page(open_to=writers)
@require_POST
def tie_remove(request, pk):
    relation = _related(request, Relation, pk)
    principle = relation.principle
    with refusals_shown(request):
        actions.untie_principles(relation, by=request.user)
        messages.success(request, _("They are not tied any more."))
    return _back(principle)


@page(open_to=writers)
@require_POST
def tie_look(request, pk):
    relation = _related(request, Relation, pk)
    with refusals_shown(request):
        actions.look_at_relation(relation, by=request.user)
        messages.success(request, _("Noted: it still fits."))
    return _back(relation.principle)
