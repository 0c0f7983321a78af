"""Every page of the demo's town, found by following its links as one person of each kind: its HTML, and how it fits."""

import re
from html import unescape
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import resolve

from portal.checkout.embedded import ROOT
from portal.home.demo.cast import cast_by_role
from tests.conftest import Browser
from tests.valid import JAVA, NO_JAVA, faults_in

WIDTHS = (320, 390, 1024, 1280, 1600)
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
LINK = re.compile(r'(?:href|data-hx-get)="([^"#]+)')
MISFITS = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const found = wide > 0 ? [`the page is ${wide} px too wide`] : [];
  for (const one of document.body.querySelectorAll("*")) {
    if (one.scrollWidth <= one.clientWidth + 1 || one.clientWidth < 2 || one.matches("input, select, svg, svg *")) continue;
    if (!one.checkVisibility()) continue;
    const style = getComputedStyle(one), name = `<${one.localName} class="${one.className}" id="${one.id}">`;
    if (["hidden", "clip"].includes(style.overflowX)) found.push(`${name} is cut off by ${one.scrollWidth - one.clientWidth} px`);
    if (!["auto", "scroll"].includes(style.overflowX) || one.matches("textarea, .sb-tabs")) continue;
    const named = one.ariaLabel || document.getElementById(one.getAttribute("aria-labelledby"));
    const says = one.previousElementSibling?.matches(".sb-sideways") && one.previousElementSibling.checkVisibility();
    const isRegion = one.tabIndex === 0 && ["region", "group"].includes(one.getAttribute("role"));
    if (!isRegion || !named || !says) found.push(`${name} scrolls and does not say so`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """{what it is: HTML} of every page that somebody of each kind comes to; one address of each shape."""
    found = {}
    connection.close()  # whatever a journey before has left
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.DEMO", True)
        call_command("seed", verbosity=0)
        for group in cast_by_role():
            found |= {f"{group.kind} {path}": html for path, html in followed(group.parts[0].person)}
        transaction.set_rollback(True)
    connection.close()  # a browser may be about, in whose loop it would be another's
    assert len(found) > 200
    return found


def followed(person):
    """(path, HTML) of the pages that are linked, from the first on."""
    client, shapes, waiting = Browser(), set(), ["/", "/no-such-page"]
    client.force_login(person)
    while waiting:
        path = waiting.pop(0)
        if shape_of(path) in shapes:
            continue
        shapes.add(shape_of(path))
        answer = client.get(path, follow=True)
        if answer.status_code >= 500 or not answer["Content-Type"].startswith("text/html"):
            continue
        html = answer.content.decode()
        yield path, html
        links = (urlsplit(urljoin(path, unescape(link))) for link in LINK.findall(html))
        waiting += [link._replace(scheme="", netloc="").geturl() for link in links if is_ours(link)]


def is_ours(link):
    return link.scheme in ("", "http") and not link.path.startswith("/static/") and "logout" not in link.path


def shape_of(path):
    """The page behind an address, whichever thing it is about, and which of its questions are answered in it."""
    parts = urlsplit(path)
    try:
        name = resolve(parts.path).view_name
    except LookupError:
        name = ""
    except Exception:
        name = parts.path
    return name, tuple(sorted(re.findall(r"(\w+)=", parts.query)))


@pytest.mark.skipif(not JAVA, reason=NO_JAVA)
def test_the_html_of_every_page_is_valid(pages, tmp_path):
    assert faults_in(pages, tmp_path) == []


def test_nothing_is_cut_off_at_any_width(pages, browser):
    shown, misfits = SimpleNamespace(), []
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.on("pageerror", lambda error: misfits.append(f"{shown.name}: {error}"))
    page.route("**/*", lambda route: answer(route, shown.html))
    for name, html in pages.items():
        shown.name, shown.html = name, html
        page.goto("http://pages.test/")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
            misfits += [f"{name} at {width}: {misfit}" for misfit in page.evaluate(MISFITS)]
    page.context.close()
    assert misfits == []


def answer(route, html):
    """The page that is looked at, and the files it asks for from where they lie."""
    path = urlsplit(route.request.url).path
    if path == "/":
        return route.fulfill(body=html, content_type="text/html; charset=utf-8")
    asked = ROOT / path.lstrip("/")
    if not path.startswith("/static/") or not asked.is_file():
        return route.abort()
    return route.fulfill(body=asked.read_bytes(), content_type=KINDS.get(asked.suffix[1:], "text/plain"))
