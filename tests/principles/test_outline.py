"""Texts of principles as people and web pages write them, read without losing a word."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import typst
from django.utils import translation

from principles.headings import date_in, words_of
from principles.importing.language import language_spoken
from principles.outline import read_outline
from principles.reading import LARGEST, Unreadable, read_principle

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
DEMO = Path(__file__).resolve().parents[2] / "principles" / "demo"

NORWEGIAN = """Plan for skole-hjem-samarbeid

Planen gjelder for alle trinn.

1. Formål
Hjem og skole skal sammen gi barna en trygg og god skole-
hverdag.

2. Mål for samarbeidet
1) Foreldre og lærere har tillit til hverandre.
2) Alle elever har minst to utviklings-
   samtaler i året.

3. Skolens ansvar
Skolen skal:
- kalle inn i god tid
- svare på henvendelser
  innen to virkedager
    o  også i eksamensperioden

4. Foreldrenes ansvar
* Møte forberedt.
* Si fra til skolen når noe uroer.

Vi snakker med hverandre før vi skriver.

5. Lovgrunnlag
Opplæringsloven kapittel 10.

Vedtatt av samarbeidsutvalget 3. juni 2024
"""


def source(letter):
    found = sorted(SOURCES.glob(f"{letter}-*.txt"))
    if not found:
        pytest.skip("the two Danish texts lie beside the repository, in ../shared/sources")
    return found[0].read_text()


def everything(outline):
    kept = [outline.title, outline.introduction, *outline.notes, *outline.left_out]
    for section in outline.sections:
        kept += [section.heading, section.lead, *section.clauses, section.closing]
    return "\n".join(kept)


def shape(outline):
    return [(section.kind, len(section.clauses)) for section in outline.sections]


def test_source_b_is_read():
    outline = read_outline(source("B"))

    assert outline.title == "Princip for skole-hjem-samtaler"
    assert outline.language == "da"
    assert outline.updated_on == date(2018, 12, 13)
    assert shape(outline) == [
        ("purpose", 1),
        ("goals", 5),
        ("school", 6),
        ("parents", 2),
        ("next_steps", 3),
        ("formal_frame", 1),
    ]
    assert outline.introduction.startswith("Skole og Forældre har udviklet")
    assert outline.notes == ["Senest opdateret den 13. december 2018 af pe"]


def test_source_b_names_what_is_not_the_principle():
    outline = read_outline(source("B"))

    assert [text.split()[0] for text in outline.left_out] == ["Læs", "Princip"]
    assert len(outline.warnings) == len(outline.left_out)


def test_source_c_is_read():
    outline = read_outline(source("C"))

    assert outline.title == "Princip for skole-hjem-samarbejde"
    assert shape(outline) == [("purpose", 1), ("goals", 6), ("school", 12), ("parents", 16)]
    assert [section.heading for section in outline.sections] == [
        "Formål",
        "Mål",
        "Skolens ansvar",
        "Forældrenes ansvar",
    ]
    assert outline.warnings == []


def test_source_c_joins_broken_lines():
    purpose, goals, _school, parents = read_outline(source("C")).sections

    assert purpose.clauses[0].startswith("Et godt skole-hjem-samarbejde skal bidrage til, og bygger, på ligeværdighed")
    assert goals.clauses[0] == "At styrke samarbejdet mellem skole og hjem"
    assert parents.clauses[7].startswith("At tale respektfuldt om skolen, lærerne og andre elever og forældre")
    assert not any("  " in clause or "\n" in clause for clause in [*goals.clauses, *parents.clauses])


def test_source_c_keeps_the_free_sentences_where_they_stand():
    parents = read_outline(source("C")).sections[-1]

    assert parents.clauses[-1].endswith("Ledelsen kan kontaktes, hvis første henvendelse ikke vurderes tilstrækkelig")
    assert "Konflikten holdes på lavest mulige niveau." in parents.clauses[14]
    assert parents.closing == "Konflikter løses ikke via AULA"


@pytest.mark.parametrize("letter", ["B", "C"])
def test_not_a_word_is_lost(letter):
    text = source(letter)
    list_numbers = re.findall(r"(?m)^\s*(\d{1,2})\. (?=[A-ZÆØÅ])", text)

    missing = words_of(text) - words_of(everything(read_outline(text)))

    assert sorted(missing.elements()) == sorted(list_numbers)


@pytest.mark.parametrize("letter", ["B", "C"])
def test_not_a_word_is_added(letter):
    text = source(letter)

    assert words_of(everything(read_outline(text))) - words_of(text) == {}


@pytest.mark.parametrize("letter", ["B", "C"])
def test_what_people_correct_reads_back_the_same(letter):
    outline = read_outline(source(letter))

    again = read_outline(outline.as_text())

    assert (again.title, again.introduction, again.sections, again.notes, again.updated_on) == (
        outline.title,
        outline.introduction,
        outline.sections,
        outline.notes,
        outline.updated_on,
    )
    assert again.warnings == []


def test_norwegian_numbered_text_is_read():
    outline = read_outline(NORWEGIAN)

    assert outline.language == "nb"
    assert shape(outline) == [("purpose", 1), ("goals", 2), ("school", 2), ("parents", 2), ("formal_frame", 1)]
    _purpose, goals, school, parents, _frame = outline.sections
    assert goals.clauses[1] == "Alle elever har minst to utviklingssamtaler i året."
    assert school.lead == "Skolen skal:"
    assert school.clauses[1] == "svare på henvendelser innen to virkedager\n– også i eksamensperioden"
    assert parents.closing == "Vi snakker med hverandre før vi skriver."
    assert outline.notes == ["Vedtatt av samarbeidsutvalget 3. juni 2024"]
    assert outline.updated_on == date(2024, 6, 3)


def test_a_word_cut_at_the_end_of_a_line_is_said():
    outline = read_outline(NORWEGIAN)

    assert "trygg og god skolehverdag" in outline.sections[0].clauses[0]
    assert any("skolehverdag" in warning for warning in outline.warnings)


@pytest.mark.parametrize("sign", ["•", "-", "–", "*", "\uf0b7", "▪", "o\t", "1.", "a)"])
def test_every_kind_of_sign_opens_a_clause(sign):
    signs = {"1.": ["1.", "2."], "a)": ["a)", "b)"]}.get(sign, [sign, sign])
    text = f"Princip for lektier\n\nSkolens ansvar\n{signs[0]} At hjælpe med at\nkomme i gang\n{signs[1]} At følge op\n"

    (school,) = read_outline(text).sections

    assert school.clauses == ["At hjælpe med at komme i gang", "At følge op"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("•", "-").replace("”", '"').encode("latin-1"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(" ", "\xa0").encode(),
        lambda text: text.replace("samtaler", "sam\xadtaler").encode(),
        lambda text: text.replace("Formål:", "FORMÅL").replace("Mål:", "## Mål").encode(),
    ],
    ids=["windows", "old mac", "latin-1", "bom", "utf-16", "hard spaces", "soft hyphens", "other headings"],
)
def test_other_ways_to_write_it_give_the_same(change):
    text = source("B")

    outline = read_principle(change(text))

    assert shape(outline) == shape(read_outline(text))
    assert outline.updated_on == date(2018, 12, 13)


def test_a_list_that_wraps_before_a_dash_or_a_grade_is_one_clause():
    text = "Plan\n\nSkolens ansvar:\n• Vi ser eleven\n– hele eleven\n• Vi møter elever i\n1. klasse hver dag\n"

    (school,) = read_outline(text).sections

    assert school.clauses == ["Vi ser eleven – hele eleven", "Vi møter elever i 1. klasse hver dag"]


def test_an_unknown_heading_is_a_section_of_its_own_kind():
    text = "Princip\n\nMål:\n• At alle trives\n\nKlasserådet:\n• Mødes to gange\n"

    goals, council = read_outline(text).sections

    assert goals.clauses == ["At alle trives"]
    assert (council.kind, council.heading, council.clauses) == ("other", "Klasserådet", ["Mødes to gange"])


def test_a_text_without_headings_is_kept_and_said():
    with translation.override("en"):
        outline = read_outline("Sådan gør vi\n\nVi taler med hinanden.\n\nVi skriver ikke om aftenen.")
        warnings = [str(warning) for warning in outline.warnings]

    assert shape(outline) == [("other", 2)]
    assert (outline.found, outline.paragraphs) == (1, 3)
    assert any("headings" in warning for warning in warnings)


def test_page_numbers_are_left_out_and_said():
    outline = read_outline("Princip\n\nMål:\n• At alle elever\nSide 1 af 2\ntrives i skolen\n")

    assert outline.left_out == ["Side 1 af 2"]
    assert outline.sections[0].clauses == ["At alle elever trives i skolen"]


def test_suspended_hyphens_stay():
    (goals,) = read_outline("Plan\n\nMål:\n• God for-\nog etterarbeid\n• Skole-\nhjem og skole-hjem\n").sections

    assert goals.clauses == ["God for- og etterarbeid", "Skole-hjem og skole-hjem"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13. december 2018", date(2018, 12, 13)),
        ("vedtatt 3.6.2024", date(2024, 6, 3)),
        ("2024-06-03", date(2024, 6, 3)),
        ("03/06-24", date(2024, 6, 3)),
        ("June 3, 2024", date(2024, 6, 3)),
        ("31. februar 2024", None),
        ("i 2024", None),
    ],
)
def test_dates(text, expected):
    assert date_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skulen og heimen skal ikkje gløyme elevane.", "nn"),
        ("Foreldrene skal ikke glemme elevene fra skolen.", "nb"),
        ("Forældrene og skolen hjælper børnene efter skole.", "da"),
        ("The school and the parents work together.", "en"),
        ("12345", ""),
    ],
)
def test_language(text, expected):
    assert language_spoken(text) == expected


def word_file(body):
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in body)
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        parts.writestr("word/document.xml", f"<w:document {namespace}><w:body>{paragraphs}</w:body></w:document>")
        parts.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
    return written.getvalue()


def test_a_word_file_is_read():
    outline = read_principle(word_file(["Princip", "Mål:", "• At alle trives (godt) i 1.a – altid!"]))

    assert outline.title == "Princip"
    assert outline.sections[0].clauses == ["At alle trives (godt) i 1.a – altid!"]


def test_a_pdf_is_read():
    text = "= Princip for lektier\n\nMål:\n- At alle elever trives\n- At alle er med\n"
    page = typst.compile(text.encode())

    outline = read_principle(page)

    assert outline.title == "Princip for lektier"
    assert outline.sections[0].clauses == ["At alle elever trives", "At alle er med"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n ",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        bytes(range(1, 32)) * 40,
        b"%PDF-1.7 and then nothing that is a PDF",
        b"PK\x03\x04 and then nothing that is a zip",
        b"a" * (LARGEST + 1),
        b"ord " * 60_000,
    ],
    ids=["empty", "blank", "picture", "control characters", "broken pdf", "broken word", "huge", "long"],
)
def test_what_is_no_text_is_refused_with_the_reason(content):
    with pytest.raises(Unreadable) as refused:
        read_principle(content)

    assert str(refused.value).endswith(".")


def test_a_zip_that_is_no_word_file_is_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        parts.writestr("readme.txt", "hello")

    with pytest.raises(Unreadable):
        read_principle(written.getvalue())


@pytest.mark.parametrize("name", ["plan_nb", "plan_nn", "princip_da"])
def test_the_demos_next_steps_are_a_section_and_no_duty_of_the_parents(name):
    outline = read_outline((DEMO / f"{name}.txt").read_text())

    kinds = [section.kind for section in outline.sections]

    assert kinds == ["purpose", "goals", "school", "parents", "next_steps", "formal_frame"]

    assert not [said for section in outline.sections for said in section.clauses if "neste" in said.casefold()[:9]]
