"""Law: a stranger's file is read in a process of its own; whatever reads one has one entrance, and it goes through there."""

import ast

from django import forms

from tests.laws.code import modules
from tests.laws.verdict import allow_none

LIBRARIES = {"pypdf", "zipfile", "tarfile", "zlib", "gzip", "lxml", "defusedxml", "PIL", "docx", "xml"}
READERS = {  # what reads files, and what others take from it besides its numbers: its entrance, and what looks into no file
    "principles.reading": {"Unreadable", "read_apart", "refuse_size"},
    "principles.importing.pages": {"from_pdf", "opened"},
    "principles.importing.drawn": set(),
    "principles.importing.word": {"from_word"},
    "principles.importing.numbering": set(),
    "conferences.before.documents": {"begins_as", "look_at"},
    "portal.rosters.reading": {"read_apart"},
    "portal.schoolyear.reading": {"Unreadable", "read_apart"},
    "grants.reading": {"read_apart"},
    "portal.rosters.opening": {"refuse_size"},
    "portal.rosters.oneroster": set(),
    "portal.rosters.pifu": set(),
    "portal.rosters.sds": set(),
    "portal.rosters.tables": set(),
}
WRITERS = {  # they open none
    "portal.rosters.generating",  # packs a made-up roster
    "grants.money.pain",  # writes a file for the bank
    "grants.archive.arkivmelding",  # what goes to the archive, and is read back as it was written
    "grants.archive.folders",
    "grants.archive.xml",
    "principles.supervision.results",  # counts the pages of what it has set itself
}
FIELDS = {
    "principles.forms",
    "portal.rosters.forms",
    "portal.schoolyear.forms",
    "conferences.before.forms.plans",
    "grants.attachments.forms",
    "grants.paper.forms",
    "grants.reports.forms",
    "grants.uploads",
    "portal.home.gallery",
}


def taken(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def test_only_the_readers_know_a_library_that_takes_files_apart():
    wrong = [
        f"{name} imports {module}"
        for name, tree in modules().items()
        for module, _what in taken(tree)
        if module.split(".")[0] in LIBRARIES and name not in READERS.keys() | WRITERS
    ]

    allow_none(wrong, "{}: let a reader do it, in a process of its own (READERS)")


def test_a_reader_is_entered_by_its_entrance():
    wrong = [
        f"{name} takes {what} from {module}"
        for name, tree in modules().items()
        for module, what in taken(tree)
        if name not in READERS
        and not what.isupper()
        and (what not in READERS.get(module, {what}) or f"{module}.{what}" in READERS)
    ]

    allow_none(wrong, "{}: go in by the entrance that READERS names")


def test_every_field_that_takes_a_file_is_known():
    """A new one is a new kind of stranger's file: it needs a reader and its limits."""
    found = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name)
        and ast.unparse(node).split(".")[-1] in {"FileField", "ImageField", "FilesField"}
    }

    allow_none(found - FIELDS, "{} takes a file: it needs a reader and its limits, and its place in FIELDS")
    allow_none(FIELDS - found, "{} takes no file any more: take it out of FIELDS")
    assert issubclass(forms.ImageField, forms.FileField)
