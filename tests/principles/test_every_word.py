"""However headings, lists and paragraphs are mixed, each word of a text is once in what was read from it."""

import random

from django.utils import translation

from principles.headings import words_of
from principles.outline import read_outline

HEADINGS = [
    "Formål",
    "Mål",
    "Skolens ansvar",
    "Foreldrenes ansvar",
    "Elevens ansvar",
    "Kontaktforeldre",
    "Veien videre",
    "Ord og svar",
]
KNOWN = HEADINGS[:5]
WORDS = "vi møter alle gode med respekt og lytter før noen svarer 15. august 1. klasse § 9-4 to ganger i året".split()  # noqa: SIM905
SIGNS = ["• ", "- ", "– ", "✅ ", "1. ", "a) ", "2.1 ", "* "]
TURNS = 300


def sentence(chance):
    said = " ".join(chance.choices(WORDS, k=chance.randint(3, 14)))
    return said[:1].upper() + said[1:] + chance.choice([".", "", "!", ","])


def written(chance):
    blocks = ["Prinsipp for samarbeid"]
    for heading in chance.sample(HEADINGS, chance.randint(2, 5)):
        blocks.append(chance.choice(["", "## ", "1 ", "§ 2 ", "**"]) + heading)
        blocks[-1] += "**" if blocks[-1].startswith("**") else chance.choice(["", ":"])
        sign = chance.choice(SIGNS)
        rows = [sign + sentence(chance) for _row in range(chance.randint(1, 4))]
        blocks.append(chance.choice(["\n", "\n\n"]).join(rows) if chance.random() < 0.6 else sentence(chance))
        if chance.random() < 0.3:
            blocks.append(sentence(chance).replace(" ", "\n", 2))
    return chance.choice(["\n\n", "\n\n\n"]).join(blocks)


def everything(outline):
    kept = [outline.title, outline.introduction, *outline.notes, *outline.left_out]
    for section in outline.sections:
        kept += [section.heading, section.lead, *section.clauses, section.closing]
    return "\n".join(kept)


def test_each_word_is_once_in_what_was_read():
    for turn in range(TURNS):
        text = written(random.Random(turn))
        with translation.override("en"):
            outline = read_outline(text)

        gone = words_of(text) - words_of(everything(outline))

        assert not words_of(everything(outline)) - words_of(text), turn
        assert not [word for word in gone if len(word) > 1 and not word.isdigit()], turn
        assert {heading for heading in KNOWN if heading in text} <= {
            _plain(section.heading) for section in outline.sections
        }
        assert outline.found == outline.paragraphs, (turn, outline.warnings)


def _plain(heading):
    return heading.removeprefix("1 ").removeprefix("§ 2 ")


def test_all_in_one_section_counts_as_lost():
    outline = read_outline("Prinsipp\n\nvi møter alle.\n\nvi svarer alle.\n\nvi lytter.\n")

    assert len(outline.sections) == 1
    assert (outline.found, outline.paragraphs) == (1, 4)
