"""Once a year each link of a reference is tried, never on a machine of this network; whoever looks after it is told."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from portal.ledger.models import Event
from portal.people.hats import hats_of
from portal.people.models import the_portal
from principles import actions as drafting
from principles.adoption.models import Adoption
from principles.hearings.models import Hearing
from principles.models import PrincipleVersion
from principles.references import actions, links, tasks
from principles.references.models import LegalReference, LinkChanged, TextLink
from principles.references.queries import links_in
from principles.tasks import find_links, try_links
from tests.ground import once
from tests.pages import address, as_, text, todos_of
from tests.principles.conftest import publish

pytestmark = pytest.mark.django_db
LINK = "https://www.retsinformation.dk/"


class Page(BaseHTTPRequestHandler):
    STATUS = {"/there": 200, "/gone": 404, "/guarded": 403, "/ill": 503}

    def do_HEAD(self):
        self.server.asked.append(f"{self.command} {self.path}")
        if self.path.startswith("/onward"):
            self.send_response(302)
            self.send_header("Location", self.server.onward)
        else:
            self.send_response(
                405 if self.path == "/only-get" and self.command == "HEAD" else self.STATUS.get(self.path, 200)
            )
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 likewise

    def log_message(self, *_said):
        pass


@pytest.fixture
def served():
    """url, the requests that came, and where /onward leads."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.asked, server.onward = [], "/there"
    server.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def everywhere(_address, _port):
    return True


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/there", True),
        ("/gone", False),
        ("/only-get", True),
        ("/guarded", True),
        ("/ill", False),
        ("/onward", True),
        ("/æ ø?q=å", True),
    ],
)
def test_a_link_answers_or_not(served, path, answers):
    assert links.answers(served.url + path, "Skolebro", everywhere) is answers


def test_head_is_asked_first_and_get_only_where_it_is_needed(served):
    links.answers(f"{served.url}/there", "Skolebro", everywhere)
    links.answers(f"{served.url}/only-get", "Skolebro", everywhere)

    assert served.asked == ["HEAD /there", "HEAD /only-get", "GET /only-get"]


def test_a_circle_ends(served):
    served.onward = "/onward"
    assert not links.answers(f"{served.url}/onward", "Skolebro", everywhere)


def test_nothing_of_this_network_is_asked(served):
    assert not links.answers(f"{served.url}/there", "Skolebro")
    assert not links.answers(f"http://localhost:{served.server_port}/there", "Skolebro")
    assert served.asked == []


def test_a_page_of_the_world_that_sends_on_into_this_network_is_not_followed(served):
    inner = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    inner.asked = []
    Thread(target=inner.serve_forever, daemon=True).start()
    served.onward = f"http://127.0.0.1:{inner.server_port}/there"

    found = links.answers(f"{served.url}/onward", "Skolebro", lambda _address, port: port == served.server_port)
    inner.shutdown()
    inner.server_close()

    assert not found
    assert inner.asked == []
    assert served.asked != []


@pytest.mark.parametrize(
    "hidden",
    [
        *("127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("224.0.0.1", "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.8", "64:ff9b::a00:1"),
        *("2002:7f00:1::", "ff0e::1"),
    ],
)
def test_what_is_not_for_the_world_is_told_apart(hidden):
    assert not links.is_public(hidden, 443)


def test_only_the_usual_doors_are_tried():
    assert links.is_public("93.184.216.34", 443)
    assert links.is_public("2606:2800:220:1:248:1893:25c8:1946", 80)
    assert not links.is_public("93.184.216.34", 6379)


@pytest.mark.parametrize(
    "link", ["ftp://example.org/", "file:///etc/passwd", "https://", "https://[", "https://a.invalid/"]
)
def test_what_is_no_address_does_not_answer(link):
    assert not links.answers(link, "Skolebro")


def test_it_is_asked_in_a_process_of_its_own_and_a_machine_of_ours_does_not_answer(served):
    assert links.answers_apart(f"{served.url}/there", "Skolebro") is False
    assert served.asked == []


@once
def reference(published, karen):
    law = {"kind": "law", "title": "Folkeskoleloven", "link": LINK, "checked_on": timezone.localdate()}
    return actions.add_reference(published.principle, by=karen, **law)


class Asked(list):
    silent = ()

    def answers(self, link, agent):
        self.append(link)
        return link not in self.silent


@pytest.fixture
def world(monkeypatch):
    """What the links answer, and which were asked."""
    asked = Asked()
    monkeypatch.setattr(tasks, "answers_apart", asked.answers)
    return asked


def waiting(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


def aged(reference, days):
    then = timezone.localdate() - timedelta(days=days)
    LegalReference.objects.filter(pk=reference.pk).update(tried_on=then)


def test_try_links_run_twice_tries_each_once_a_year(reference, world):
    try_links()
    try_links()
    assert world == [LINK]
    reference.refresh_from_db()
    assert (reference.answers, reference.tried_on) == (True, timezone.localdate())

    aged(reference, 364)
    try_links()
    assert world == [LINK]
    aged(reference, 365)
    try_links()
    assert world == [LINK, LINK]


def test_a_link_that_does_not_answer_waits_for_who_looks_after_it_until_it_is_corrected(reference, world, karen, mette):
    title = "A link of “Princip for skole-hjem-samtaler” does not answer"
    world.silent = (LINK,)
    try_links()
    assert title in waiting(karen)
    assert title not in waiting(mette)
    page = address("principles", "tie_list", reference.principle.place_key, reference.principle.slug)
    assert "The link did not answer on" in text(as_(karen).get(page))

    actions.check_reference(reference, by=karen, link="https://www.retsinformation.dk/eli/lta/2024/1086")

    assert title not in waiting(karen)
    try_links()
    assert world[-1].endswith("1086")


def test_a_silent_link_is_tried_again_after_a_week_and_one_that_somebody_has_opened_is_not(reference, world, karen):
    world.silent = (LINK,)
    try_links()
    aged(reference, 7)
    world.silent = ()
    try_links()
    assert LegalReference.objects.get().answers

    LegalReference.objects.update(answers=False)
    actions.check_reference(reference, by=karen, checked_on=timezone.localdate())
    aged(reference, 300)
    try_links()
    assert len(world) == 2


def test_what_was_changed_meanwhile_is_left_alone_and_only_the_clock_notes(reference, karen):
    with pytest.raises(LinkChanged):
        actions.note_link(reference, by=the_portal(), link="https://old.example.org/", answers=False)
    with pytest.raises(PermissionDenied):
        actions.note_link(reference, by=karen, link=LINK, answers=False)


# Links that stand in a text


@once
def linked(draft, karen):
    section = draft.sections.last()
    drafting.edit_clause(
        draft.clauses.get(number=2),
        by=karen,
        text="Skolen indkalder, se https://skole.example/plan (og http://skole.example/b).",
        party="school",
        section=draft.clauses.get(number=2).section,
    )
    drafting.edit_section(section, by=karen, kind=section.kind, heading=section.heading, lead=f"Læs {LINK}.")
    return publish(draft, karen)


def links_of(version):
    return list(version.principle.text_links.values_list("link", flat=True))


def test_find_links_run_twice_finds_those_of_a_text_in_force_its_minutes_and_replies_once(linked, world, karen):
    Adoption.objects.create(
        version=linked, meeting_on=timezone.localdate(), body="B", item="1", decision="D", minutes=f"{LINK}minutes"
    )
    today = timezone.localdate()
    days = [today + timedelta(days=one) for one in range(3)]
    hearing = Hearing.objects.create(
        version=linked, school=linked.principle.school, opens_on=days[0], closes_on=days[1], reply_on=days[2]
    )
    hearing.themes.create(title="T", outcome="taken", reply=f"Se {LINK}reply!")

    find_links()
    find_links()

    found = ["http://skole.example/b", "https://skole.example/plan", LINK, f"{LINK}minutes", f"{LINK}reply"]
    assert links_of(linked) == found
    assert Event.objects.filter(verb="principles.text_links_found").count() == 1
    try_links()
    try_links()
    assert world == found


def test_a_link_of_a_text_that_does_not_answer_is_told_for_a_month_and_stands_on_the_page(linked, world, karen, mette):
    title, world.silent = "A link in “Princip for skole-hjem-samtaler” does not answer", (LINK,)
    find_links()
    try_links()
    assert title in waiting(karen)
    assert title not in waiting(mette)
    page = address("principles", "tie_list", linked.principle.place_key, linked.principle.slug)
    assert f'href="{LINK}"' in as_(karen).get(page).text

    TextLink.objects.update(silent_since=timezone.localdate() - timedelta(days=31))
    assert title not in waiting(karen)
    world.silent = ()
    TextLink.objects.update(tried_on=timezone.localdate() - timedelta(days=7))
    try_links()
    assert f'href="{LINK}"' not in as_(karen).get(page).text


def test_a_text_that_is_not_in_force_has_no_link_to_try(linked, world, karen):
    find_links()
    PrincipleVersion.objects.filter(pk=linked.pk).update(effective_to=timezone.localdate() - timedelta(days=1))

    find_links()

    assert links_of(linked) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Se https://a.example/b.", {"https://a.example/b"}),
        ("(https://a.example/b)", {"https://a.example/b"}),
        ("«https://a.example/?q=1&r=2» og https://b.example", {"https://a.example/?q=1&r=2", "https://b.example"}),
        ("www.a.example, ftp://a.example", set()),
        ("https://a.example/" + "b" * 600, set()),
        ("https://no.wikipedia.org/wiki/Skole_(bygning)", {"https://no.wikipedia.org/wiki/Skole_(bygning)"}),
        ("(see https://a.no/b).", {"https://a.no/b"}),
        ("An address begins with https://… or https://", set()),
    ],
)
def test_what_is_a_link_in_a_text(text, found):
    assert links_in(text) == found
