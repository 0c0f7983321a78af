"""The PDF of a published version: fit to be kept and to be read aloud, made once, and frozen by the database."""

import io
from datetime import date
from hashlib import sha256

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from portal.people.models import the_portal
from principles import actions
from principles.outline import read_outline
from principles.printed import paper, tasks
from principles.printed.actions import keep_print
from principles.printed.models import PrintedAlready, PrintedVersion
from principles.tasks import print_versions
from tests.ground import once
from tests.pages import address, text
from tests.principles.conftest import TEXT, publish

pytestmark = pytest.mark.django_db


@once
def printed(published):
    print_versions()
    return PrintedVersion.objects.get()


def pdf_at(version):
    principle = version.principle
    return address("principles", "version_download", principle.place_key, principle.slug, version.number)


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def words(content):
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def test_it_has_both_marks_and_every_word_of_the_version(printed, published):
    answer = Client().get(pdf_at(published))
    content = answer.content
    marks = read(content).xmp_metadata.stream.get_data().decode()

    assert answer["Content-Type"] == "application/pdf"
    assert "<pdfaid:part>2</pdfaid:part>" in marks
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in marks
    assert "<pdfuaid:part>1</pdfuaid:part>" in marks
    assert read(content).trailer["/Root"]["/Lang"].startswith("da")
    said = words(content)
    for line in TEXT.split("\n"):
        assert line.strip("• :") in said
    assert "14. maj 2024" in said
    assert published.get_absolute_url().replace("-", "") in said.replace(" ", "").replace("-", "")


def test_points_keep_their_own_numbers(published, karen):
    draft = actions.draft_revision(published.principle, by=karen)
    actions.remove_clause(draft.clauses.get(number=2), by=karen)
    publish(draft, karen, date(2025, 8, 1))

    said = words(paper.set_version(draft))

    assert "3. Læreren sender en plan." in said
    assert "2. " not in said.partition("Skolens ansvar")[2].partition("plan.")[0]


def test_a_sign_that_no_font_has_stands_as_a_box_and_both_marks_stay(engen, karen):
    outline = read_outline(TEXT.replace("en plan", "en plan 🔥 中"))
    version = publish(actions.draft_principle(engen, by=karen, outline=outline), karen)
    content = paper.set_version(version)

    assert "<pdfuaid:part>1</pdfuaid:part>" in read(content).xmp_metadata.stream.get_data().decode()
    assert "[U+1F525 FIRE]" in words(content)


def test_the_public_page_offers_it_once_it_is_there_with_its_digest(published):
    page = published.get_absolute_url()
    assert pdf_at(published) not in Client().get(page).content.decode()
    assert Client().get(pdf_at(published)).status_code == 404

    print_versions()

    assert pdf_at(published) in Client().get(page).content.decode()
    assert sha256(Client().get(pdf_at(published)).content).hexdigest() in text(Client().get(page))
    assert pdf_at(published) in Client().get(published.principle.get_absolute_url()).content.decode()


def test_print_versions_run_twice_prints_once(published, karen):
    print_versions()
    first = PrintedVersion.objects.get()
    print_versions()
    assert PrintedVersion.objects.get().printed_at == first.printed_at
    with pytest.raises(PrintedAlready):
        keep_print(published, by=the_portal(), content=paper.set_version(published))
    with pytest.raises(PermissionDenied):
        keep_print(published, by=karen, content=b"%PDF of my own")

    publish(actions.draft_revision(published.principle, by=karen), karen, timezone.localdate())
    print_versions()

    assert PrintedVersion.objects.count() == 2
    assert bytes(PrintedVersion.objects.get(version=published).content) == bytes(first.content)


def test_a_text_that_cannot_be_set_keeps_no_other_from_it(published, karen, engen, monkeypatch):
    other = publish(
        actions.draft_principle(engen, by=karen, outline=read_outline("Lektier\n\nFormål:\n\n• Vi.\n")), karen
    )
    set_all = tasks.set_version

    def set_one(version):
        if version == published:
            raise ValueError
        return set_all(version)

    monkeypatch.setattr(tasks, "set_version", set_one)
    print_versions()

    assert [one.version for one in PrintedVersion.objects.all()] == [other]


def test_it_is_the_same_whenever_it_is_made(printed, published):
    assert paper.set_version(published) == bytes(printed.content)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE principles_printedversion SET content = 'x', digest = encode(sha256('x'), 'hex')",
        "UPDATE principles_printedversion SET printed_at = now()",
        "DELETE FROM principles_printedversion",
    ],
)
def test_the_database_changes_and_deletes_none(printed, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert PrintedVersion.objects.get().digest == printed.digest


def test_the_database_takes_no_other_digest_and_no_draft(published, draft, karen):
    content = b"%PDF"
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintedVersion.objects.create(version=published, content=content, digest="0" * 64)
    coming = actions.draft_revision(published.principle, by=karen)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintedVersion.objects.create(version=coming, content=content, digest=sha256(content).hexdigest())


def test_a_published_version_is_rung_for_at_once(draft, karen, django_capture_on_commit_callbacks, monkeypatch):
    rung = []
    monkeypatch.setattr(actions.current_app, "send_task", lambda name, *_args, **_more: rung.append(name))

    with django_capture_on_commit_callbacks(execute=True):
        publish(draft, karen)

    assert "principles.printed.tasks.print_versions" in rung
