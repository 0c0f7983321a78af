"""Receipts as they are sent: small enough, known by their content, named by us."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from grants.models import Receipt
from grants.models.reports import NotAReceipt
from grants.reports import reading

MOST_BYTES = Receipt.MOST_BYTES
ENDINGS = {Receipt.PDF: ".pdf", Receipt.JPEG: ".jpg", Receipt.PNG: ".png"}
STEM_LENGTH = 60
NUMBER = re.compile(r"\d[\d .\-]{6,}\d")  # long enough to be an account or a national number


@dataclass(frozen=True)
class ReceiptFile:
    name: str
    kind: str
    content: bytes

    @property
    def digest(self):
        return sha256(self.content).hexdigest()


def receipt_files(uploads):
    """For each upload a ReceiptFile, or the NotAReceipt that says what is wrong with it."""
    contents = [b"" if upload.size > MOST_BYTES else upload.read(MOST_BYTES) for upload in uploads]
    looks = reading.read_apart(contents, NotAReceipt) if any(contents) else [("", b"", reading.UNKNOWN)] * len(contents)
    return [_found(upload, *look) for upload, look in zip(uploads, looks, strict=True)]


def _found(upload, kind, content, flaw):
    name = safe_stem(upload.name)
    if upload.size > MOST_BYTES or len(content) > MOST_BYTES:
        return NotAReceipt(_("“%(name)s” is larger than 10 MB. Take a smaller picture of it.") % {"name": name})
    if upload.size == 0:
        return NotAReceipt(_("“%(name)s” is empty. Choose the file anew.") % {"name": name})
    if flaw:
        return NotAReceipt(_words(flaw) % {"name": name})
    return ReceiptFile(f"{name}{ENDINGS[kind]}", kind, content)


def _words(flaw):
    return {
        reading.LOCKED: _("“%(name)s” is locked with a password. Save it without one, and try again."),
        reading.DAMAGED: _("“%(name)s” is damaged, and nobody can open it. Take a picture of the receipt instead."),
        reading.HUGE: _("“%(name)s” is far too large a picture. Take a new one of the receipt alone."),
        reading.FROM_PHONE: _(
            "“%(name)s” is in the phone's own format (HEIC), which not everyone can open. Open the picture, take a "
            "screenshot of it and send that; or choose “Most compatible” in the settings of the camera."
        ),
        reading.UNKNOWN: _("“%(name)s” is not a PDF, a JPEG or a PNG picture. Take a picture of the receipt instead."),
    }[flaw]


def safe_stem(name):
    """The name without its ending, in composed letters, short, and without numbers that could be somebody's."""
    written = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).stem)
    stem = "".join(sign for sign in written if sign.isprintable() and sign not in '<>:"/|?*').strip(" .")
    return NUMBER.sub("…", stem)[:STEM_LENGTH].strip(" .") or _("receipt")
