"""Open an untrusted upload: check size first, then structure, then text."""

import io
import stat
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from portal.rosters.records import Problem, RosterError
from portal.rosters.values import cell

MEGABYTE = 1024 * 1024
LARGEST_FILE = 500 * MEGABYTE
LARGEST_UNPACKED = 1024 * MEGABYTE
MOST_MEMBERS = 500
RATIO = 100  # text packs ten to twenty times
RATIO_FROM = 10 * MEGABYTE


class Package:
    def __init__(self, name):
        self.name = cell(name)
        self.files = {}  # lower-case base name -> (name as written, function that opens it)

    def add(self, name, opens):
        written = cell(PurePosixPath(name.replace("\\", "/")).name)
        if written.lower() in self.files:
            raise RosterError(Problem(written, 0, _("The file is there twice. Send one of each.")))
        self.files[written.lower()] = (written, opens)

    def __contains__(self, name):
        return name.lower() in self.files

    def written(self, name):
        return self.files[name.lower()][0]

    def xml(self):
        found = [name for name in self.files if name.endswith(".xml")]
        return found[0] if len(found) == 1 and not any(name.endswith(".csv") for name in self.files) else None

    @contextmanager
    def binary(self, name):
        written, opens = self.files[name.lower()]
        try:
            with opens() as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as broken:
            raise RosterError(
                Problem(written, 0, _("The zip file is damaged. Export it again, and upload the new one."))
            ) from broken

    @contextmanager
    def text(self, name):
        """Raises RosterError, with the likely encoding, when it is not UTF-8."""
        with self.binary(name) as stream:
            buffered = io.BufferedReader(stream) if not hasattr(stream, "peek") else stream
            refuse_wide(self.written(name), buffered.peek(4)[:4])
            try:
                yield io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")
            except UnicodeDecodeError as wrong:
                raise RosterError(Problem(self.written(name), 0, wrong_encoding(wrong))) from wrong


def open_roster(path, name=None):
    """A folder, a zip file or an XML file, checked before anything of it is read."""
    path = Path(path)
    name = name or path.name
    if path.is_dir():
        return _folder(path, name)
    if not path.is_file():
        raise RosterError(_("There is no such file or folder: %(name)s") % {"name": name})
    refuse_size(path.stat().st_size, name)
    with path.open("rb") as stream:
        start = stream.read(512)
    if start[:2] == b"PK":
        return _zip(path, name)
    package = Package(name)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        package.add("roster.xml", lambda: path.open("rb"))
        return package
    raise RosterError(
        _("%(name)s is neither a zip file with CSV files nor an XML file. Put the CSV files in one zip file first.")
        % {"name": name}
    )


def refuse_size(size, name):
    if size > LARGEST_FILE:
        raise RosterError(
            _("%(name)s is too large: %(size)s MB. The largest that can be imported is %(limit)s MB.")
            % {"name": name, "size": size // MEGABYTE, "limit": LARGEST_FILE // MEGABYTE}
        )
    if size == 0:
        raise RosterError(_("%(name)s is empty.") % {"name": name})


def _folder(path, name):
    package, total = Package(name), 0
    for file in sorted(path.iterdir()):
        if file.is_file() and not file.is_symlink() and file.suffix.lower() in (".csv", ".xml"):
            total += file.stat().st_size
            if total > LARGEST_UNPACKED:
                refuse_size(total, name)
            package.add(file.name, lambda file=file: file.open("rb"))
    if not package.files:
        raise RosterError(_("%(name)s holds no CSV files.") % {"name": name})
    return package


def _zip(path, name):
    package = Package(name)
    try:
        archive = zipfile.ZipFile(path)
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, IndexError, NotImplementedError) as broken:
        raise RosterError(
            _("%(name)s is damaged and cannot be opened. Export it again, and upload the new one.") % {"name": name}
        ) from broken
    _refuse_bomb(members, name)
    for member in members:
        _refuse_outside(member)
        if member.filename.lower().endswith((".csv", ".xml")) and "__MACOSX" not in member.filename:
            if member.flag_bits & 1:
                raise RosterError(_("%(name)s is locked with a password. Send it without one.") % {"name": name})
            package.add(member.filename, lambda member=member: archive.open(member))
    if not package.files:
        raise RosterError(_("%(name)s holds no CSV files.") % {"name": name})
    return package


def _refuse_bomb(members, name):
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    swells = unpacked > RATIO_FROM and unpacked > packed * RATIO
    if len(members) > MOST_MEMBERS or unpacked > LARGEST_UNPACKED or swells:
        raise RosterError(
            _("%(name)s would unpack to %(size)s MB in %(files)s files. That is no roster, so it was not opened.")
            % {"name": name, "size": unpacked // MEGABYTE, "files": len(members)}
        )


def _refuse_outside(member):
    where = PurePosixPath(member.filename.replace("\\", "/"))
    link = stat.S_ISLNK(member.external_attr >> 16)
    if where.is_absolute() or ".." in where.parts or ":" in "".join(where.parts[:1]) or link:
        raise RosterError(_("The zip file points outside itself. It was not opened."))


def refuse_wide(name, start):
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or start[1:2] == b"\x00":
        raise RosterError(Problem(name, 0, _use_utf8("UTF-16")))


def wrong_encoding(wrong):
    bytes_ = wrong.object[max(0, wrong.start - 2000) : wrong.start + 2000]
    odd = {byte for byte in bytes_ if byte > 127}
    nordic = odd & {0xE6, 0xF8, 0xE5, 0xC6, 0xD8, 0xC5, 0xE4, 0xF6, 0xE9}
    mac = odd & {0xBE, 0xBF, 0x8C, 0xAE, 0xAF, 0x81}
    return _use_utf8("Windows-1252" if nordic or not mac else "Mac Roman")


def _use_utf8(encoding):
    return _("The file is not UTF-8; it looks like %(encoding)s. Save it as “CSV UTF-8”, and upload it again.") % {
        "encoding": encoding
    }
