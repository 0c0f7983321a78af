"""Files that people send as receipts, sound and unsound, made here."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pypdf
from PIL import Image

from grants.files import SoundFile


def picture(kind="PNG", size=(40, 30), **saved):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, format=kind, **saved)
    return out.getvalue()


def pdf(*, password=""):
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


@cache
def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("kvittering.pdf", bytes(50_000_000))
    return out.getvalue()


def png_bomb(side=30_000):
    """A few hundred kilobytes that say they are 900 million points."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(bytes((side // 8 + 1) * 2000), 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
PNG = SoundFile("kvittering.png", "image/png", picture())
