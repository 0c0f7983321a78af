"""The pages on which cases are handed over to the archive."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from grants import rules as grants
from grants.archive import actions
from grants.archive.folders import safe, zipped
from grants.archive.queries import cases_to_hand_over, others_answer
from grants.models import GrantApplication
from portal.access import page, require


@page(open_to=grants.grant_deciders)
@require_safe
def archive_list(request):
    cases = cases_to_hand_over(request.user)
    shown = {"cases": cases, "others_answer": not cases and others_answer(request.user)}
    return render(request, "grants/archive/archive_list.html", shown)


@page(open_to=grants.grant_deciders)
@require_POST
def archive_file(request, pk):
    """One press hands over the case as it is now: who hands it over, and when, is written down."""
    application = get_object_or_404(GrantApplication.objects.visible_to(request.user).with_names(), pk=pk)
    require(actions.hand_over.may(request.user, application))
    if not application.is_decided:
        return redirect(application)
    name = safe(application)
    folder = actions.hand_over(application, by=request.user)
    answer = HttpResponse(zipped(folder, name), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer
