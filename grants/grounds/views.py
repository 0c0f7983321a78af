"""The reasons that a municipality keeps for its letters."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grants.grounds import actions, forms
from grants.models import KeptReason
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import Municipality, keys_of
from portal.people.overtaken import Shown
from portal.people.rules import municipality_officers


def _found(request, pk):
    return get_object_or_404(KeptReason.objects.visible_to(request.user).with_use(), pk=pk)


@page(open_to=municipality_officers)
@require_safe
def reason_list(request):
    reasons = KeptReason.objects.visible_to(request.user).with_use()
    return render(request, "grants/grounds/reason_list.html", {"reasons": reasons, "today": timezone.localdate()})


@page(open_to=municipality_officers)
@WRITES
def reason_add(request):
    served = Municipality.objects.filter(pk__in=keys_of.municipalities_served(request.user)).first()
    form = forms.ReasonForm(*posted(request), initial={"valid_from": timezone.localdate()})
    if form.is_valid():
        with refusals_as(form):
            actions.add_reason(served, by=request.user, **form.cleaned_data)
            messages.success(request, _("The reason is saved."))
            return redirect("grants:reason_list")
    return render(request, "grants/grounds/reason_write.html", {"form": form})


@page(open_to=municipality_officers)
@WRITES
def reason_change(request, pk):
    reason = _found(request, pk)
    require(actions.change_reason.may(request.user, reason))
    form = forms.ReasonForm(*posted(request), shown=Shown(reason, forms.ReasonForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.change_reason(reason, by=request.user, **form.cleaned_data)
            messages.success(request, _("The reason is saved."))
            return redirect("grants:reason_list")
    return render(request, "grants/grounds/reason_write.html", {"form": form, "reason": reason})


@page(open_to=municipality_officers)
@require_POST
def reason_end(request, pk):
    reason = _found(request, pk)
    require(actions.end_reason.may(request.user, reason))
    with refusals_shown(request):
        actions.end_reason(reason, by=request.user, valid_to=timezone.localdate())
        messages.success(request, _("Nobody picks it after today."))
    return redirect("grants:reason_list")
