"""The file of a plan: small enough, and typed by its content, never by its name. Nothing here opens a document."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from conferences.before.documents import DOCX, LOCKED, look_at
from conferences.models import LearningPlanRef, NotAPlan

MOST_BYTES = LearningPlanRef.MOST_BYTES
ENDINGS = {"application/pdf": ".pdf", DOCX: ".docx", "image/png": ".png", "image/jpeg": ".jpg"}
NAME_LENGTH = 100
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ð": "d", "ł": "l", "ß": "ss"})


@dataclass(frozen=True)
class PlanFile:
    """A file that has been inspected: its kind is what the content says, and its name ends accordingly."""

    name: str
    kind: str
    content: bytes


def plan_file(upload):
    """The uploaded file. Refuses what is empty, too large, encrypted, damaged, or not of a kind that everyone can open."""
    (found,) = plan_files([upload])
    if isinstance(found, NotAPlan):
        raise found
    return found


def plan_files(uploads):
    """For each upload a PlanFile, or the NotAPlan that says what is wrong. They are read in a process of their own; if
    one exceeds its limits, all are refused."""
    contents = [b"" if upload.size > MOST_BYTES else upload.read(MOST_BYTES) for upload in uploads]
    looks = look_at(contents, NotAPlan) if any(contents) else [(None, "")] * len(contents)
    return [_found(upload, content, *look) for upload, content, look in zip(uploads, contents, looks, strict=True)]


def _found(upload, content, kind, flaw):
    named = {"name": upload.name}
    if upload.size > MOST_BYTES:
        return NotAPlan(_("%(name)s is larger than 10 MB. Save it as a smaller PDF, and try again.") % named)
    if flaw == LOCKED:
        return NotAPlan(_("%(name)s is locked with a password. Save it without one, and try again.") % named)
    if flaw:
        return NotAPlan(_("%(name)s is damaged, and nobody can open it. Save it as PDF again, and try again.") % named)
    if kind is None:
        return NotAPlan(
            _("%(name)s is not a PDF, a Word file (.docx), a PNG or a JPEG picture. Save it as PDF, and try again.")
            % named
        )
    return PlanFile(name=_safe_name(upload.name, kind), kind=kind, content=content)


def whose(file_name, pupils):
    """The one pupil whom a file name can mean: by full name, or by a first name standing alone, or beside a class or a
    year. None when it names nobody, or fits two."""
    said = _words(PurePosixPath(file_name).stem)
    fits = [(len(name), pupil) for pupil in pupils if (name := _words(pupil.full_name)) and name <= said]
    named = {word for word in said if not any(sign.isdigit() for sign in word)}
    if not fits and len(named) == 1:
        fits = [(1, pupil) for pupil in pupils if _words(pupil.given_name) == named]
    longest = max((length for length, _pupil in fits), default=0)
    found = [pupil for length, pupil in fits if length == longest]
    return found[0] if len(found) == 1 else None


def _safe_name(name, kind):
    written = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).stem)
    stem = "".join(sign for sign in written if sign.isprintable() and sign not in '<>:"/|?*').strip(" .")
    return (stem[:NAME_LENGTH] or _("plan")) + ENDINGS[kind]


def _words(text):
    """The words of a name without case and accents, so that BJORNSTAD matches Bjørnstad."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return set(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))
