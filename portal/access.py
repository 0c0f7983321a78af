"""Who may open which page: every view declares one rule, and nothing undeclared is served.

The words `anyone`, `signed_in` and `staff` live here; kinds of people (`guardians`, `principals` ...) live in
`portal.people.rules`. A rule is a function of one person that returns a bool; its docstring is the reason in words.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods


class NotForYou(PermissionDenied):
    """The page is known to exist but is for others: `who` names them to the reader."""

    def __init__(self, rule):
        super().__init__()
        self.who = getattr(rule, "who", "")


def for_whom(who):
    """Declare beside a rule whom it lets in; those it keeps out are told."""

    def said(rule):
        rule.who = who
        return rule

    return said


def anyone(person):
    """Open to the whole world, without signing in."""
    return True


def link_holders(person):
    """Open to anybody with a personal link; the view finds everything through the link."""
    return True


def signed_in(person):
    """Open to everyone who has signed in."""
    return person.is_authenticated


@for_whom(_("those who run the portal"))
def staff(person):
    """Open to the operator's staff, who look but do not decide."""
    return person.is_active and person.is_staff


OPEN = (anyone, link_holders)
MEGABYTE = 1024 * 1024
SMALL = MEGABYTE  # what a page without a file may be sent
WRITES = require_http_methods(["GET", "HEAD", "POST"])  # a page with a form of its own


def require(allowed):
    if not allowed:
        raise PermissionDenied


def sent(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)  # as Django reads it
    except ValueError:
        return 0


def page(*, open_to, body=SMALL, anonymous=False, kept=0):
    """Declare who may open a view, and how many bytes may be sent to it. Everybody else gets a 403; anonymous visitors
    are sent to sign in, and what they send is not read. What is sent to an `anonymous` page is kept nowhere with a
    name, not even for an hour when the session has run out. What a visitor reads may be `kept` so many seconds by
    browsers and proxies, and is asked for again by its ETag (`portal.bodies`)."""

    def declare(view):
        @wraps(view)
        def opened(request, *args, **kwargs):
            return view(request, *args, **kwargs)

        opened.body, opened.is_anonymous, opened.kept = body, anonymous, kept
        return _declared(opened, open_to)

    return declare


def foreign(urls, *, open_to, shut=()):
    """Somebody else's URL tree (the admin, the sign-in library) with a rule for each of its names.

    `open_to` is {name: rule}. A name in `shut`, and a page without a name, is not routed at all. A name in neither,
    such as one that came with a newer library, has no rule: the check names it, and nobody is served.
    """
    patterns, app_name, namespace = urls if isinstance(urls, tuple) else (urls, None, None)
    return _ruled(getattr(patterns, "urlpatterns", patterns), open_to, shut), app_name, namespace


def _ruled(patterns, open_to, shut):
    ruled = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = _ruled(pattern.url_patterns, open_to, shut)
            named = (pattern.app_name, pattern.namespace)
            ruled.append(URLResolver(pattern.pattern, inner, pattern.default_kwargs, *named))
        elif pattern.name and pattern.name not in shut:
            view = _copy(pattern.callback)
            view.login_url = None  # the portal's own, whatever the tree has
            if pattern.name in open_to:
                _declared(view, open_to[pattern.name])
            ruled.append(URLPattern(pattern.pattern, view, pattern.default_args, pattern.name))
    return ruled


def _copy(view):
    @wraps(view)
    def opened(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return opened


def _declared(view, open_to):
    view.open_to = open_to
    view.login_required = open_to not in OPEN and getattr(view, "login_required", True)
    return view


class DenyUndeclared:
    """Middleware: a view without a rule is not served, and a rule that says no is a 403."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        rule = getattr(view, "open_to", None)
        if rule is None or not rule(request.user):
            raise NotForYou(rule)


def undeclared(resolver=None, prefix=""):
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += undeclared(pattern, path)
        elif isinstance(pattern, URLPattern) and not hasattr(pattern.callback, "open_to"):
            found.append(path)
    return found
