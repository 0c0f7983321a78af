"""Thirty documents in the styles of school sites: at least 27 come in right, and no word of any is lost."""

import re

import pytest
from django.utils import translation

from principles.headings import words_of
from principles.reading import read_principle
from tests.principles.documents import pages, plain, word

DOCUMENTS = [*plain.DOCUMENTS, *word.DOCUMENTS, *pages.DOCUMENTS]
RIGHT = 27


@pytest.fixture(scope="module")
def read():
    with translation.override("en"):
        return {one.name: read_principle(one.content, one.name) for one in DOCUMENTS}


def shape(outline):
    return [(section.kind, section.heading, len(section.clauses)) for section in outline.sections]


def everything(outline):
    kept = [outline.title, outline.introduction, *outline.notes, *outline.left_out]
    for section in outline.sections:
        kept += [section.heading, section.lead, *section.clauses, section.closing]
    return "\n".join(kept)


def test_there_are_thirty():
    assert len(DOCUMENTS) == len({one.name for one in DOCUMENTS}) == 30


def test_at_least_27_come_in_right(read):
    wrong = {one.name: shape(read[one.name]) for one in DOCUMENTS if shape(read[one.name]) != one.sections}
    titles = {one.name: read[one.name].title for one in DOCUMENTS if read[one.name].title != one.title}
    languages = {one.name: read[one.name].language for one in DOCUMENTS if read[one.name].language != one.language}

    assert len(DOCUMENTS) - len(wrong.keys() | titles.keys()) >= RIGHT, (wrong, titles)
    assert not languages


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)
def test_no_word_of_them_is_lost(document, read):
    outline = read[document.name]
    kept = "".join(re.findall(r"\w", everything(outline).casefold()))

    lost = {word for word in words_of(document.words) - words_of(everything(outline)) if word not in kept}

    assert not {word for word in lost if not word.isdigit()}
    assert outline.found == outline.paragraphs
