"""What goes to the archive: a folder of a case, and the extract of a year. Each file stands in the XML with its sha-256,
and nothing counts as handed over before the folder has been read back."""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from django.utils import translation

from grants.archive.arkivmelding import arkivmelding_of
from grants.archive.closed import closed_in
from grants.archive.noark import arkivstruktur_of
from grants.models import GrantApplication
from grants.papers import Paper, papers_of

SUMS = "sha256sums.txt"
REFERENCE, SUM = "referanseDokumentfil", "sjekksum"


@dataclass(frozen=True)
class File:
    """A paper as bytes, under the name that it has in the folder."""

    paper: Paper
    name: str
    content: bytes
    number: int

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def files_of(application: GrantApplication, within: str = "") -> list[File]:
    with translation.override(application.school.language_form):
        papers = papers_of(application)
        return [
            File(paper, f"{within}{number:02}-{paper.key}.{paper.ending}", paper.read(), number)
            for number, paper in enumerate(papers, start=1)
        ]


def folder_of(application: GrantApplication) -> dict[str, bytes]:
    """What a live system sends to the municipality's archive for one case."""
    files = files_of(application)
    with translation.override(application.school.language_form):
        return _with_sums({"arkivmelding.xml": arkivmelding_of(application, files)}, files)


def extract_of(municipality, year: int) -> tuple[dict[str, bytes], list[GrantApplication]]:
    """All cases that were closed in a calendar year, as Noark 5."""
    closed = closed_in(municipality, year)
    cases = [(case, files_of(case.application, f"dokumenter/{safe(case.application)}/")) for case in closed]
    folder = {"arkivstruktur.xml": arkivstruktur_of(municipality, year, cases)}
    return _with_sums(folder, [file for _case, files in cases for file in files]), [one.application for one in closed]


def _with_sums(folder, files):
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    return {**folder, **{file.name: file.content for file in files}, SUMS: lines.encode()}


def safe(application):
    return application.case_number.replace("/", "-")


def write_folder(folder: dict[str, bytes], out: Path) -> None:
    """Refused into a folder that already holds something: an archive is never mixed with another."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FileExistsError(out)
    for name, content in folder.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def zipped(folder: dict[str, bytes], name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for file, content in folder.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{file}"), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def faults_of(out: Path) -> list[str]:
    """What is missing or another than the XML says; nothing when the folder is whole."""
    faults, named = [], {SUMS}
    for xml in out.glob("*.xml"):
        named.add(xml.name)
        for element in ET.parse(xml).getroot().iter():  # noqa: S314 written here just now
            said = {re.sub("^{.*}", "", child.tag): child.text for child in element}
            if REFERENCE in said:
                named.add(said[REFERENCE])
                faults += _fault_of(out / said[REFERENCE], said[REFERENCE], said.get(SUM))
    there = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    return faults + [f"{name}: not in the XML" for name in sorted(there - named)]


def _fault_of(path, name, digest):
    if not path.is_file():
        return [f"{name}: missing"]
    return [] if hashlib.sha256(path.read_bytes()).hexdigest() == digest else [f"{name}: another checksum"]
