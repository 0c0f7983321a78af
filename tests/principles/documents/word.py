"""Ten as Word files: with styles and without, numbered lists, tables, letterheads, changes."""

import io
from functools import partial

from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.principles.documents import Document

SCHOOL = ["Skolen kaller inn i god tid.", "Skolen svarer innen to dager.", "Skolen spør hva eleven selv mener."]
HOME = ["Hjemmet møter forberedt.", "Hjemmet sier fra når noe endrer seg."]


def saved(document):
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def bold(document, text):
    document.add_paragraph().add_run(text).bold = True


def points(document, texts, style="List Bullet"):
    for text in texts:
        document.add_paragraph(text, style=style)


def headings_of_word():
    word = Word()
    word.add_heading("Plan for samarbeid med hjemmene", 0)
    word.add_paragraph("Planen gjelder for alle trinn ved skolen.")
    word.add_heading("Hva vil vi oppnå?", 1)
    points(word, ["Alle elever trives.", "Alle hjem er med."])
    word.add_heading("Skolens ansvar", 1)
    points(word, SCHOOL, "List Number")
    word.add_heading("Hjemmets ansvar", 1)
    points(word, HOME, "List Number")
    word.add_heading("Evaluering", 1)
    word.add_paragraph("Planen evalueres hver vår.")
    return word


def bold_lines():
    word = Word()
    bold(word, "Princip for samarbejdet mellem skole og hjem")
    bold(word, "Formål")
    word.add_paragraph("Samarbejdet skal styrke barnets læring og trivsel.")
    bold(word, "Forældremøder")
    points(word, ["Der holdes to møder om året.", "Forældrerådet er med til at planlægge det ene."])
    bold(word, "Sociale arrangementer")
    points(
        word, ["Klassens forældre holder mindst ét arrangement.", "Alle børn inviteres.", "Ingen betaler for andre."]
    )
    bold(word, "Skolens ansvar")
    points(word, ["Skolen stiller lokaler til rådighed."])
    return word


def side_by_side():
    word = Word()
    word.add_heading("Forventningar mellom heim og skule", 0)
    table = word.add_table(rows=2, cols=3)
    heads = ["Skulen sitt ansvar", "Foreldra sitt ansvar", "Eleven sitt ansvar"]
    below = [["Skulen møter alle med respekt.", "Skulen informerer tidleg."], ["Foreldra møter på møte.",
             "Foreldra les vekeplanen.", "Foreldra seier frå."], ["Eleven gjer sitt beste."]]  # fmt: skip
    for at, (head, texts) in enumerate(zip(heads, below, strict=True)):
        table.cell(0, at).text = head
        table.cell(1, at).text = texts[0]
        for text in texts[1:]:
            table.cell(1, at).add_paragraph(text)
    word.add_paragraph("Vedteke av samarbeidsutvalet 4. juni 2025")
    return word


def headings_beside():
    word = Word()
    word.add_paragraph("Princip for skole-hjem-samtaler", style="Title")
    rows = [
        ("Formål", ["Samtalen skal støtte barnets udvikling."]),
        ("Mål", ["Hjemmet kender barnets næste skridt.", "Barnet er selv med."]),
        ("Skolens ansvar", ["Læreren sender en plan en uge før.", "Læreren skriver aftalerne ned."]),
        ("Forældrenes ansvar", ["Mindst én forælder deltager.", "Forældrene har talt med barnet før samtalen."]),
    ]
    table = word.add_table(rows=len(rows), cols=2)
    for at, (head, texts) in enumerate(rows):
        table.cell(at, 0).text = head
        table.cell(at, 1).paragraphs[0].style = "List Bullet"
        table.cell(at, 1).paragraphs[0].add_run(texts[0])
        for text in texts[1:]:
            table.cell(at, 1).add_paragraph(text, style="List Bullet")
    return word


def letterhead():
    word = Word()
    for line in ("Bakken skole", "Bakkeveien 12, 1234 Bakken", "post@bakken.example", ""):
        word.add_paragraph(line)
    word.add_paragraph("Avtale om samarbeid mellom foreldre og skole")
    word.add_paragraph("Foreldre")
    points(word, HOME)
    word.add_paragraph("Lærere")
    points(word, SCHOOL)
    word.add_paragraph("Rektor")
    points(word, ["Rektor inviterer FAU til to møter i året."])
    return word


def levels():
    word = Word()
    word.add_heading("School and home: how we work together", 0)
    word.add_heading("The school's responsibility", 1)
    word.add_heading("Meetings", 2)
    points(word, ["Two meetings a year.", "An interpreter when one is needed."])
    word.add_heading("Messages", 2)
    points(word, ["An answer within two days."])
    word.add_heading("Parents' responsibility", 1)
    word.add_heading("At home", 2)
    points(word, ["Read the weekly plan.", "Ask your child about the day."])
    word.add_heading("When we disagree", 1)
    word.add_paragraph("We talk with those whom it is about.")
    return word


def typed_numbers():
    word = Word()
    word.add_paragraph("Prinsipp for foreldremøter")
    for line in ("1. Formål", "Møtene skal gi trygghet og oversikt.", "2. Skolens ansvar", "2.1 Innkalling sendes to uker før.",
                 "2.2 Møtet varer høyst to timer.", "3. Foreldrenes ansvar", "3.1 Hvert hjem er representert.",
                 "4. Valg av foreldrekontakter", "Valget skjer på det første møtet om høsten."):  # fmt: skip
        word.add_paragraph(line)
    return word


def changes():
    word = Word()
    word.add_heading("Princip for fravær", 0)
    word.add_heading("Skolens ansvar", 1)
    paragraph = word.add_paragraph("Skolen ringer hjem, når et barn mangler ", style="List Bullet")
    for tag, text_tag, text in (("w:del", "w:delText", "klokken ti"), ("w:ins", "w:t", "klokken ni")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    word.add_paragraph("Skolen følger op efter tre dages fravær.", style="List Bullet")
    word.add_heading("Forældrenes ansvar", 1)
    word.add_paragraph("Forældrene melder fravær inden klokken otte.", style="List Bullet")
    word.sections[0].header.paragraphs[0].text = "Søskolen"
    word.sections[0].footer.paragraphs[0].text = "Udkast til høring"
    return word


def outline_levels():
    word = Word()
    word.add_paragraph("Samarbeidsplan for Nes skole", style="Title")

    def headed(text):
        paragraph = word.add_paragraph(text)
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "0")
        paragraph._p.get_or_add_pPr().append(level)

    headed("Bakgrunn og formål")
    word.add_paragraph("Skolen har plikt til å samarbeide med hjemmet.")
    headed("Foreldreråd og FAU")
    word.add_paragraph("Alle foreldre er medlem av foreldrerådet.")
    word.add_paragraph("FAU møtes hver måned.")
    headed("Lærerens ansvar")
    points(word, ["Læreren tar kontakt når noe endrer seg.", "Læreren leder utviklingssamtalen."])
    headed("Foresattes ansvar")
    points(word, ["Foresatte møter til samtaler."])
    headed("Veien videre")
    word.add_paragraph("Planen tas opp i samarbeidsutvalget hvert år.")
    return word


def leads():
    word = Word()
    word.add_heading("Princip for trivsel", 0)
    word.add_heading("Forventninger til hjemmet", 1)
    word.add_paragraph("Vi forventer, at I:")
    points(word, ["taler med jeres barn om fællesskabet", "inviterer alle eller få"])
    word.add_heading("Forventninger til skolen", 1)
    word.add_paragraph("I kan forvente, at vi:")
    points(word, ["griber ind med det samme", "ringer til begge hjem", "følger op efter 14 dage"])
    word.add_heading("Forventninger til eleverne", 1)
    points(word, ["Vi taler pænt til hinanden."])
    return word


MADE = [
    ("headings", headings_of_word, "Plan for samarbeid med hjemmene", "nb",
     [("other", "Hva vil vi oppnå?", 2), ("school", "Skolens ansvar", 3), ("parents", "Hjemmets ansvar", 2),
      ("other", "Evaluering", 1)]),
    ("bold", bold_lines, "Princip for samarbejdet mellem skole og hjem", "da",
     [("purpose", "Formål", 1), ("other", "Forældremøder", 2), ("other", "Sociale arrangementer", 3),
      ("school", "Skolens ansvar", 1)]),
    ("side", side_by_side, "Forventningar mellom heim og skule", "nn",
     [("school", "Skulen sitt ansvar", 2), ("parents", "Foreldra sitt ansvar", 3), ("pupil", "Eleven sitt ansvar", 1)]),
    ("beside", headings_beside, "Princip for skole-hjem-samtaler", "da",
     [("purpose", "Formål", 1), ("goals", "Mål", 2), ("school", "Skolens ansvar", 2), ("parents", "Forældrenes ansvar", 2)]),
    ("letterhead", letterhead, "Avtale om samarbeid mellom foreldre og skole", "nb",
     [("parents", "Foreldre", 2), ("school", "Lærere", 3), ("management", "Rektor", 1)]),
    ("levels", levels, "School and home: how we work together", "en",
     [("school", "The school's responsibility", 0), ("school", "Meetings", 2), ("school", "Messages", 1),
      ("parents", "Parents' responsibility", 0), ("parents", "At home", 2), ("other", "When we disagree", 1)]),
    ("typed", typed_numbers, "Prinsipp for foreldremøter", "nb",
     [("purpose", "Formål", 1), ("school", "Skolens ansvar", 2), ("parents", "Foreldrenes ansvar", 1),
      ("other", "Valg av foreldrekontakter", 1)]),
    ("changes", changes, "Princip for fravær", "da",
     [("school", "Skolens ansvar", 2), ("parents", "Forældrenes ansvar", 1)]),
    ("outline", outline_levels, "Samarbeidsplan for Nes skole", "nb",
     [("purpose", "Bakgrunn og formål", 1), ("other", "Foreldreråd og FAU", 2), ("school", "Lærerens ansvar", 2),
      ("parents", "Foresattes ansvar", 1), ("next_steps", "Veien videre", 1)]),
    ("leads", leads, "Princip for trivsel", "da",
     [("parents", "Forventninger til hjemmet", 2), ("school", "Forventninger til skolen", 3),
      ("pupil", "Forventninger til eleverne", 1)]),
]  # fmt: skip


def words_in(word):
    """Every word that the file shows, struck ones too, as python-docx finds it."""
    said = [each.text or "" for each in word.element.iter(qn("w:t"), qn("w:delText"))]
    around = [
        paragraph.text for part in (word.sections[0].header, word.sections[0].footer) for paragraph in part.paragraphs
    ]
    return " ".join([*said, *around])


DOCUMENTS = []
for _name, _make, _title, _language, _sections in MADE:
    _word = _make()
    DOCUMENTS.append(Document(f"{_name}.docx", partial(saved, _word), _title, _language, _sections, words_in(_word)))
