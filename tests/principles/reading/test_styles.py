"""How schools write, each in the smallest text that shows it."""

from datetime import date

import pytest

from principles.headings import kind_of, party_of
from principles.outline import read_outline


def shape(text):
    return [(section.kind, section.heading, section.clauses) for section in read_outline(text).sections]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Hvorfor holder vi forældremøder?", "purpose"),
        ("Kvifor ein trafikkplan?", "purpose"),
        ("Why we have this policy", "purpose"),
        ("Our aims", "purpose"),
        ("Det vil vi opnå", "goals"),
        ("Målet er, at", "goals"),
        ("§ 7 Ikrafttræden", "formal_frame"),
        ("De voksnes ansvar", "school"),
        ("Kontaktlærers oppgaver", "school"),
        ("B. What the school will do", "school"),
        ("Parents and carers", "parents"),
        ("Hjemmets løfter", "parents"),
        ("2.4 Elevrådet", "pupil"),
        ("Head teacher", "management"),
        ("Governors", "management"),
        ("Det er kontaktforældrenes ansvar at", "other"),
        ("Hvorfor bliver nogen mobbet på vores skole", None),
        ("Hjemme", None),
        ("Heime", None),
    ],
)
def test_a_heading_says_what_it_is_about(heading, kind):
    assert kind_of(heading) == kind


@pytest.mark.parametrize(
    ("heading", "party"),
    [
        ("Governors", "board"),
        ("Klasserådets opgaver", "parents"),
        ("Det er kontaktforældrenes ansvar at", "parents"),
        ("Tolk", ""),
    ],
)
def test_a_heading_says_whose_it_is(heading, party):
    assert party_of(heading, kind_of(heading) or "other") == party


def test_lines_that_end_in_a_colon_are_headings_where_several_are():
    text = "Princip\n\nIndskolingen:\n\nTelefonen ligger i tasken.\n\nUdskolingen:\n\nTelefonen må bruges i timen.\n"

    assert shape(text) == [
        ("other", "Indskolingen", ["Telefonen ligger i tasken."]),
        ("other", "Udskolingen", ["Telefonen må bruges i timen."]),
    ]


def test_a_line_between_two_lists_is_no_point_of_the_first():
    text = "Rutiner\n\nGenerelt\n\n- Skolen ringer\n\nAlvorlig er\n\n- ti dager\n"

    assert [(heading, clauses) for _kind, heading, clauses in shape(text)] == [
        ("Generelt", ["Skolen ringer"]),
        ("Alvorlig er", ["ti dager"]),
    ]


def test_a_text_may_be_called_by_a_word_of_its_sections():
    outline = read_outline("# Oppfølging av fravær\n\n## Skolens ansvar\n\n- ringe hjem\n")

    assert (outline.title, len(outline.sections)) == ("Oppfølging av fravær", 1)


def test_a_question_may_be_a_long_heading():
    text = "Princip\n\nHvad sker der, hvis man ikke følger reglerne?\n\nTelefonen bliver på kontoret til klokken to.\n"

    assert shape(text)[0][1] == "Hvad sker der, hvis man ikke følger reglerne?"


def test_a_line_of_dashes_below_makes_a_heading():
    text = "Utviklingssamtalar\n==================\n\nFøremål\n-------\nVi skal møtast.\n\nTolk\n----\nSkulen tingar tolk.\n"

    outline = read_outline(text)

    assert outline.title == "Utviklingssamtalar"
    assert [(each.kind, each.heading) for each in outline.sections] == [("purpose", "Føremål"), ("other", "Tolk")]
    assert outline.found == outline.paragraphs


def test_a_number_that_others_count_on_is_a_chapter():
    text = "Policy\n\n1. Purpose\n\n1.1 Practice.\n\n2. Roles\n\nTeachers\n\n2.1 Teachers set tasks.\n"

    assert [heading for _kind, heading, _clauses in shape(text)] == ["Purpose", "Roles", "Teachers"]


def test_marks_of_slanted_words_and_boxes_are_no_text():
    text = "# Bursdager\n\n## Foreldrenes ansvar\n\n- [ ] Ta med kake *17. mai*.\n- [x] Svare.\n"

    assert shape(text) == [("parents", "Foreldrenes ansvar", ["Ta med kake 17. mai.", "Svare."])]


def test_a_form_to_sign_and_a_greeting_are_notes():
    text = "Plan\n\nSkolens ansvar\n- svare\n\nSigned: ______________\n\nMed venlig hilsen\nJens Ravn\n"

    outline = read_outline(text)

    assert outline.notes == ["Signed: ______________", "Med venlig hilsen", "Jens Ravn"]
    assert outline.sections[0].closing == ""


def test_what_stands_around_a_page_of_the_web_is_named():
    text = "Gå til hovedindholdet\nMENU\n\nPrincip for ferie\n\nSkolens ansvar\n• svare\n\nVi bruger cookies\n© 2026 Skolen\n"

    outline = read_outline(text)

    assert outline.title == "Princip for ferie"
    assert outline.left_out == ["Gå til hovedindholdet MENU", "Vi bruger cookies", "© 2026 Skolen"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Policy number: 14   Version 3\n\nHomework Policy\n\nPurpose\nPractice.\n", "Homework Policy"),
        ("Klasseråd\n\nPrincippets ordlyd\nRådet samler klassen.\n\nSkolens ansvar\n- svare\n", "Klasseråd"),
        (
            "Håndbok\n\nBakgrunn\n\nEt godt samarbeid mellom hjem og skole er nødvendig for å gi barna en god skolegang.\n",
            "Håndbok",
        ),
    ],
)
def test_the_title_is_no_number_of_a_file_and_no_sentence(text, title):
    assert read_outline(text).title == title


@pytest.mark.parametrize("line", ["Oppdatert 14. februar 2023", "Vedtaget den 14/2 2023", "Revidert 14.02.23"])
def test_days_are_read_as_they_are_written(line):
    assert read_outline(f"Plan\n\nSkolens ansvar\n- svare\n\n{line}\n").updated_on == date(2023, 2, 14)


@pytest.mark.parametrize("broken", ["finne", "\uf001nne"])
def test_a_letter_of_two_is_two_letters(broken):
    assert shape(f"Plan\n\nSkolens ansvar\n- Skolen skal {broken} tid\n")[0][2] == ["Skolen skal finne tid"]


def test_a_row_of_many_columns_is_read_once():
    assert read_outline("Tid" + " | Uke 1" * 30 + " |\n\nVi starter.\n").sections


def test_a_line_to_fill_in_takes_no_sentence_along():
    text = "Plan\n\nElevens ansvar\n\nKlasse: ________\nVi hilser på hverandre.\nVi rydder etter oss.\n"

    [(_kind, _heading, clauses)] = shape(text)

    assert clauses == ["Vi hilser på hverandre.", "Vi rydder etter oss."]


def test_read_more_ends_a_paragraph_and_takes_no_heading():
    text = "Plan\n\nSkolens ansvar\n- Skolen informerer.\n\nLes mer\n\nForeldrenes ansvar\n- Melde fravær.\n"

    outline = read_outline(text)

    assert [section.heading for section in outline.sections] == ["Skolens ansvar", "Foreldrenes ansvar"]
    assert outline.left_out == ["Les mer"]


@pytest.mark.parametrize(
    "line",
    ["Opdateret kontaktliste fra august 2025 ligger altid på Aula.", "Agreed rules from 2024 apply in the yard."],
)
def test_a_sentence_about_what_is_new_is_no_day(line):
    outline = read_outline(f"Plan\n\nSkolens ansvar\n\n{line}\n")

    assert outline.updated_on is None
    assert line not in outline.notes
