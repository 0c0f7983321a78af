"""A file with a principle: sent, read by a worker in a process of its own, looked at, corrected, saved."""

import io
import zipfile
from datetime import timedelta

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader, PdfWriter

from portal.ledger.models import Event
from portal.people.models import the_portal
from principles import tasks
from principles.incoming import actions
from principles.incoming.models import IncomingText, NotWaiting
from principles.models import Principle, PrincipleVersion
from principles.outline import Outline, read_outline
from principles.reading import LARGEST, Unreadable, read_apart
from tests import make
from tests.ground import once
from tests.principles.conftest import TEXT

FILE = TEXT.encode("utf-8-sig")
KEPT = {"binding_kind": "board_principle", "owner_role": "principal", "language": "da"}


def url(name, *args):
    return reverse(f"principles:{name}", args=args)


def send(client, place, content=FILE, name="princip.txt"):
    return client.post(url("principle_import", place.number), {"file": SimpleUploadedFile(name, content)})


def read(text):
    tasks.read_sent_text(text.pk)
    text.refresh_from_db()
    return text


@once
def text(engen, olav):
    return actions.send_text(engen, by=olav, file_name="princip.txt", content=TEXT.encode())


def left(text, tries):
    """As if a worker had died while reading it, on the last of `tries`."""
    IncomingText.objects.filter(pk=text.pk).update(taken_up_at=timezone.now() - 2 * actions.SILENT, tries=tries)


def pdf():
    return typst.compile(b"= Princip\n\nVi taler sammen.\n")


def locked(content, **passwords):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(**passwords, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(document):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", document)
    return packed.getvalue()


def test_a_text_is_sent_read_corrected_and_saved(client, engen, olav):
    client.force_login(olav)

    page = send(client, engen)
    waits = client.get(page.url)
    assert "http-equiv" in waits.content.decode()
    assert waits.context["form"] is None

    text = read(IncomingText.objects.get())
    shown = client.get(page.url)
    assert not Principle.objects.exists()
    assert bytes(text.content) == b""
    corrected = shown.context["form"]["text"].value().replace("en plan.", "en god plan.")
    again = client.post(page.url, {"text": corrected, **KEPT})
    assert again.context["form"]["text"].value() == corrected
    saved = client.post(page.url, {"text": corrected, "save": "1", **KEPT}, follow=True)

    assert saved.redirect_chain[0][0] == url("draft_detail", engen.number, Principle.objects.get().slug)
    assert PrincipleVersion.objects.get().clauses.filter(text="Læreren sender en god plan.").exists()


def test_the_page_that_waits_asks_for_itself_until_the_text_is_read(client, text, olav):
    client.force_login(olav)
    asked = {"HX-Request": "true"}

    waits = client.get(text.get_absolute_url(), headers=asked)
    assert "hx-get" in waits.content.decode()
    assert "<html" not in waits.content.decode()

    read(text)
    assert client.get(text.get_absolute_url(), headers=asked)["HX-Refresh"] == "true"


def test_what_is_wrong_with_a_file_stands_on_its_page(client, engen, olav):
    client.force_login(olav)

    page = send(client, engen, b"\x89PNG\r\n\x1a\n\x00\x00" * 20, "photo.png")
    text = read(IncomingText.objects.get())

    assert text.state == "failed"
    assert text.reason in client.get(page.url).context["text"].reason
    assert bytes(text.content) == b""


def test_a_file_that_is_too_large_is_said_at_once(client, engen, olav):
    client.force_login(olav)

    response = send(client, engen, b"a" * (LARGEST + 1))

    assert response.context["form"].errors["file"]
    assert not IncomingText.objects.exists()


def test_the_same_file_sent_twice_is_read_once(client, engen, olav):
    client.force_login(olav)

    assert send(client, engen).url == send(client, engen).url
    assert IncomingText.objects.count() == 1


def test_the_file_lies_encrypted(text):
    assert TEXT.encode()[:20] not in bytes(text.content)


def test_what_is_sent_is_seen_by_its_sender_alone(client, engen, text, karen, olav):
    client.force_login(karen)
    assert client.get(text.get_absolute_url()).status_code == 404
    assert not client.get(url("principle_import", engen.number)).context["texts"]

    client.force_login(olav)
    assert list(client.get(url("principle_import", engen.number)).context["texts"]) == [text]


def test_a_sender_who_writes_no_longer_is_refused(client, text, olav):
    client.force_login(make.holder("office", make.school("Lia")))
    IncomingText.objects.update(sent_by=client.session["_auth_user_id"])

    assert client.get(text.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("count", [3, 15])
def test_the_page_needs_the_same_queries_for_any_number(count, client, engen, olav, django_assert_max_num_queries):
    client.force_login(olav)
    for number in range(count):
        actions.send_text(engen, by=olav, file_name="a", content=b"%d" % number)

    with django_assert_max_num_queries(20):
        client.get(url("principle_import", engen.number))


def test_send_text_records(text):
    assert Event.objects.filter(verb="principles.text_sent").count() == 1


def test_send_text_refuses_nothing_and_too_much(engen, olav):
    for content in (b"", b"a" * (LARGEST + 1)):
        with pytest.raises(Unreadable):
            actions.send_text(engen, by=olav, file_name="a", content=content)


def test_send_text_denies_the_guardian_and_the_neighbour(engen, amira):
    assert not actions.send_text.may(amira, engen)
    assert not actions.send_text.may(make.holder("office", make.school("Lia")), engen)


def test_take_up_text_refuses_a_second_worker(text):
    actions.take_up_text(text, by=the_portal())

    with pytest.raises(NotWaiting):
        actions.take_up_text(text, by=the_portal())


def test_a_text_that_was_read_meanwhile_is_not_written_over(text):
    read(text)

    with pytest.raises(NotWaiting):
        actions.show_text(text, by=the_portal(), outline=read_outline("Another"))
    with pytest.raises(NotWaiting):
        actions.give_up_text(text, by=the_portal(), reason="Late")


def test_read_sent_text_twice_changes_nothing_more(text):
    read(text)
    read(text)

    assert text.tries == 1
    assert Event.objects.filter(verb="principles.text_shown").count() == 1


def test_a_text_whose_worker_died_is_read_by_the_next(text):
    left(text, tries=2)

    assert read(text).state == "read"


def test_sweep_texts_twice_changes_nothing_more(text, olav):
    left(text, tries=3)

    tasks.sweep_texts()
    tasks.sweep_texts()

    text.refresh_from_db()
    assert text.state == "failed"
    assert text.reason
    assert bytes(text.content) == b""
    assert Event.objects.filter(verb="principles.text_given_up").count() == 1


def test_a_text_is_forgotten_after_a_week(text):
    IncomingText.objects.update(sent_at=timezone.now() - actions.KEPT - timedelta(hours=1))

    tasks.sweep_texts()

    assert not IncomingText.objects.exists()
    tasks.read_sent_text(text.pk)


def test_an_outline_is_kept_whole():
    outline = read_outline(TEXT + "\nSidst opdateret 3. maj 2024\n")

    assert Outline.of(outline.as_dict()) == outline


@pytest.mark.parametrize(
    "content",
    [
        locked(pdf(), user_password="secret", owner_password="secret"),
        b"%PDF-1.7\n<html>not a PDF</html>",
        pdf()[:400],
        b"%PDF-1.7\n%%EOF",
        b"PK\x03\x04 not a zip file",
        word("<w:document"),
        word(
            '<!DOCTYPE a [<!ENTITY b "bb">'
            + "".join(f'<!ENTITY b{n} "{"&b;" * 10}">' for n in range(9))
            + "]><a>&b8;</a>"
        ),
    ],
)
def test_a_false_or_locked_file_is_refused_in_words(content):
    with pytest.raises(Unreadable):
        read_apart(content)


def test_a_pdf_that_is_only_locked_against_changes_is_read():
    with translation.override("da"):
        assert read_apart(locked(pdf(), user_password="", owner_password="secret")).title == "Princip"


def test_a_small_word_file_that_unpacks_to_a_great_table_is_refused():
    """60 kB that took 3 GB and more than 90 seconds."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 40 + "</w:tr>"
    document = f'<w:document xmlns:w="{name}"><w:body><w:tbl>{row * 20_000}</w:tbl></w:body></w:document>'

    with pytest.raises(Unreadable):
        read_apart(word(document))
