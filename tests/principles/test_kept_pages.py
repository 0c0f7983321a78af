"""What everybody reads: without a cookie, kept for a minute by whoever likes, and asked for again by its ETag."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.templatetags import skolebro
from principles import actions
from principles.demo import HERE
from principles.hearings import actions as hearings
from principles.hearings.models import Hearing
from principles.outline import read_outline
from principles.references import actions as references
from principles.supervision import actions as supervision
from tests.ground import once
from tests.pages import address
from tests.principles.conftest import publish
from tests.principles.hearings.conftest import over, prepare
from tests.principles.test_supervision import concluded

pytestmark = pytest.mark.django_db
MOST = 12  # queries of a page of a principle


@once
def second(published, karen):
    draft = actions.draft_revision(published.principle, by=karen)
    clause = draft.clauses.get(number=2)
    said = {"text": "Skolen indkalder mindst 14 dage før.", "party": "school", "section": clause.section}
    actions.edit_clause(clause, by=karen, **said)
    return publish(draft, karen, date(2025, 8, 1))


@once
def result(published, karen, mette):
    today = published.principle.school.today()
    begun = supervision.start_supervision(
        published.principle,
        by=mette,
        numbers=[2],
        starts_on=today.replace(year=today.year - 1),
        ends_on=today,
        statement_by=today,
    )
    return supervision.publish_result(concluded(begun, karen, mette), by=mette, summary="De fleste holdes.")


@once
def replied(engen, mette, karen):
    draft = actions.draft_principle(engen, by=karen, outline=read_outline("Lektier\n\nFormål:\n\n• Vi øver.\n"))
    hearing = over(prepare(draft, mette))
    hearings.close_hearing(hearing, by=mette)
    return Hearing.objects.get(pk=hearing.pk)


@pytest.fixture
def public(engen, second, result, replied):
    at = (engen.number, second.principle.slug)
    return {
        "list": address("principles", "principle_list", engen.number),
        "search": address("principles", "principle_list", engen.number) + "?q=plan",
        "principle": address("principles", "principle_detail", *at),
        "version": address("principles", "version_detail", *at, 1),
        "changes": address("principles", "principle_changes", *at) + "?old=1&new=2",
        "beside": address("principles", "principle_changes", *at) + "?old=1&new=2&view=beside",
        "hearings": address("principles", "hearing_list", engen.number),
        "heard": address("principles", "hearing_result", replied.pk),
        "result": address("principles", "result_show", *at),
        "result as PDF": address("principles", "result_download", *at),
    }


def etag(path, **cookies):
    browser = Client()
    for name, value in cookies.items():
        browser.cookies[name] = value
    return browser.get(path).headers["ETag"]


def test_every_public_page_is_read_without_a_cookie_and_may_be_kept(public):
    for name, path in public.items():
        answer = Client().get(path)
        assert (name, answer.status_code, answer.headers["Cache-Control"]) == (name, 200, "public, max-age=60")
        assert not answer.cookies, name
        again = Client().get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (name, again.status_code, again.content) == (name, 304, b"")
        assert again.headers["Cache-Control"] == "public, max-age=60"
        assert Client().get(path, headers={"If-None-Match": 'W/"of-another-day"'}).status_code == 200


def test_a_signed_in_readers_page_is_kept_by_nobody(public, karen, amira, client):
    for person in (karen, amira):
        client.force_login(person)
        for name, path in public.items():
            answer = client.get(path, headers={"If-None-Match": etag(path)})
            assert (name, answer.status_code, answer.headers["Cache-Control"]) == (name, 200, "private, no-store")
            assert "ETag" not in answer.headers


def test_a_reader_who_was_signed_in_before_is_not_given_what_is_for_all(public, amira):
    browser = Client()
    browser.force_login(amira)
    browser.session.flush()

    assert browser.get(public["principle"]).headers["Cache-Control"] == "private, no-store"


def test_a_language_that_is_chosen_is_another_page(public):
    path = public["principle"]
    danish, english = etag(path, django_language="da"), etag(path, django_language="en")

    assert danish != english
    assert "Cookie" in Client().get(path).headers["Vary"]
    assert "Accept-Language" in Client().get(path).headers["Vary"]
    assert Client(headers={"accept-language": "da"}).get(path).headers["ETag"] == danish


def test_a_later_version_makes_every_page_anew(published, karen):
    of_principle, of_version = published.principle.get_absolute_url(), published.get_absolute_url()
    before = etag(of_principle), etag(of_version)

    publish(actions.draft_revision(published.principle, by=karen), karen, timezone.localdate())

    assert etag(of_principle) != before[0]
    assert etag(of_version) != before[1]


def test_what_it_builds_on_and_refers_to_makes_it_anew(published, engen, karen):
    path = published.principle.get_absolute_url()
    outline = read_outline("Skolens værdier\n\nFormål:\n\n• Vi lytter.\n")
    base = publish(actions.draft_principle(engen, by=karen, outline=outline), karen).principle
    first = etag(path)
    references.tie_principles(published.principle, by=karen, other=base, kind="builds_on")
    second = etag(path)
    law = {"kind": "law", "title": "Folkeskoleloven", "checked_on": timezone.localdate()}
    references.add_reference(published.principle, by=karen, **law)

    assert len({first, second, etag(path)}) == 3


def test_a_new_release_makes_it_anew(published, monkeypatch):
    path = published.principle.get_absolute_url()
    before = etag(path)
    url = staticfiles_storage.url

    monkeypatch.setattr(staticfiles_storage, "url", lambda name: url(name).replace(".css", ".0a1b2c.css"))
    skolebro._write.cache_clear()
    try:
        assert etag(path) != before
    finally:
        skolebro._write.cache_clear()


def test_the_same_page_twice_has_the_same_etag(public):
    assert {name: etag(path) for name, path in public.items()} == {name: etag(path) for name, path in public.items()}


def test_a_page_asks_as_often_for_many_versions(published, karen):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            Client().get(published.principle.get_absolute_url())
        return len(captured)

    def renewed(day):
        publish(actions.draft_revision(published.principle, by=karen), karen, day)

    renewed(date(2024, 8, 1))
    few = asked()
    for year in (2025, 2026):
        renewed(date(year, 1, 1))

    assert asked() == few <= MOST


def test_a_first_visit_takes_less_than_a_hundred_kilobytes(engen, karen):
    """Compressed as any browser takes it, with its font, styles, script and icons; the text is that of a real school."""
    outline = read_outline((HERE / "princip_da.txt").read_text())
    version = publish(actions.draft_principle(engen, by=karen, outline=outline), karen)

    answer = Client(headers={"accept-encoding": "gzip, br"}).get(version.principle.get_absolute_url())

    assert answer.headers["Content-Encoding"] == "gzip"
    sizes = {"the page": len(answer.content)}
    page = gzip.decompress(answer.content).decode()
    styles = {name: styled(name) for name in re.findall(r'rel="stylesheet" href="/static/([^"]+)"', page)}
    fonts = re.findall(r'rel="preload" href="/static/([^"]+woff2)"', page)
    drawn = set(re.findall(r'(?:src|href)="/static/([^"#]+\.(?:svg|js))', page))
    for name in [*styles, *fonts, *drawn]:
        content = Path(finders.find(name)).read_bytes()
        sizes[name] = len(content if name.endswith("woff2") else gzip.compress(content))
    assert len(styles) == 4
    assert len(fonts) == 1
    assert "js/enhance.js" in drawn
    assert "icons.svg" in drawn
    assert "htmx" not in page
    assert sum(sizes.values()) < 100_000, sizes
    pictures = {one for style in styles.values() for one in re.findall(r"url\(([^)]+)\)", style)}
    assert {one.rpartition(".")[2] for one in pictures if not one.strip("'\"").startswith("data:")} <= {"woff2"}


def styled(name):
    return Path(finders.find(name)).read_text()
