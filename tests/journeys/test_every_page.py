"""Every page of the demo's town, as one person of each kind comes to it: its HTML, and how it fits."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from portal.checkout.embedded import ROOT
from portal.messaging.kinds import KINDS
from tests.reading import loose_ends
from tests.valid import JAVA, NO_JAVA, faults_in
from tests.walk import Walk, alike

# without the first mark, nobody makes tables where this file is run alone
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WIDTHS = (320, 390, 1024, 1280, 1600)
PHONES, NARROW_AND_WIDE = (320, 390), (320, 1280)  # of mails; of pages that were looked at before their form was sent
MISFITS = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const found = wide > 0 ? [`the page is ${wide} px too wide`] : [];
  for (const one of document.body.querySelectorAll("*")) {
    const hasWords = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const { width, height } = one.getBoundingClientRect(), line = parseFloat(getComputedStyle(one).lineHeight) || 24;
    const isSeen = one.checkVisibility() && !one.closest(".sb-cards-table thead");  // those heads are for screen readers
    const stands = hasWords && width < 48 && height > 6 * line && isSeen;
    if (stands) found.push(`<${one.localName} class="${one.className}"> has only ${Math.round(width)} px for its words`);
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
LOOK = """async (width) => {
  const misfits = %s;
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await document.fonts.ready;
  for (let left = 100, found; ; left--) {  // what passes while the page comes to rest is no misfit
    await frame();
    found = innerWidth === width ? misfits() : [`the window is ${innerWidth} px`];
    if (!found.length || !left) return found;
  }
}"""


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    walk = Walk()
    connection.close()  # whatever a journey before has left
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.DEMO", True)
        call_command("seed", verbosity=0)
        walk.everywhere()
        transaction.set_rollback(True)
    connection.close()  # a browser may be about, in whose loop it would be another's
    return walk


@pytest.fixture(scope="module")
def folder(walk, tmp_path_factory):
    """The pages as files, and beside them the static files they ask for."""
    folder = tmp_path_factory.mktemp("pages")
    for number, html in enumerate(walk.pages.values()):
        (folder / f"{number}.html").write_text(html)
    return folder


def told(faults):
    """What a failed assertion prints: the faults, and nothing else."""
    __tracebackhide__ = True
    if faults:
        pytest.fail(f"{len(faults)} faults\n" + "\n".join(map(str, faults[:100])), pytrace=False)


def test_nobody_on_the_way_finds_a_page_broken(walk):
    told(walk.broken)
    assert len(walk.pages) > 500
    assert sum(" sent " in name for name in walk.pages) > 100
    assert len(walk.letters) > 0.6 * len(KINDS)  # the others speak of what has not happened in the town


def test_nothing_points_to_what_is_not_on_the_page(walk):
    told([f"{name}: {end}" for name, html in walk.pages.items() for end in loose_ends(html)])


@pytest.mark.skipif(not JAVA, reason=NO_JAVA)
def test_the_html_of_every_page_is_valid(walk, folder):
    told(faults_in(list(walk.pages), folder))


def test_nothing_is_cut_off_at_any_width(walk, folder, browser, static_files):
    shown, misfits = [""], []
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: misfits.append(f"{shown[0]}: {error}"))
    different = alike(walk.pages)
    for number, name in enumerate(walk.pages):
        if name not in different:
            continue
        shown[0] = name
        page.goto(f"{static_files}/{number}.html")
        for width in PHONES if name.startswith("mail ") else NARROW_AND_WIDE if " sent " in name else WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            misfits += [f"{name} at {width}: {misfit}" for misfit in page.evaluate(LOOK % MISFITS, width)]
    page.context.close()
    told(misfits)


@pytest.fixture(scope="module")
def static_files(folder):
    """A server of these files, which a browser may cache from page to page."""
    (folder / "static").symlink_to(ROOT / "static")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass
