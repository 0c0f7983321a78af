"""A request body is accepted up to the size its page declares, and a page for one person is stored by nobody."""

from hashlib import sha256

from django.conf import settings
from django.http.request import UnreadablePostError
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response

from portal.access import SMALL, anyone, sent
from portal.home.errors import no_length, too_large

PIECE = 64 * 1024
SIGN_IN = "account/"
COMPRESS = GZipMiddleware(lambda request: None)


class Limit:
    """Middleware: a body larger than its page accepts gets a 413 before a byte of it is read or stored. Runs after the
    rules, so that strangers are sent to sign in whatever they send, and before anything that reads a body."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request._read_started and sent(request) <= SMALL:
            _throw_away(request)  # a browser cut off while still sending does not read the answer
        return response

    def process_view(self, request, view, args, kwargs):
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return no_length(request)
        most = getattr(view, "body", SMALL)
        return too_large(request, most) if sent(request) > most else None


def _throw_away(request):
    try:
        while request.read(PIECE):
            pass
    except UnreadablePostError:
        pass


class NothingKept:
    """Middleware: no browser and no proxy stores a page that is one person's own: every page of a session, every page
    that sets a cookie, every page behind a rule or a personal link, and the sign-in pages. What the whole world may read
    may be cached."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_personal(request, response):
            response.headers["Cache-Control"] = "private, no-store"
            return response
        seconds = getattr(request.resolver_match and request.resolver_match.func, "kept", 0)
        return _for_all(request, response, seconds) if seconds and response.status_code == 200 else response


def _for_all(request, response, seconds):
    """The ETag is of all that the page says: no change is forgotten, whatever it comes from. It is weak, since the page
    is sent compressed: there is no secret in what everybody reads. `Vary` keeps the languages apart, which a visitor
    chooses by a cookie."""
    etag = f'W/"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["ETag"] = etag
    return COMPRESS.process_response(request, get_conditional_response(request, etag=etag, response=response))


def is_personal(request, response):
    """Decided by the cookie, since it must work without the database too."""
    page = request.resolver_match
    return bool(
        settings.SESSION_COOKIE_NAME in request.COOKIES
        or response.cookies
        or (page is not None and (getattr(page.func, "open_to", None) is not anyone or page.route.startswith(SIGN_IN)))
    )
