"""A real browser, a real worker, a real mail server: what a journey runs on."""

import os
import re
import shutil
import time
from contextlib import contextmanager
from datetime import time as clock
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from celery.contrib.testing.worker import start_worker
from django.conf import settings as configured
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from portal.celery import app
from portal.checkout.local import free_port
from portal.ledger import tasks as ledger
from portal.messaging import tasks as messages
from portal.messaging.models import Delivery, Preference
from portal.people.models import Person
from tests.conftest import Browser

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
# the same engine, of the same source, without the windows that a test does not look at
ENGINE = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or CHROMIUM
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # no page lives long enough to gain from what is compiled to be fast, and axe makes each of them begin anew
    "--js-flags=--no-opt --no-maglev",
]
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
PATIENCE = 60
expect.set_options(timeout=PATIENCE * 1000)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
JUDGE = """async (rules) => {
  const options = { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] };  // the rest only takes time
  return (await axe.run(options)).violations;
}"""

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver keeps an event loop in this thread


def pytest_itemcollected(item):
    """Of this folder alone: elsewhere this hook is not asked."""
    item.add_marker(pytest.mark.journey)
    if not CHROMIUM:
        item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: apt install chromium"))


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    with started(playwright, ENGINE) as browser:
        yield browser


@pytest.fixture(scope="session")
def whole_browser(playwright):
    """Who goes back in it sees the old page, as at home: the engine alone keeps none."""
    with started(playwright, CHROMIUM) as browser:
        yield browser


@contextmanager
def started(playwright, path):
    browser = playwright.chromium.launch(
        executable_path=path, args=QUIET, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


@pytest.fixture
def visit(request, live_server, settings):
    """Open a new browser window: visit("phone").goto("/"). Each has its own cookies."""
    settings.SITE_URL = live_server.url
    contexts = []

    def opened(kind="phone", *, whole=False, **options):
        width, height = WIDTHS[kind]
        browser = request.getfixturevalue("whole_browser" if whole else "browser")
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="en-GB",
            reduced_motion="reduce",  # a page is judged at rest: half-way through a fade its words are pale
            **options,
        )
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


class Mailbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 the library's name
        mail = message_from_bytes(envelope.content, policy=policy.default)
        mail.receiver = envelope.rcpt_tos[0]
        self.mails.append(mail)
        return "250 taken"

    def to(self, person):
        return [mail for mail in self.mails if mail.receiver == person.email]


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "portal.messaging.email.Wire"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    yield box
    server.stop()


@pytest.fixture
def worker(transactional_db, live_server, settings):
    """A Celery worker on the real broker, for as long as the test runs. The queues are emptied first: messages from
    other tests are about rows that are gone, and would only be waited for."""
    settings.SITE_URL = live_server.url  # a worker does not start for an address without TLS elsewhere
    cache.clear()  # the whole of this run's Redis, the queues with it
    with start_worker(
        app, perform_ping_check=False, pool="solo", queues=["default", "mail", "import", "planning"]
    ) as worker:
        yield worker


def enter(page, person, address):
    """Sign in past two-factor; the codes themselves have their own journey."""
    client = Browser()
    client.force_login(person)
    page.context.clear_cookies()
    cookie = client.cookies[configured.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def look(page):
    """What must hold of every page on the way. A click waits for the next page to begin, not for its end."""
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_count(1)
    assert overflow_of(page) == 0
    assert problems_on(page) == []


def wait_for(what, condition):
    """Poll until it is true; the worker and the clock are real."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.3)


def let_go():
    """Send what is waiting now: the delay in which it can be stopped and the quiet hours have tests of their own."""
    ledger.sweep.delay()
    wait_for("every event to be heard", lambda: not ledger.Event.objects.unpublished().exists())
    Delivery.objects.filter(state=Delivery.State.QUEUED).update(next_try_at=timezone.now())
    messages.sweep.delay()


def in_english_at_any_hour(*people):
    """The journey reads English, and may be run at night."""
    Person.objects.filter(pk__in=[person.pk for person in people]).update(language="en")
    for person in people:
        Preference.objects.create(person=person, quiet_from=clock(0), quiet_until=clock(0))


def links_in(mail):
    return re.findall(r"https?://\S+", mail.get_body(("plain",)).get_content())


def problems_on(page):
    """What axe finds on the page, in the words of its rules; empty when all is well."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
        page.context.add_init_script(AXE)  # the next pages of this window have it, and it is not read anew for each
    found = page.evaluate(JUDGE, RULES)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def overflow_of(page):
    """How many pixels the page is wider than the window; should be 0."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
