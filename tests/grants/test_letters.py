"""The letter holds every part, in the language the class asked for; the PDF holds the same words."""

import io

import pypdf
import pytest

from grants import actions
from grants.letters import decision_pdf
from grants.models import GrantScheme
from portal.people.models import the_portal
from portal.text.typeset import boxed
from tests.grants.cast import applied

pytestmark = pytest.mark.django_db


def decide(town, application, **choices):
    actions.take_up_application(application, by=town.principal)
    return actions.decide_application(
        application, by=town.principal, **{"result": "approved", "amount": 100_000, **choices}
    )


def text_of(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def said(decision):
    letter = decision.letter
    parts = [word for part in letter["parts"] for word in (part["heading"], *part["lines"], *part["items"])]
    return [letter["title"], *parts, *letter["signed"], *(word for fact in letter["facts"] for word in fact)]


def test_letter_of_an_approval_has_every_part(town):
    decision = decide(town, applied(town.gathering, town.zofia, reply_language="en"))

    assert decision.letter["title"] == "You will get support"
    assert [part["heading"] for part in decision.letter["parts"]] == [
        "What we have decided",
        "Conditions",
        "Why we decided this",
        "Payment",
        "Report",
        "You can appeal within three weeks",
        "See the case documents",
        "Do you need help?",
    ]
    words = " ".join(said(decision))
    for part in (
        "1000 kroner".replace(" ", "\u00a0"),
        "Granvik klagenemnd",
        "forvaltningsloven § 28",
        "forvaltningsloven § 18",
        "forvaltningsloven § 24",
        "Case handler: Solveig Haugen",
        "Responsible: Solveig Haugen",
        decision.application.case_number,
        "ask for more time",
    ):
        assert part in words


def test_the_days_to_ask_for_reasons_are_those_of_the_scheme(town):
    GrantScheme.objects.update(reasons_days=14)
    words = " ".join(said(decide(town, applied(town.gathering, town.zofia, reply_language="en"))))

    assert "Ask us within 14 days of the day you were told." in words
    assert "Ask for the reasons within 14 days, and it starts again when you have got them." in words
    assert "in that time" not in words


def test_a_letter_with_full_reasons_does_not_offer_them(town):
    no = {"result": "rejected", "amount": None, "reasons": "No.", "considerations": "None.", "rules": [town.ground]}
    words = " ".join(said(decide(town, applied(town.gathering, town.zofia, reply_language="en"), **no)))

    assert "Ask for the reasons" not in words
    assert "You can ask for more time" in words


def test_letter_of_a_rejection_says_why(town):
    decision = decide(
        town,
        applied(town.gathering, town.zofia, reply_language="en"),
        result="rejected",
        amount=None,
        reasons="Only half the class is invited.",
        considerations="Everyone must come along.",
        rules=[town.ground],
    )

    assert decision.letter["title"] == "You will not get support"
    words = " ".join(said(decision))
    for part in ("Only half the class is invited.", "Everyone must come along.", town.ground.label, "can appeal"):
        assert part in words
    assert "Payment" not in words


def test_letter_of_a_deputy_names_the_principal_as_responsible(town):
    application = applied(town.gathering, town.zofia, reply_language="en")
    actions.take_up_application(application, by=town.deputy)
    decision = actions.decide_application(application, by=town.deputy, result="approved", amount=100_000)

    assert decision.letter["signed"][1:] == ["Case handler: Dag Moe", "Responsible: Solveig Haugen"]


def test_letter_names_rules_in_the_language_of_the_letter(town):
    decision = decide(town, applied(town.gathering, town.zofia, reply_language="nn"))

    assert "forvaltningslova § 28" in said(decision)
    assert "forvaltningsloven § 28" not in said(decision)


def test_letter_names_the_rules_of_its_day(town):
    rule = town.school.municipality.grant_rules.get(code="appeal", language="nb")
    rule.valid_to = rule.valid_from
    rule.save()
    new = {"use": "appeal", "code": "appeal", "language": "nb", "label": "ny lov § 62", "country": "NO"}
    actions.add_rules(
        town.school.municipality, by=the_portal(), references=[{**new, "valid_from": "2020-01-01", "valid_to": None}]
    )

    assert "ny lov § 62" in said(decide(town, applied(town.gathering, town.zofia)))


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
def test_pdf_holds_the_letter(town, language):
    decision = decide(town, applied(town.gathering, town.zofia, reply_language=language))

    pdf = decision_pdf(decision)

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == decision.letter["title"]
    text = text_of(pdf).replace("\u00a0", " ")
    for words in said(decision):
        assert " ".join(words.replace("\u00a0", " ").split()[:3]) in text


def test_pdf_claims_both_standards_whatever_signs_it_holds(town):
    """An emoji, Arabic and Chinese in the title of the gathering: what no font has stands as a box with its name."""
    town.gathering.title = "Fest 😀 سلام 中"
    town.gathering.save()
    pdf = decision_pdf(decide(town, applied(town.gathering, town.zofia, reply_language="en")))

    marks = pypdf.PdfReader(io.BytesIO(pdf)).xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in marks
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in marks
    assert "<pdfuaid:part>1</pdfuaid:part>" in marks
    said = text_of(pdf)
    assert "[U+1F600 GRINNING FACE]" in said
    assert "[U+4E2D CJK UNIFIED IDEOGRAPH-4E2D]" in said


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("Ærlig «Łódź» – 100 %", "Ærlig «Łódź» – 100 %"),
        ("👨\u200d👩", "[U+1F468 MAN][U+1F469 WOMAN]"),
        ("☃\ufe0f", "☃"),
        ("\ue000", "[U+E000 WITHOUT A NAME]"),
        ("e\u0301", "é"),
    ],
)
def test_a_sign_that_no_font_has_becomes_a_box_with_its_name(typed, set_as):
    assert boxed(typed).replace("\u200d", "").replace("\ufe0f", "") == set_as


def test_a_letter_says_where_the_case_is_kept_and_for_how_long(town):
    assert "Class in the archive" not in said(decide(town, applied(town.gathering, town.zofia, reply_language="en")))


@pytest.mark.parametrize(("years", "kept"), [(10, "10 years"), (None, "For good")])
def test_the_class_in_the_archive_stands_in_the_letter(town, years, kept):
    GrantScheme.objects.update(archive_class="223 Tilskudd", kept_years=years)
    application = applied(town.gathering, town.zofia, reply_language="en")
    application.refresh_from_db()

    words = said(decide(town, application))
    assert {"223 Tilskudd", kept} <= set(words)


def test_pdf_is_the_same_every_time(town):
    decision = decide(town, applied(town.gathering, town.zofia))

    assert decision_pdf(decision) == decision_pdf(decision)


def test_corrected_letter_is_marked(town):
    first = decide(town, applied(town.gathering, town.zofia, reply_language="en"))
    second = actions.correct_decision(first, by=town.principal, correction_note="The day was wrong.", amount=100_000)

    assert second.letter["marked"] == "Corrected decision, version 2"
    assert "What was wrong: The day was wrong." in " ".join(said(second))
    assert "Corrected decision" in text_of(decision_pdf(second))
