"""The uploaded file between upload and import: encrypted, in pieces in the database, and deleted when the import is done."""

import tempfile
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from portal.people.models import Person, RosterPiece
from portal.rosters.opening import MEGABYTE, refuse_size

PIECE = MEGABYTE


def keep(entry, chunks):
    """Returns the file's digest. Refuses a file that grows too large on its way in."""
    cipher, size, digest = Person._meta.get_field("national_number").f, 0, sha256()
    for number, chunk in enumerate(_even(chunks)):
        size += len(chunk)
        digest.update(chunk)
        refuse_size(size, entry.file_name)
        RosterPiece.objects.create(roster=entry, number=number, content=cipher.encrypt(chunk))
    refuse_size(size, entry.file_name)
    return digest.hexdigest()


@contextmanager
def unpacked(entry):
    cipher = Person._meta.get_field("national_number").f
    with tempfile.TemporaryDirectory(prefix="roster") as folder:
        path = Path(folder) / "roster"
        with path.open("wb") as file:
            for content in entry.pieces.order_by("number").values_list("content", flat=True).iterator(chunk_size=4):
                file.write(cipher.decrypt(bytes(content)))
        yield path


def _even(chunks):
    waiting = b""
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= PIECE:
            yield waiting[:PIECE]
            waiting = waiting[PIECE:]
    if waiting:
        yield waiting
