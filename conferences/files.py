"""The file of a plan: small enough, and what it is by its content, never by its name. Nothing here opens a document."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from conferences.models import LearningPlanRef, NotAPlan

MOST_BYTES = LearningPlanRef.MOST_BYTES
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {"application/pdf": ".pdf", DOCX: ".docx", "image/png": ".png", "image/jpeg": ".jpg"}
STARTS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
NAME_LENGTH = 100
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ð": "d", "ł": "l", "ß": "ss"})


@dataclass(frozen=True)
class PlanFile:
    """A file that has been looked at: its kind is what the content says, and its name ends as its kind does."""

    name: str
    kind: str
    content: bytes


class Cap(FileUploadHandler):
    """Lets no more of a file through than a plan may have; the rest is counted and thrown away as it comes in, so that
    a huge file fills neither memory nor disk."""

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start + len(raw_data) <= MOST_BYTES else None

    def file_complete(self, file_size):
        if file_size <= MOST_BYTES:
            return None
        return UploadedFile(BytesIO(), name=self.file_name, content_type=self.content_type, size=file_size)


def plan_file(upload):
    """The file that somebody uploaded. Refuses what is empty, too large, or not of a kind that everyone can open."""
    named = {"name": upload.name}
    if upload.size > MOST_BYTES:
        raise NotAPlan(_("%(name)s is larger than 10 MB. Save it as a smaller PDF, and try again.") % named)
    content = upload.read(MOST_BYTES)
    kind = kind_of(content)
    if kind is None:
        raise NotAPlan(
            _("%(name)s is not a PDF, a Word file (.docx), a PNG or a JPEG picture. Save it as PDF, and try again.")
            % named
        )
    return PlanFile(name=_safe_name(upload.name, kind), kind=kind, content=content)


def kind_of(content):
    """What a file is, by its first bytes; a Word file by what lies in it. None for everything else."""
    for start, kind in STARTS.items():
        if content.startswith(start):
            return kind
    return DOCX if content.startswith(b"PK\x03\x04") and _is_word(content) else None


def download(plan):
    """The file as a download that no browser runs, shows in the page, or keeps."""
    response = HttpResponse(bytes(plan.file), content_type=plan.file_type)
    response["Content-Disposition"] = content_disposition_header(True, plan.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def whose(file_name, pupils):
    """The one pupil whom a file name can mean: by the whole name, or by a first name that stands alone, beside a class or
    a year. None when it says nobody, or fits two."""
    said = _words(PurePosixPath(file_name).stem)
    fits = [(len(name), pupil) for pupil in pupils if (name := _words(pupil.full_name)) and name <= said]
    named = {word for word in said if not any(sign.isdigit() for sign in word)}
    if not fits and len(named) == 1:
        fits = [(1, pupil) for pupil in pupils if _words(pupil.given_name) == named]
    longest = max((length for length, _pupil in fits), default=0)
    found = [pupil for length, pupil in fits if length == longest]
    return found[0] if len(found) == 1 else None


def _is_word(content):
    """A Word document without macros: only the list of contents is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names


def _safe_name(name, kind):
    written = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).stem)
    stem = "".join(sign for sign in written if sign.isprintable() and sign not in '<>:"/|?*').strip(" .")
    return (stem[:NAME_LENGTH] or _("plan")) + ENDINGS[kind]


def _words(text):
    """The words of a name, without case and accents, so that Bjørnstad is found in BJORNSTAD."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return set(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))
