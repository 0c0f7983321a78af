"""From a file to its text: plain text, Word and PDF, in any encoding.

Only `read_apart` may be called with a stranger's file outside the process that it starts.
"""

import codecs
import io
import re
import zipfile

from django.utils.translation import gettext as _

from portal import reading
from portal.actions import Refusal
from principles.importing.lines import from_text
from principles.importing.pages import from_pdf, opened
from principles.importing.word import from_word
from principles.outline import read_source

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
LONGEST = 200_000
MOST_PAGES = 60
LIMITS = reading.Limits(seconds=60, memory=600 * reading.MEGABYTE, answer=20 * reading.MEGABYTE)

BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
OLD_WORD = b"\xd0\xcf\x11\xe0"
LOCKED_WORD = "EncryptedPackage".encode("utf-16-le")
RTF = b"{\\rtf"
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b|(?:<(?:p|div|h[1-6]|ul|li|br)\b[^>]*>.*){3}",
    re.IGNORECASE | re.DOTALL,
)
BEGINNING = 2000  # letters in which a web page shows
FOREIGN = re.compile("Ã[¦¸¥…†˜¼©¤¶]|\ufffd")  # read twice over in different letters, or lost already
MAC = re.compile(r"(?:[a-zA-Z][¿Œ¾Ž\x8e\x81]|[¿Œ¾Ž\x8e\x81][a-zA-Z]|\s[ŒŽ\x8e\x81]\s)")


class Unreadable(Refusal):
    """The file holds no text that can be read."""


def read_apart(content: bytes, name: str = ""):
    """The outline of a stranger's file, read in a process of its own. Refused when it takes more time or memory than a
    principle needs."""
    return reading.read(read_principle, content, name, limits=LIMITS, refusal=Unreadable)


def read_principle(content: bytes, name: str = ""):
    return read_source(read_lines(content), name)


def read_lines(content: bytes):
    """The lines of the file, with what it says of each."""
    refuse_size(content)
    if content.startswith(b"%PDF-"):
        source = _from_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        source = _from_word(content)
    else:
        source = from_text(_decoded(content))
    letters = sum(len(line.text) for line in source.lines)
    if not any(line.text.strip() for line in source.lines):
        raise Unreadable(_("The file is empty. Choose the file that holds the text of the principle."))
    if letters > LONGEST:
        raise Unreadable(
            _("The text is longer than a principle can be. Save only the principle itself, and try again.")
        )
    return source


def refuse_size(content):
    if len(content) > LARGEST:
        raise Unreadable(
            _("The file is larger than %(size)s MB. Save only the text of the principle, and try again.")
            % {"size": LARGEST // 1024 // 1024}
        )
    if not content:
        raise Unreadable(_("The file is empty. Choose the file that holds the text of the principle."))


def _decoded(content):
    if content.startswith(RTF):
        raise Unreadable(
            _("This is a rich text file (RTF). Open it in Word, save it as a Word file (.docx), and try again.")
        )
    if content.startswith(OLD_WORD):
        if LOCKED_WORD in content:
            raise Unreadable(_("The Word file is locked with a password. Save it without one, and try again."))
        raise Unreadable(_("This is a file of an old Word. Open it in Word, save it as .docx, and try again."))
    return _sound(_letters(content))


def _letters(content):
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _checked(_try(content, encoding))
    text = _try(content, "utf-8")
    if text is None and b"\0" not in content:
        text = _try(content, "cp1252") or content.decode("latin-1")
        if MAC.search(text) and not re.search("[æøåÆØÅ]", text):
            raise _damaged()
    return _checked(text)


def _try(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text):
    if text is None or "\0" in text or len(CONTROLS.findall(text)) > len(text) // 100:
        raise Unreadable(_("This file is not text. Choose a text file, a Word file (.docx) or a PDF."))
    return text


def _sound(text):
    if HTML.match(text[:BEGINNING]):
        raise Unreadable(_("This is a web page (HTML). Copy its text into a Word file or a text file, and try again."))
    if FOREIGN.search(text):
        raise _damaged()
    return text


def _damaged():
    return Unreadable(
        _("The letters æ, ø and å look damaged in this file. Save it again as a Word file (.docx) or as text in UTF-8.")
    )


def _from_word(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if "word/document.xml" not in parts.namelist():
                raise Unreadable(_("This file is not text. Choose a text file, a Word file (.docx) or a PDF."))
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise Unreadable(_("The Word file unpacks to far more than a text. Save it again without pictures."))
        source = from_word(content)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as broken:  # a damaged file fails in many ways deep in the libraries; the answer is the same
        raise Unreadable(_("The Word file is damaged. Open it in Word, save it again, and try again.")) from broken
    return source


def _from_pdf(content):
    try:
        document = opened(content)
        if document.is_encrypted and not document.decrypt(""):  # many a file is only locked against changes
            raise Unreadable(_("The PDF is locked with a password. Save it without one, and try again."))
        if len(document.pages) > MOST_PAGES:
            raise Unreadable(
                _("The text is longer than a principle can be. Save only the principle itself, and try again.")
            )
        source = from_pdf(document)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as broken:  # likewise
        raise Unreadable(_("The PDF is damaged. Save it again, or copy its text into a text file.")) from broken
    if not any(line.text.strip() for line in source.lines):
        raise Unreadable(_("The PDF holds pictures of pages and no text. Copy the text into a text file."))
    return source
