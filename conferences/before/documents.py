"""What a file is, judged by its content, and why nobody could open it.

Only `look_at` may be called with a stranger's file outside the process that it starts.
"""

import zipfile
from io import BytesIO

import pypdf

from portal import reading

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STARTS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
PACKED = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
LIMITS = reading.Limits(seconds=20, memory=600 * reading.MEGABYTE, answer=reading.MEGABYTE)
LOCKED, DAMAGED = "locked", "damaged"


def look_at(contents, refusal):
    """(kind, flaw) of each file, read in a process of its own. If one exceeds the limits, all are refused."""
    return reading.read(looked_at, list(contents), limits=LIMITS, refusal=refusal)


def looked_at(contents):
    return [(kind, flaw_of(content, kind)) for content in contents for kind in [kind_of(content)]]


def begins_as(content, kind):
    starts = [start for start, begun in {**STARTS, PACKED: DOCX}.items() if begun == kind]
    return any(content.startswith(start) for start in starts)


def kind_of(content):
    for start, kind in STARTS.items():
        if content.startswith(start):
            return kind
    return DOCX if content.startswith(PACKED) and _is_word(content) else None


def flaw_of(content, kind):
    if kind == "application/pdf":
        return _flaw_of_pdf(content)
    if kind == "image/png":
        return "" if content[12:16] == b"IHDR" and b"IEND" in content[-64:] else DAMAGED
    if kind == "image/jpeg":
        return "" if b"\xff\xd9" in content else DAMAGED
    return LOCKED if content.startswith(OLD_OFFICE) and LOCKED_OFFICE in content else ""


def _flaw_of_pdf(content):
    try:
        document = pypdf.PdfReader(BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):  # many files are only locked against changes
            return LOCKED
        return "" if len(document.pages) and document.pages[0] else DAMAGED
    except (MemoryError, RecursionError):
        raise
    except Exception:  # a damaged file fails in many ways deep in the library; the answer is the same
        return DAMAGED


def _is_word(content):
    """A Word document without macros: only the list of entries is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names
