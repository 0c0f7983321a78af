"""The PDF of a published version, for everybody."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.access import anyone, page
from portal.clock import DAY
from principles.printed.models import PrintedVersion
from principles.views.principles import principle_seen


@page(open_to=anyone, kept=DAY)
@require_safe
def version_download(request, place, slug, number):
    principle = principle_seen(request, place, slug)
    printed = PrintedVersion.objects.visible_to(request.user)
    printed = get_object_or_404(printed, version__principle=principle, version__number=number)
    response = HttpResponse(bytes(printed.content), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-{number}.pdf"'
    return response
