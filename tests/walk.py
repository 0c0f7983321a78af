"""Every page of the demo's town, reached as its people would: by links, through forms, from the letters they get."""

import re
from html import unescape
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import resolve

from portal.home import errors
from portal.home.demo.cast import cast_by_role
from tests.conftest import Browser
from tests.letters import letters_of, links_in, mails, shapes_of_mail
from tests.reading import Reading

LINK = re.compile(r'(?:href|data-hx-get)="([^"#]+)')
FRESH = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|"X-CSRFToken": ?"[^"]+"')
TAG, WORDS = re.compile(r"<[a-z][^>]*>"), re.compile(r'(?<!class)="[^"]*"')
FIRST = ("/", "/no-such-page", "/account/login/", "/accessibility/", "/help/", "/demo/")


class Walk:
    """{what it is: its HTML} of all that was shown, each different HTML once."""

    def __init__(self):
        self.pages, self.broken, self.letters, self.seen, self.posted = {}, [], {}, set(), set()

    def __repr__(self):
        return f"<a walk to {len(self.pages)} pages>"

    def everywhere(self):
        cast = {group.kind: group.parts[0].person for group in cast_by_role()}
        self.along("nobody", Browser(), (*FIRST, "/gallery"))
        for kind, person in cast.items():
            client = Browser()
            client.force_login(person)
            self.along(kind, client)
            self.wrong(kind, person)
        self.wrong("nobody", AnonymousUser())
        self.letters = letters_of(cast.values())
        links = [link for _kind, letter, _person in self.letters.values() for link in links_in(letter)]
        self.along("by link", Browser(), links)
        self.pages |= mails(self.letters.values()) | shapes_of_mail()

    def along(self, kind, client, first=FIRST):
        """Follow the links from the first pages on, one address of each shape, and try each new form."""
        client.raise_request_exception = False
        shapes, waiting = set(), list(first)
        while waiting:
            path = waiting.pop(0)
            if shape_of(path) in shapes:
                continue
            shapes.add(shape_of(path))
            html = self.keep(f"{kind} {path}", client.get(path, follow=True))
            links = (urlsplit(urljoin(path, unescape(link))) for link in LINK.findall(html))
            waiting += [link._replace(scheme="", netloc="").geturl() for link in links if is_ours(link)]
            for form in Reading(html).forms.values() if html else ():
                self.through(kind, client, urljoin(path, form.action), form)

    def keep(self, name, answer):
        """Returns the HTML of an answer that is a page and new."""
        if answer.status_code == 500:
            self.broken.append(name)
        if not answer.get("Content-Type", "").startswith("text/html"):
            return ""
        html = answer.content.decode()
        bare = FRESH.sub("", html)
        if bare in self.seen:
            return ""
        self.seen.add(bare)
        if "<html" in html:
            self.pages[name] = html
        return html

    def through(self, kind, client, path, form):
        """Send a form empty, and with nonsense in it; all of it is rolled back."""
        shape = shape_of(path), form.shape
        if shape in self.posted or not is_ours(urlsplit(path)):
            return
        self.posted.add(shape)
        cookies = client.cookies.copy()
        for how, sent in (("empty", form.empty()), ("nonsense", form.nonsense())):
            with transaction.atomic():
                answer = (client.post if form.method == "post" else client.get)(path, sent)
                transaction.set_rollback(True)
            client.cookies = cookies.copy()
            self.keep(f"{kind} {path} sent {how}", answer)
            if answer.status_code == 429:
                cache.clear()

    def wrong(self, kind, person):
        request = RequestFactory().post("/", {"title": "<Bålkveld>", "csrfmiddlewaretoken": "x"})
        request.user, request.session, request._messages = person, Browser().session, []
        shown = {
            400: errors.bad_request(request),
            403: errors.forbidden(request, SimpleNamespace(who="contact teachers")),
            "403 worn out": errors.csrf_failed(request),
            404: errors.not_found(request),
            411: errors.no_length(request),
            413: errors.too_large(request),
            429: render(request, "429.html", status=429),
            503: errors.busy(request),
        }
        for status, answer in shown.items():
            self.keep(f"{kind} {status}", answer)
        self.pages[f"{kind} 500"] = errors.server_error(request).content.decode()
        self.pages["the last resort"] = errors.LAST_RESORT


def is_ours(link):
    """Not the demo's own mailbox: its mails are not from this run."""
    elsewhere = link.path.startswith(("/static/", "/demo/mail/")) or "logout" in link.path
    return link.scheme in ("", "http") and not elsewhere


def alike(pages):
    """The names of the largest among pages that are made of the same elements with the same classes."""
    largest = {}
    for name, html in pages.items():
        elements = frozenset(TAG.findall(WORDS.sub("", html)))
        if len(html) > len(pages[largest.setdefault(elements, name)]):
            largest[elements] = name
    return set(largest.values())


def shape_of(path):
    """The page behind an address, whatever row it is about, and which of its query parameters are given."""
    parts = urlsplit(path)
    try:
        name = resolve(parts.path).view_name
    except LookupError:
        name = ""
    except Exception:
        name = parts.path
    return name, tuple(sorted(re.findall(r"(\w+)=", parts.query)))
