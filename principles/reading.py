"""From a file to its text: plain text, Word and PDF, whatever the letters were written in."""

import codecs
import io
import re
import unicodedata
import zipfile

import mammoth
import pypdf
from django.utils.translation import gettext as _

from portal.actions import Refusal

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
LONGEST = 200_000
MOST_PAGES = 60

BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
ANCHORS = re.compile(r'<a id="[^"]*"></a>')
PICTURES = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINKS = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class Unreadable(Refusal):
    """The file holds no text that can be read."""


def read_text(content: bytes) -> str:
    """The text of a file, line by line. What cannot be read is refused with the reason and a way on."""
    if len(content) > LARGEST:
        raise Unreadable(
            _("The file is larger than %(size)s MB. Save only the text of the principle, and try again.")
            % {"size": LARGEST // 1024 // 1024}
        )
    if content.startswith(b"%PDF-"):
        text = _from_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        text = _from_word(content)
    else:
        text = _decoded(content)
    if not text.strip():
        raise Unreadable(_("The file is empty. Choose the file that holds the text of the principle."))
    if len(text) > LONGEST:
        raise Unreadable(
            _("The text is longer than a principle can be. Save only the principle itself, and try again.")
        )
    return text


def _decoded(content):
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _checked(_try(content, encoding))
    text = _try(content, "utf-8")
    if text is None and b"\0" not in content:
        text = _try(content, "cp1252") or content.decode("latin-1")
    return _checked(text)


def _try(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text):
    controls = sum(unicodedata.category(letter) == "Cc" and letter not in "\n\r\t\f\v\x85" for letter in text or "")
    if text is None or "\0" in text or controls > len(text) // 100:
        raise Unreadable(_("This file is not text. Choose a text file, a Word file (.docx) or a PDF."))
    return text


def _from_word(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if "word/document.xml" not in parts.namelist():
                raise Unreadable(_("This file is not text. Choose a text file, a Word file (.docx) or a PDF."))
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise Unreadable(_("The Word file unpacks to far more than a text. Save it again without pictures."))
        marked = mammoth.convert_to_markdown(io.BytesIO(content)).value
    except Unreadable:
        raise
    except Exception as broken:  # a damaged file fails in many ways deep in the libraries; the answer is the same
        raise Unreadable(_("The Word file is damaged. Open it in Word, save it again, and try again.")) from broken
    return unmarked(marked)


def unmarked(markdown):
    """The text alone: without emphasis, anchors, pictures and the signs that markdown escapes."""
    text = PICTURES.sub("", ANCHORS.sub("", markdown))
    text = EMPHASIS.sub(r"\2", LINKS.sub(r"\1", text))
    return ESCAPED.sub(r"\1", text)


def _from_pdf(content):
    try:
        document = pypdf.PdfReader(io.BytesIO(content))
        if document.is_encrypted:
            raise Unreadable(_("The PDF is locked with a password. Save it without one, and try again."))
        if len(document.pages) > MOST_PAGES:
            raise Unreadable(
                _("The text is longer than a principle can be. Save only the principle itself, and try again.")
            )
        text = "\n\f".join(page.extract_text() for page in document.pages)
    except Unreadable:
        raise
    except Exception as broken:  # likewise
        raise Unreadable(_("The PDF is damaged. Save it again, or copy its text into a text file.")) from broken
    if not text.strip():
        raise Unreadable(_("The PDF holds pictures of pages and no text. Copy the text into a text file."))
    return text
