"""Small files that were read wrongly once, each standing for a kind: what they give now."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from principles.reading import Unreadable, read_principle

CASES = Path(__file__).resolve().parents[3] / "shared" / "data" / "cases"


def read(name):
    found = sorted(CASES.glob(f"{name}_*"))
    if not found:
        pytest.skip("the small files lie beside the repository, in ../shared/data/cases")
    with translation.override("en"):
        return read_principle(found[0].read_bytes(), found[0].stem)


def refused(name):
    with pytest.raises(Unreadable) as reason:
        read(name)
    return str(reason.value)


def shape(outline):
    return [(section.kind, section.heading, section.clauses) for section in outline.sections]


def kinds(outline):
    return [(section.kind, len(section.clauses)) for section in outline.sections]


def said(outline):
    return "\n".join(outline.warnings)


def everything(outline):
    kept = [outline.title, outline.introduction, *outline.notes, *outline.left_out]
    for section in outline.sections:
        kept += [section.heading, section.lead, *section.clauses, section.closing]
    return "\n".join(kept)


def test_p01_a_number_that_counts_a_class_or_a_day_stays():
    outline = read("p01")

    assert outline.language == "da"
    assert outline.sections[0].clauses == [
        "1. klasse holder møde i august",
        "6. klasse holder møde i maj",
        "15. august skal planen være sendt.",
    ]


def test_p02_a_list_that_leaves_numbers_out_keeps_its_numbers():
    (school,) = read("p02").sections

    assert school.clauses == ["1. Skolen varsler", "2. Skolen møter", "4. Skolen svarer", "7. Skolen hører"]


def test_p03_headings_may_have_a_number_without_a_dot():
    assert shape(read("p03")) == [
        ("purpose", "Formål", ["Skolen og foreldre samarbeider."]),
        ("school", "Skolens ansvar", ["2.1 Skolen varsler", "2.2 Skolen møter"]),
        ("parents", "Foreldrenes ansvar", ["3.1 Foreldrene leser"]),
    ]


def test_p05_a_line_that_goes_on_in_a_list_is_its_heading():
    assert shape(read("p05")) == [
        ("school", "Det er skolens ansvar at", ["indkalde", "svare"]),
        ("parents", "Det er forældrenes ansvar at", ["møde op"]),
    ]


def test_p06_lines_that_begin_with_to_are_points():
    (school,) = read("p06").sections

    assert school.clauses == ["at indkalde til møde,", "at svare inden to dage,", "at lytte"]


@pytest.mark.parametrize(("name", "count"), [("p07", 3), ("p08", 2)])
def test_p07_and_p08_an_unknown_heading_is_a_section_and_no_point(name, count):
    outline = read(name)

    assert outline.language == "da"
    assert [(kind, len(clauses)) for kind, _heading, clauses in shape(outline)] == [("other", 1)] * count
    assert [section.heading for section in outline.sections][:2] == ["Kontaktforældre", "Forældremøder"]
    assert outline.sections[0].party == "parents"


def test_p12_english_headings_say_whose_they_are():
    assert kinds(read("p12")) == [("school", 1), ("parents", 1), ("pupil", 1)]


def test_p13_who_adopted_and_signed_it_is_a_note():
    outline = read("p13")

    assert kinds(outline) == [("parents", 1)]
    assert outline.sections[0].closing == ""
    assert outline.notes == [
        "Princippet er behandlet og godkendt af skolebestyrelsen i maj 2024.",
        "Fjell, den 3. marts 2026",
        "På skolebestyrelsens vegne",
        "Kari Dahl",
        "formand",
    ]


def test_p14_of_two_days_the_later_is_when_it_was_changed():
    assert read("p14").updated_on == date(2026, 9, 1)


def test_p15_whose_paper_it_is_is_no_title():
    outline = read("p15")

    assert outline.title == "Prinsipp for samarbeid"
    assert "Fjell skole" in said(outline)


def test_p17_danish_is_told_by_many_words():
    assert read("p17").language == "da"


def test_p18_read_also_takes_its_links_and_no_more():
    outline = read("p18")

    assert outline.left_out == ["Læs også: Princip for fravær"]
    assert outline.sections[0].clauses[-1] == "Det er vigtigt at alle forældre læser resten."


def test_p19_a_figure_alone_is_text():
    outline = read("p19")

    assert outline.left_out == []
    assert outline.sections[0].clauses[1:] == ["2", "Les mer på side 4 i planen."]


def test_p21_a_text_on_one_line_is_said():
    assert "Only a title was read" in said(read("p21"))


@pytest.mark.parametrize(("name", "word"), [("p22", "RTF"), ("p23", "HTML"), ("p24", "damaged")])
def test_p22_to_p24_what_is_no_plain_text_is_refused_in_words(name, word):
    assert word in refused(name)


def test_p25_marks_of_headings_are_no_text():
    outline = read("p25")

    assert shape(outline) == [
        ("purpose", "Formål", ["Skolen og forældrene samarbejder."]),
        ("other", "Noget andet", ["Forældrene læser."]),
    ]
    assert "#" not in everything(outline)
    assert "**" not in everything(outline)


def test_p26_many_broken_words_are_each_named_up_to_a_hundred():
    assert len(read("p26").warnings) <= 101


def test_p30_headings_of_word_are_sections():
    outline = read("p30")

    assert [(section.kind, section.heading) for section in outline.sections] == [
        ("purpose", "Formål"),
        ("other", "Samarbeid"),
        ("other", "Møter"),
        ("other", "Vedlegg"),
    ]
    assert outline.found == outline.paragraphs == 12


def test_p32_a_list_keeps_the_numbers_of_word():
    school, parents = read("p32").sections

    assert [clause.split()[0] for clause in school.clauses] == [
        *("1", "1.1", "1.2", "2", "2.1", "kule", "kule", "2.2", "a)", "b)", "c)", "2.3"),
    ]
    assert parents.clauses == ["5. Femte punkt for foreldrene", "6. Sjette punkt for foreldrene"]
    assert read("p32").language == "nb"


def test_p33_notes_changes_and_what_stands_around_the_page_are_kept_or_named():
    outline = read("p33")

    assert outline.sections[0].clauses == [
        "Skolen skal svare innen ti dager.",
        "Dette avsnittet er satt inn av skolen.",
        "Noe mellom.",
        "Flyttet setning her.",
        "Første halve setning og andre halve setning i samme avsnitt.",
        "Tekst i tekstboks.",
    ]
    assert outline.notes == ["Fotnoten om opplæringslova."]
    assert {"fem", "Vedtatt av skolens råd 1. juni 2026", "Topptekst Fjell skole"} <= set(outline.left_out)


def test_p34_a_bullet_of_wingdings_is_a_bullet_and_a_section_sign_stays():
    (school,) = read("p34").sections

    assert school.clauses == [
        "punkt med symbol",
        "punkt med Wingdings",
        "Skolen følger § 9 A-4 i loven.",
        "punkt med w:sym",
        "punkt skrevet med Wingdings-paragraf",
        "punkt limt inn",
    ]
    assert school.closing.startswith("skole-hjem-samarbeid og foreldremøte")


def test_p35_a_table_side_by_side_goes_to_the_right_party():
    assert shape(read("p35")) == [
        ("school", "Skolens ansvar", ["Skolen indkalder.", "Skolen svarer."]),
        ("parents", "Forældrenes ansvar", ["Forældrene møder op.", "Forældrene læser."]),
    ]


def test_p36_signs_of_the_text_stay_as_they_are():
    outline = read("p36")

    assert outline.title == "Princip om stjerner * og _streger_ og 1. juni"
    assert "1. august begynder skolen igen." in everything(outline)
    assert '![billede](x.png) og <a id="x"></a>' in everything(outline)


def test_p37_fields_are_kept_and_hidden_words_named():
    outline = read("p37")

    assert "1. juni 2026" in outline.sections[0].clauses
    assert outline.left_out == ["Skjult tekst om en elev."]


@pytest.mark.parametrize("name", ["p40", "p42"])
def test_p40_columns_are_read_one_after_the_other(name):
    outline = read(name)
    school, parents = outline.sections

    assert (outline.title, school.kind, parents.kind) == ("Prinsipp for samarbeid", "school", "parents")
    assert "skole-hjem-samarbeid med alle foreldre" in school.clauses[0]
    assert "Skolen skal finne tid" in school.clauses[0]
    assert school.clauses[1] == "Skolen skal svare innen to dager."
    assert "Foreldrene skal lese det som skolen sender hjem." in parents.clauses[0]
    assert outline.left_out == ["Fjell skole", "Side 1 av 3"]


def test_p41_a_running_head_is_no_title():
    outline = read("p41")

    assert outline.title == "Prinsipp for samarbeid"
    assert kinds(outline) == [("school", 2), ("parents", 1)]
    assert said(outline).count("Fjell skole – Prinsipper") == 1


def test_p44_a_page_that_is_a_picture_is_said():
    assert "Page 2 is a picture" in said(read("p44"))


def test_p45_the_password_of_an_owner_is_no_lock():
    assert kinds(read("p45")) == [("purpose", 1)]


def test_p47_words_keep_their_own_hyphens():
    text = read("p47").sections[0].clauses[0]

    assert "  " not in text
    assert text.endswith("trivsel på skole-hjem-møter i 2025-2026 og IKT-planen.")


@pytest.mark.parametrize("name", sorted({path.name[:3] for path in CASES.glob("p*")} - {"p22", "p23", "p24", "p26"}))
def test_every_paragraph_of_these_files_is_found(name):
    outline = read(name)

    assert outline.found == outline.paragraphs > 0
