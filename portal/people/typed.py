"""Text that was being sent when a session ran out stays for an hour with this browser, for this person alone, and is
back in the form once they have signed in. Nothing is ever saved by itself, and files are not kept. It is encrypted: what
somebody writes in confidence stands nowhere in the clear."""

import json
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import signing
from django.http import HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from portal.access import SMALL, sent
from portal.actions import NotYet, laying_before
from portal.packages import is_ours
from portal.text import models

STORED, SALT = "typed", "portal.people.typed"
HOUR, LONGEST = 3600, 100_000
SEALED = models.EncryptedTextField()
NEVER = {"people:prove"}  # a code is worth nothing an hour later


class SignInFirst(LoginRequiredMiddleware):
    def handle_no_permission(self, request, view_func):
        if request.method == "POST":
            _store(request, view_func)
        return super().handle_no_permission(request, view_func)


class Typed:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        key = request.session.get(SESSION_KEY) if request.session.session_key else None
        if key and _whose(request) != key:
            answer.set_cookie(
                settings.WHOSE_COOKIE_NAME,
                signing.dumps(key, salt=SALT),
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return answer

    def process_view(self, request, view, args, kwargs):
        if request.method != "GET" or not request.session.session_key or STORED not in request.session:
            return None
        stored = request.session[STORED]
        is_theirs = request.user.is_authenticated and stored["whose"] == str(request.user.pk)
        if stored["until"] < time.time() or (request.user.is_authenticated and not is_theirs):
            del request.session[STORED]
            return None
        if not is_theirs or stored["path"] != request.get_full_path():
            return None
        del request.session[STORED]
        _say(request, stored)
        return _laid_before(request, stored, lambda: view(request, *args, **kwargs))


def _store(request, view):
    whose = getattr(request, "was", None) or _whose(request)
    is_kept = request.resolver_match.view_name not in NEVER and not getattr(view, "is_anonymous", False)
    is_own = is_ours(view.__module__) and is_kept
    if not whose or not is_own or not 0 < sent(request) <= SMALL:
        return  # a body is read only when we know whose it is and that it is small
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    size = sum(len(value) for values in fields.values() for value in values)
    if not fields or size > LONGEST:
        return
    request.session[STORED] = {
        "whose": whose,
        "until": time.time() + HOUR,
        "path": request.get_full_path(),
        "fields": SEALED.get_prep_value(json.dumps(fields)),
        "files": bool(request.FILES),
    }
    request.session.set_expiry(HOUR)
    messages.info(request, _("You had been signed out. Sign in, and what you wrote is there again."))


def _whose(request):
    try:
        return signing.loads(request.COOKIES.get(settings.WHOSE_COOKIE_NAME, ""), salt=SALT)
    except signing.BadSignature:
        return None


def _say(request, stored):
    messages.warning(
        request, _("You had been signed out, so what you sent was not saved. Look through it, and send it once more.")
    )
    if stored["files"]:
        messages.warning(request, _("Choose your file again: files are not kept."))


def _laid_before(request, stored, show):
    """The page as if it had been posted, but without saving. Where the view cannot show that, its form is shown filled in."""
    typed = QueryDict(mutable=True)
    for name, values in json.loads(SEALED.from_db_value(stored["fields"], None, None)).items():
        typed.setlist(name, values)
    request._post, request._files = typed, MultiValueDict()
    try:
        for method in ("POST", "GET"):
            request.method = method
            try:
                with laying_before():
                    answer = show()
            except NotYet:
                continue
            if not isinstance(answer, HttpResponseNotAllowed):
                return answer
    finally:
        request.method = "GET"
    return redirect("home")
