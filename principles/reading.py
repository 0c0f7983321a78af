"""From a file to its text: plain text, Word and PDF, in any encoding.

Only `read_apart` may be called with a stranger's file outside the process that it starts.
"""

import codecs
import io
import re
import zipfile
from bisect import bisect_left

import mammoth
import pypdf
from django.utils.translation import gettext as _

from portal import reading
from portal.actions import Refusal
from principles.outline import read_outline

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
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
EMPHASES = ("**", "__", "*", "_")
OPENS = re.compile(r"(?<!\w)(?=[*_])")
CLOSES = {sign: re.compile(rf"(?<=\S)(?={re.escape(sign)}(?!\w))") for sign in EMPHASES}
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
ANCHORS = re.compile(r'<a id="[^"]*"></a>')
PICTURES = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
LINKS = re.compile(r"\[([^\[\]]+)\]\((?:[^()]|\([^()]*\))*+\)")


class Unreadable(Refusal):
    """The file holds no text that can be read."""


def read_apart(content: bytes, name: str = ""):
    """The outline of a stranger's file, read in a process of its own. Refused when it takes more time or memory than a
    principle needs."""
    return reading.read(read_principle, content, name, limits=LIMITS, refusal=Unreadable)


def read_principle(content: bytes, name: str = ""):
    return read_outline(read_text(content), name)


def read_text(content: bytes) -> str:
    refuse_size(content)
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


def refuse_size(content):
    if len(content) > LARGEST:
        raise Unreadable(
            _("The file is larger than %(size)s MB. Save only the text of the principle, and try again.")
            % {"size": LARGEST // 1024 // 1024}
        )
    if not content:
        raise Unreadable(_("The file is empty. Choose the file that holds the text of the principle."))


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
    if text is None or "\0" in text or len(CONTROLS.findall(text)) > len(text) // 100:
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
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as broken:  # a damaged file fails in many ways deep in the libraries; the answer is the same
        raise Unreadable(_("The Word file is damaged. Open it in Word, save it again, and try again.")) from broken
    return unmarked(marked)


def unmarked(markdown):
    text = PICTURES.sub("", ANCHORS.sub("", markdown))
    text = "\n".join(_plain(line) for line in LINKS.sub(r"\1", text).split("\n"))
    return ESCAPED.sub(r"\1", text)


def _plain(line):
    """A line without its outermost pairs of emphasis marks; those inside a pair stay. Linear in time: where one can
    close is found once, however many open."""
    ends = {sign: [found.start() for found in CLOSES[sign].finditer(line)] for sign in EMPHASES}
    kept, at = [], 0
    for found in OPENS.finditer(line):
        for sign in EMPHASES:
            begin = found.start() + len(sign)
            opens = found.start() >= at and line.startswith(sign, found.start()) and line[begin : begin + 1].strip()
            end = bisect_left(ends[sign], begin + 1)
            if opens and end < len(ends[sign]):
                kept += [line[at : found.start()], line[begin : ends[sign][end]]]
                at = ends[sign][end] + len(sign)
    return "".join([*kept, line[at:]])


def _from_pdf(content):
    try:
        document = pypdf.PdfReader(io.BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):  # many a file is only locked against changes
            raise Unreadable(_("The PDF is locked with a password. Save it without one, and try again."))
        if len(document.pages) > MOST_PAGES:
            raise Unreadable(
                _("The text is longer than a principle can be. Save only the principle itself, and try again.")
            )
        text = "\n\f".join(page.extract_text() for page in document.pages)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as broken:  # likewise
        raise Unreadable(_("The PDF is damaged. Save it again, or copy its text into a text file.")) from broken
    if not text.strip():
        raise Unreadable(_("The PDF holds pictures of pages and no text. Copy the text into a text file."))
    return text
