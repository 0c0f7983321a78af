"""Files that lie, that are too large, empty, locked or made to do harm: each is said no to in words, and nothing is lost."""

import io
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from grants.files import SoundFile, looked_through, safe_stem
from grants.models import Receipt
from grants.models.files import NotAFile
from grants.reports import actions
from portal.access import MEGABYTE
from tests.grants.reports.files import HEIC, HTML, PNG, SVG, pdf, picture, png_bomb, zip_bomb
from tests.pages import address, as_, text

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


def looked_at(name, content, kind="image/png"):
    (found,) = looked_through([SimpleUploadedFile(name, content, content_type=kind)])
    return found


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png", SVG, "not a PDF, a JPEG or a PNG"),
        ("a.svg", SVG, "not a PDF, a JPEG or a PNG"),
        ("a.pdf", HTML, "not a PDF, a JPEG or a PNG"),
        ("a.jpg", zip_bomb(), "not a PDF, a JPEG or a PNG"),
        ("a.zip", zip_bomb(), "not a PDF, a JPEG or a PNG"),
        ("a.png", b"", "is empty"),
        ("a.pdf", pdf(password="hemmelig"), "locked with a password"),
        ("a.pdf", b"%PDF-1.7 broken", "is damaged"),
        ("a.png", picture()[:60], "is damaged"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(300), "is damaged"),
        ("a.png", png_bomb(), "far too large a picture"),
        ("a.heic", HEIC, "screenshot"),
        ("a.jpg", HEIC, "HEIC"),
        ("a.png", bytes(10 * MEGABYTE + 1), "larger than 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_nobody_can_use_is_said_no_to_in_words(name, content, said):
    found = looked_at(name, content)

    assert isinstance(found, NotAFile)
    assert said in str(found)
    assert "“a”" in str(found)


@pytest.mark.parametrize(
    ("name", "content", "kind", "ending"),
    [
        ("a.html", picture(), "image/png", ".png"),
        ("a.pdf", picture("JPEG"), "image/jpeg", ".jpg"),
        ("a.exe", pdf(), "application/pdf", ".pdf"),
        ("a", pdf(), "application/pdf", ".pdf"),
    ],
)
def test_a_file_is_what_its_content_says(name, content, kind, ending):
    found = looked_at(name, content, kind="text/html")

    assert (found.kind, found.name) == (kind, f"a{ending}")


def test_a_picture_is_written_anew_without_where_it_was_taken_and_what_lies_behind_it():
    camera = Image.Exif()
    camera[0x010F] = "Secret camera"
    content = picture("JPEG", exif=camera) + b"<script>alert(1)</script>"

    found = looked_at("a.jpg", content)

    assert b"Secret" not in found.content
    assert b"script" not in found.content
    assert not Image.open(io.BytesIO(found.content)).getexif()


def test_a_large_picture_becomes_a_smaller_one():
    found = looked_at("a.jpg", picture("JPEG", size=(5000, 3000)))

    assert max(Image.open(io.BytesIO(found.content)).size) == 2600


def test_one_unsound_file_does_not_lose_the_others():
    sent = [SimpleUploadedFile("a.png", picture()), SimpleUploadedFile("b.svg", SVG)]

    sound, wrong = looked_through(sent)

    assert isinstance(sound, SoundFile)
    assert isinstance(wrong, NotAFile)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Kvittering a\u030a.pdf", "Kvittering å"),
        ("../../etc/passwd.png", "passwd"),
        ("C:\\Users\\x\\bolle.jpg", "bolle"),
        ("konto 8601 11 17947.pdf", "konto …"),
        ("86011117947.pdf", "…"),
        ("a" * 300 + ".pdf", "a" * 60),
        ("fil\u202egnp.exe", "filgnp"),
        (".pdf", ".pdf".strip(".")),
    ],
)
def test_a_name_is_composed_and_short_and_holds_no_account_number(name, stem):
    assert safe_stem(name) == stem


def test_a_closed_door_for_fifty_megabytes(town, awarded):
    zofia = as_(town.zofia)

    answer = zofia.post(
        page("report_write", awarded.pk), {"files": [SimpleUploadedFile("film.png", bytes(50 * MEGABYTE))]}
    )

    assert answer.status_code == 413
    assert "40 MB" in answer.content.decode()


def test_there_is_room_for_ten(town, awarded):
    files = [SoundFile(f"{n}.png", "image/png", picture(size=(n + 1, 1))) for n in range(11)]

    with pytest.raises(NotAFile, match="room for ten"):
        actions.add_receipts(awarded, by=town.zofia, files=files)
    assert actions.add_receipts(awarded, by=town.zofia, files=files[:10]) == 10
    assert actions.add_receipts(awarded, by=town.zofia, files=files[:10]) == 0
    assert Receipt.objects.count() == 10


def test_what_is_wrong_with_a_file_stands_at_its_field_and_the_sound_one_is_kept(town, awarded):
    files = [SimpleUploadedFile("god.png", PNG.content), SimpleUploadedFile("ond.svg", SVG)]

    answer = as_(town.zofia).post(page("report_write", awarded.pk), {"files": files, "used_for": "Boller"})

    said = text(answer)
    assert "“ond” is not a PDF" in said
    assert "god.png" in said
    assert "Boller" in said
    assert Receipt.objects.count() == 1
