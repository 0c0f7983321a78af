"""Whoever can open other people's rights proves twice who they are before any page of theirs opens."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.access import OPEN
from portal.people.rules import needs_second_factor

STAND_IN = "demo"  # the demo's way in; it counts only where the demo does


class SecondFactor:
    """Middleware: sends a principal, an office, a municipality or the operator to their second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if getattr(view, "open_to", None) in OPEN or not request.user.is_authenticated:
            return None
        if proved_twice(request) or not needs_second_factor(request.user):
            return None
        if is_mfa_enabled(request.user):
            here = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
            return redirect(f"{reverse('mfa_reauthenticate')}?{here}")
        messages.info(
            request, _("Your role opens other people's information. Choose a second way to prove who you are.")
        )
        return redirect("mfa_index")


def proved_twice(request):
    """Whether this session was opened with a second factor, or a passkey, which is two in one."""
    ways = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" in ways or (settings.DEMO and STAND_IN in ways)
