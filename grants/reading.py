"""What a file of a class is, judged by its content, why nobody could open it, and its picture written anew.

Only `read_apart` may be called with a stranger's file outside the process that it starts.
"""

import warnings
from io import BytesIO

import filetype
import pypdf
from PIL import Image, ImageOps

from grants.file_kinds import JPEG, PDF, PNG
from portal import reading

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2600
FORMATS = {JPEG: "JPEG", PNG: "PNG"}
HEIC = {"image/heic", "image/heif"}
LIMITS = reading.Limits(seconds=30, memory=900 * reading.MEGABYTE, answer=120 * reading.MEGABYTE)
LOCKED, DAMAGED, FROM_PHONE, HUGE, UNKNOWN = "locked", "damaged", "from phone", "huge", "unknown"


def read_apart(contents, refusal):
    """(kind, content, flaw) of each file, read in a process of its own. If one exceeds the limits, all are refused."""
    return reading.read(read, list(contents), limits=LIMITS, refusal=refusal)


def read(contents):
    return [_read(content) for content in contents]


def _read(content):
    found = filetype.guess(content)
    kind = found.mime if found else ""
    if kind in HEIC:
        return "", b"", FROM_PHONE
    if kind == PDF:
        return kind, content, _flaw_of_pdf(content)
    if kind in FORMATS:
        return (kind, *_written_anew(content, FORMATS[kind]))
    return "", b"", UNKNOWN


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


def _written_anew(content, kind):
    """The pixels and nothing else: no place, no camera, no second file behind the picture."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return b"", HUGE
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = Image.new("RGB", upright.size, "white")
            plain.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
            out = BytesIO()
            plain.save(out, format=kind, quality=85)
            return out.getvalue(), ""
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return b"", HUGE
    except (MemoryError, RecursionError):
        raise
    except Exception:  # as above
        return b"", DAMAGED
