"""Calm pages for when something has gone wrong. None of them reveals whether a person or a class exists."""

import logging
import secrets

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponseNotAllowed, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from portal.access import MEGABYTE, SMALL
from portal.actions import Busy, Refusal, was_ended_for_another

logger = logging.getLogger(__name__)

LAST_RESORT = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Skolebro</title>'
    "<h1>Something went wrong on our side</h1><p>What you have saved is safe. Try again in a few minutes.</p></html>"
)


TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class TryAgain:
    """Middleware. When others keep changing the same row, nothing is broken: the page holds what was sent, to be sent
    again. A refusal is shown in its own words. A POST nested too deeply to parse came from no browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Busy) or was_ended_for_another(exception):
            return busy(request)
        if isinstance(exception, Refusal):
            return refused(request, exception)
        if isinstance(exception, RecursionError) and request.method == "POST":
            logger.warning("what was sent nests too deep to be read")
            return bad_request(request)
        return None


class OnlySentTo:
    """Middleware. Who comes back to an address that a form was sent to, such as by the address bar or by another
    language, reads that there is nothing; Django's own answer is a blank page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if not isinstance(answer, HttpResponseNotAllowed) or request.method != "GET":
            return answer
        page = _whole_page(render(request, "405.html", status=405))
        page.headers["Allow"] = answer.headers["Allow"]
        return page


def busy(request):
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    answer = render(request, "503.html", {"sent": sent, "has_files": bool(request.FILES)}, status=503)
    answer.headers["Retry-After"] = "5"
    return _whole_page(answer)


def refused(request, refusal):
    """For a refusal that no page shows: a button on something that has changed in the meantime."""
    return _whole_page(render(request, "409.html", {"why": str(refusal)}, status=409))


def too_large(request, most=SMALL):
    return _whole_page(render(request, "413.html", {"megabytes": most // MEGABYTE}, status=413))


def no_length(request):
    return _whole_page(render(request, "400.html", status=411))


def bad_request(request, exception=None):
    if isinstance(exception, TOO_MUCH):
        return too_large(request)
    return _whole_page(render(request, "400.html", status=400))


def forbidden(request, exception=None):
    """Says whom the page is for and as whom the reader is signed in. What must stay unknown is a 404, never a 403."""
    return _whole_page(render(request, "403.html", {"who": getattr(exception, "who", "")}, status=403))


def not_found(request, exception=None):
    return _whole_page(render(request, "404.html", status=404))


def csrf_failed(request, reason=""):
    """The page was open so long that its token expired, or cookies are off."""
    return _whole_page(render(request, "csrf_failed.html", status=403))


def server_error(request):
    """Uses neither the database, the session nor a context processor: any of them may be what is broken."""
    number = secrets.token_hex(4)
    logger.error("error page %s shown", number)
    try:
        words = loader.render_to_string(
            "500.html", {"number": number, "retry": request.path if request.method == "GET" else ""}
        )
    except Exception:
        logger.exception("the page for errors could not be drawn")
        words = LAST_RESORT
    return _whole_page(HttpResponseServerError(words))


def _whole_page(answer):
    """When htmx asked for a fragment, the browser still gets a page, not a page inside a fragment."""
    answer["HX-Retarget"] = "body"
    answer["HX-Reswap"] = "innerHTML"
    return answer
