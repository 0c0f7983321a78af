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
MISFITS = """(inside) => {
  const { document } = inside, root = document.documentElement, wide = root.scrollWidth - root.clientWidth;
  const found = wide > 0 ? [`the page is ${wide} px too wide`] : [];
  for (const one of document.body.querySelectorAll("*")) {
    const narrow = one.offsetWidth === undefined || one.offsetWidth < 48;  // an svg has none
    const cut = one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1;
    if (!narrow && !cut) continue;
    const style = inside.getComputedStyle(one), name = `<${one.localName} class="${one.className}" id="${one.id}">`;
    if (narrow && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) {
      const { width, height } = one.getBoundingClientRect(), line = parseFloat(style.lineHeight) || 24;
      const isSeen = one.checkVisibility() && !one.closest(".sb-cards-table thead");  // those heads are for screen readers
      if (isSeen && width < 48 && height > 6 * line) found.push(`${name} has only ${Math.round(width)} px for its words`);
    }
    if (!cut || one.matches("input, select, svg, svg *") || !one.checkVisibility()) continue;
    if (["hidden", "clip"].includes(style.overflowX)) found.push(`${name} is cut off by ${one.scrollWidth - one.clientWidth} px`);
    if (!["auto", "scroll"].includes(style.overflowX) || one.matches("textarea, .sb-tabs")) continue;
    const named = one.ariaLabel || document.getElementById(one.getAttribute("aria-labelledby"));
    const says = one.previousElementSibling?.matches(".sb-sideways") && one.previousElementSibling.checkVisibility();
    const isRegion = one.tabIndex === 0 && ["region", "group"].includes(one.getAttribute("role"));
    if (!isRegion || !named || !says) found.push(`${name} scrolls and does not say so`);
  }
  return found;
}"""
# beside what a window shows, so that nothing is painted; several, so that one is measured while another comes to rest
FRAME = '<iframe style="position: absolute; left: -5000px; height: 900px; border: 0"></iframe>'
FRAMES = f"<!doctype html><title>Pages</title>{FRAME * 6}"
BROKEN = """<!doctype html><title>Misfits</title><body style="margin: 0">
<p style="width: 600px">Wide</p>
<p style="overflow: hidden; max-width: 400px"><span style="display: block; width: 390px">Cut off</span></p>
<p style="max-width: calc(100vw - 300px); line-height: 20px">There is no room here for any of these words</p>
<div style="overflow: auto; width: 100px"><p style="width: 200px; margin: 0">Scrolls</p></div>"""
LOOK = """async (pages) => {
  const misfits = %s, found = {};
  const rest = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const look = async (frame) => {
    for (let next; (next = pages.pop());) {
      const [address, widths] = next, misfitsAt = found[address] = {};
      await new Promise((done) => { frame.onload = done; frame.src = address; });
      await frame.contentDocument.fonts.ready;
      for (const width of widths) {
        frame.style.width = `${width}px`;
        for (let left = 100; left; left--) {  // what passes while the page comes to rest is no misfit
          await rest();
          misfitsAt[width] = misfits(frame.contentWindow);
          if (!misfitsAt[width].length) break;
        }
      }
    }
  };
  await Promise.all([...document.querySelectorAll("iframe")].map(look));
  return found;
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
def folder(tmp_path_factory):
    """Of pages as files, and beside them the static files they ask for."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "static").symlink_to(ROOT / "static")
    (folder / "frames.html").write_text(FRAMES)
    (folder / "misfits.html").write_text(BROKEN)
    return folder


@pytest.fixture(scope="module")
def pages(walk, folder):
    for number, html in enumerate(walk.pages.values()):
        (folder / f"{number}.html").write_text(html)
    return walk.pages


def told(faults):
    """What a failed assertion prints: the faults, and nothing else."""
    __tracebackhide__ = True
    if faults := list(faults):
        pytest.fail(f"{len(faults)} faults\n" + "\n".join(map(str, faults[:100])), pytrace=False)


def test_nobody_on_the_way_finds_a_page_broken(walk):
    told(walk.broken)
    assert len(walk.pages) > 500
    assert sum(" sent " in name for name in walk.pages) > 100
    assert len(walk.letters) > 0.6 * len(KINDS)  # the others speak of what has not happened in the town


def test_nothing_points_to_what_is_not_on_the_page(walk):
    told([f"{name}: {end}" for name, html in walk.pages.items() for end in loose_ends(html)])


@pytest.mark.skipif(not JAVA, reason=NO_JAVA)
def test_the_html_of_every_page_is_valid(pages, folder):
    told(faults_in(list(pages), folder))


def test_nothing_is_cut_off_at_any_width(pages, window):
    different = alike(pages)
    numbered = {f"{number}.html": name for number, name in enumerate(pages) if name in different}
    found = window.evaluate(LOOK % MISFITS, [[page, widths_for(name)] for page, name in numbered.items()])
    assert found.keys() == numbered.keys()
    told(
        f"{numbered[page]} at {width}: {misfit}"
        for page, misfits_at in found.items()
        for width, misfits in misfits_at.items()
        for misfit in misfits
    )


def test_what_is_cut_off_is_found(window):
    """One page with each kind of misfit, at the width where it is one."""
    found = window.evaluate(LOOK % MISFITS, [["misfits.html", (320, 1280)]])["misfits.html"]

    assert [misfit.partition(">")[2].split(" px")[0] for misfit in found["1280"]] == [" scrolls and does not say so"]
    assert len(found["320"]) == 4


def widths_for(name):
    return PHONES if name.startswith("mail ") else NARROW_AND_WIDE if " sent " in name else WIDTHS


@pytest.fixture(scope="module")
def window(browser, static_files):
    """It shows one page after the other, as wide as it is told to."""
    window = browser.new_context(reduced_motion="reduce").new_page()
    errors = []
    window.on("pageerror", lambda error: errors.append(error))
    window.goto(f"{static_files}/frames.html")
    yield window
    window.context.close()
    told(errors)


@pytest.fixture(scope="module")
def static_files(folder):
    """A server of these files, which a browser may cache from page to page."""
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
