"""Files as classes send them, receipts and attachments: small enough, known by their content, named by us, kept once."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from grants.file_kinds import JPEG, PDF, PNG
from grants.models.files import MOST_BYTES, NotAFile
from grants.papers import adds_to
from grants.reading import DAMAGED, FROM_PHONE, HUGE, LOCKED, UNKNOWN, read_apart

ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
STEM_LENGTH = 60
NUMBER = re.compile(r"\d[\d .\-]{6,}\d")  # long enough to be an account or a national number


@dataclass(frozen=True)
class SoundFile:
    name: str
    kind: str
    content: bytes

    @property
    def digest(self):
        return sha256(self.content).hexdigest()


def looked_through(uploads):
    """For each upload a SoundFile, or the NotAFile that says what is wrong with it."""
    contents = [b"" if upload.size > MOST_BYTES else upload.read(MOST_BYTES) for upload in uploads]
    looks = read_apart(contents, NotAFile) if any(contents) else [("", b"", UNKNOWN)] * len(contents)
    return [_found(upload, *look) for upload, look in zip(uploads, looks, strict=True)]


def keep(rows, files: list[SoundFile], *, by) -> int:
    """Within an action that has locked the application, of whose receipts or attachments `rows` is the manager: how many
    are new; the same file twice is kept once. Refused when there is no room for them."""
    have = set(rows.values_list("digest", flat=True))
    new = {file.digest: file for file in files if file.digest not in have}
    if len(have) + len(new) > rows.model.MOST:
        raise NotAFile(rows.model.FULL)
    for digest, file in new.items():
        if not 0 < len(file.content) <= MOST_BYTES:
            raise NotAFile(_("The file is empty or too large."))
        said = {"name": file.name, "kind": file.kind, "content": file.content, "size": len(file.content)}
        rows.create(digest=digest, added_by=by, **said)
    adds_to(rows.instance)
    return len(new)


def _found(upload, kind, content, flaw):
    name = safe_stem(upload.name)
    if upload.size > MOST_BYTES or len(content) > MOST_BYTES:
        return NotAFile(_("“%(name)s” is larger than 10 MB. Take a smaller picture of it.") % {"name": name})
    if upload.size == 0:
        return NotAFile(_("“%(name)s” is empty. Choose the file anew.") % {"name": name})
    if flaw:
        return NotAFile(_words(flaw) % {"name": name})
    return SoundFile(f"{name}{ENDINGS[kind]}", kind, content)


def _words(flaw):
    return {
        LOCKED: _("“%(name)s” is locked with a password. Save it without one, and try again."),
        DAMAGED: _("“%(name)s” is damaged, and nobody can open it. Take a picture of the paper instead."),
        HUGE: _("“%(name)s” is far too large a picture. Take a new one of the paper alone."),
        FROM_PHONE: _(
            "“%(name)s” is in the phone's own format (HEIC), which not everyone can open. Open the picture, take a "
            "screenshot of it and send that; or choose “Most compatible” in the settings of the camera."
        ),
        UNKNOWN: _("“%(name)s” is not a PDF, a JPEG or a PNG picture. Take a picture of the paper instead."),
    }[flaw]


def safe_stem(name):
    """The name without its ending, in composed letters, short, and without numbers that could be somebody's."""
    written = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).stem)
    stem = "".join(sign for sign in written if sign.isprintable() and sign not in '<>:"/|?*').strip(" .")
    return NUMBER.sub("…", stem)[:STEM_LENGTH].strip(" .") or _("file")
