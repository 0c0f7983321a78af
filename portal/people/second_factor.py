"""Those who can open other people's rights use a second factor before any page opens, and those who change how they
sign in prove at that moment who they are."""

import time

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
LATELY = 300  # seconds

PROVING = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "people:prove"}
FIRST_FACTOR = {"mfa_activate_totp", "mfa_add_webauthn"}
CHANGES = FIRST_FACTOR | {
    "account_email",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}


class SecondFactor:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if getattr(view, "open_to", None) in OPEN or not request.user.is_authenticated or name in PROVING:
            return None
        if not proved_twice(request) and needs_second_factor(request.user):
            if is_mfa_enabled(request.user):
                return _prove(request, "mfa_reauthenticate")
            if name not in FIRST_FACTOR | {"mfa_index"}:
                return _to_a_factor(request)
        if name in CHANGES and not proved_lately(request, name):
            return _prove(request, "mfa_reauthenticate" if is_mfa_enabled(request.user) else "people:prove")
        return None


def _to_a_factor(request):
    messages.info(request, _("Your role opens other people's information. Choose a second way to prove who you are."))
    return redirect("mfa_index")


def _prove(request, name):
    """Nothing that was posted is carried out afterwards: the page is opened anew."""
    here = urlencode({"next": request.get_full_path() if request.method == "GET" else _page_of(request)})
    return redirect(f"{reverse(name)}?{here}")


def _page_of(request):
    return request.path if request.resolver_match.view_name in CHANGES else "/"


def proved_twice(request):
    ways = {record.get("method") for record in get_authentication_records(request, request.user)}
    # a passkey is recorded as "mfa" too: it is two factors in one
    return "mfa" in ways or (settings.DEMO and STAND_IN in ways)


def proved_lately(request, name=""):
    """With a second factor it has to be that one. To choose the first factor, having just signed in is enough."""
    since, has_factor = time.time() - LATELY, is_mfa_enabled(request.user)
    recent = [one for one in get_authentication_records(request, request.user) if one["at"] > since]
    if has_factor:
        return any(one.get("reauthenticated") and one["method"] == "mfa" for one in recent)
    return bool(recent) if name in FIRST_FACTOR else any(one.get("reauthenticated") for one in recent)
