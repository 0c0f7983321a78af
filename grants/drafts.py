"""A draft that saves itself as one types. Without the script the page has a button; what this saves is a draft alone."""

from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.speech import clock

HEADER = "X-Keep"  # a header, and no field: what is laid before somebody after signing in is a page again


def saves(request):
    return request.method == "POST" and HEADER in request.headers


def saved(application, shown):
    """Where the draft is, and what the page shows of it from now on."""
    return JsonResponse(
        {
            "at": reverse("grants:application_edit", args=[application.pk]),
            "seen": shown.seal(shown.values),
            "said": _("Saved at %(time)s. The principal cannot see a draft.")
            % {"time": clock(timezone.now(), application.school)},
        }
    )


def not_saved(form):
    said = " ".join(form.non_field_errors()) or _("Not saved yet. Press “Save draft”.")
    return JsonResponse({"said": said}, status=409)
