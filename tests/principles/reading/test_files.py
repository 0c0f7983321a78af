"""Fifty-nine files in the styles of school sites: Word, PDF, text, and two that are refused. What is right in each stands
beside it, and was written down before the reader saw it."""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from principles.headings import words_of
from principles.reading import Unreadable, read_principle

HERE = Path(__file__).parent
FILES = sorted(path.with_suffix("") for path in HERE.glob("*.json"))
SIGN = re.compile(
    r"^(?:[-–•*]\s*|§ ?\d+\.?\s+|(?:kapittel|kapitel|chapter)\s+\d+\.?\s+|\d+(?:\.\d+)*[.)]?\s+|[a-z][.)]\s+|[ivx]+[.)]\s+)",
    re.IGNORECASE,
)


def right(path):
    return json.loads((HERE / f"{path.name}.json").read_text("utf-8"))


def read(path):
    with translation.override("en"):
        return read_principle(path.read_bytes(), path.stem)


def plain(text):
    """Without the number before it: it may stand in the text, or be told by the order."""
    text = " ".join(unicodedata.normalize("NFKC", text).replace("\xad", "").split())
    return SIGN.sub("", text).rstrip(":., ").casefold()


def expected_sections(found, sections):
    """A chapter that only holds other sections may be one of them, or none."""
    headings = {plain(section.heading) for section in found.sections}
    return [each for each in sections if not each.get("chapter") or plain(each["heading"]) in headings]


def points_of(section, wanted):
    """The words of each. What is said of the whole text, and the row over a table, may be points or not."""
    free = [words_of(plain(text)) for text in [*wanted["notes"], *wanted["around"]]]
    return [words for point in section.clauses if (words := words_of(plain(point))) not in free]


def everything(outline):
    kept = [outline.title, outline.introduction, *outline.notes, *outline.left_out]
    for section in outline.sections:
        kept += [section.heading, section.lead, *section.clauses, section.closing]
    return "\n".join(kept)


READ = [path for path in FILES if "refused" not in right(path)]
REFUSED = [path for path in FILES if "refused" in right(path)]


def test_none_is_missing():
    assert (len(READ), len(REFUSED)) == (57, 2)


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_sections_parties_and_points_are_right(path):
    outline, wanted = read(path), right(path)
    sections = expected_sections(outline, wanted["sections"])

    assert [plain(section.heading) for section in outline.sections] == [plain(each["heading"]) for each in sections]
    for section, each in zip(outline.sections, sections, strict=True):
        assert section.kind in each["kind"].split("|"), each["heading"]
        assert section.party == "board" if "party" in each else section.party in ("", "parents"), each["heading"]
        assert points_of(section, wanted) == [words_of(plain(words)) for words in each["clauses"]], each["heading"]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_title_language_and_day_are_right(path):
    outline, wanted = read(path), right(path)

    assert (outline.title, outline.language) == (wanted["title"], wanted["language"])
    assert outline.updated_on in [day and date.fromisoformat(day) for day in wanted["updated_on"]]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_no_word_is_lost(path):
    outline, wanted = read(path), right(path)
    said = [wanted["title"], *wanted["notes"], *wanted["around"]]
    for each in wanted["sections"]:
        said += [each["heading"], *each["clauses"]]

    lost = words_of("\n".join(map(plain, said))) - words_of(unicodedata.normalize("NFKC", everything(outline)))

    assert not lost
    assert outline.found == outline.paragraphs


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_what_is_no_document_is_refused_in_words(path):
    with pytest.raises(Unreadable, match=right(path)["refused"]):
        read(path)
