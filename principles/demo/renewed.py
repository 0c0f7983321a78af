"""A principle of each school of the demo in two versions: the second was brought in from a file, and its page says what has
become of each point of the first."""

from datetime import date

from portal.people.models import the_portal
from principles import actions
from principles.descent.likeness import Descends
from principles.outline import read_outline

FIRST, SECOND, REVIEW = date(2023, 10, 4), date(2026, 9, 1), date(2028, 9, 1)
# Two points have changed places, one was split, one was struck, one put in, and of two one was made.
DESCENTS = [
    Descends(same=2),
    Descends(same=1),
    Descends(same=3),
    Descends(split=3),
    Descends(),
    Descends(same=5, takes=(6,)),
]
# Per school: who adopts, the headings, the first text by heading, the second.
RENEWED = {
    "sol": (
        "Samarbeidsutvalget",
        "Når et barn er borte fra skolen",
        ("Skolens ansvar", "Foreldrenes ansvar"),
        (
            "Skolen ringer hjem samme dag når et barn er borte uten beskjed.",
            "Kontaktlæreren skriver hvor barnet finner leksene.",
            "Læreren snakker med hjemmet etter tre dager. Skolen kaller inn til møte etter ti dager.",
            "Skolen sender fraværet på papir hver måned.",
        ),
        ("Hjemmet gir beskjed før klokka åtte.", "Hjemmet sier hvor lenge barnet blir borte."),
        (
            "Læreren snakker med hjemmet etter tre dager.",
            "Skolen kaller inn til møte etter ti dager.",
            "Helsesykepleieren får vite om fravær som varer.",
        ),
        "Hjemmet gir beskjed før klokka åtte, og sier hvor lenge barnet blir borte.",
    ),
    "lia": (
        "Samarbeidsutvalet",
        "Når eit barn er borte frå skulen",
        ("Skulen sitt ansvar", "Foreldra sitt ansvar"),
        (
            "Skulen ringjer heim same dag når eit barn er borte utan beskjed.",
            "Kontaktlæraren skriv kvar barnet finn leksene.",
            "Læraren snakkar med heimen etter tre dagar. Skulen kallar inn til møte etter ti dagar.",
            "Skulen sender fråværet på papir kvar månad.",
        ),
        ("Heimen gir beskjed før klokka åtte.", "Heimen seier kor lenge barnet blir borte."),
        (
            "Læraren snakkar med heimen etter tre dagar.",
            "Skulen kallar inn til møte etter ti dagar.",
            "Helsesjukepleiaren får vite om fråvær som varer.",
        ),
        "Heimen gir beskjed før klokka åtte, og seier kor lenge barnet blir borte.",
    ),
    "eng": (
        "Skolebestyrelsen",
        "Princip for fravær",
        ("Skolens ansvar", "Forældrenes ansvar"),
        (
            "Skolen ringer hjem samme dag, når et barn er væk uden besked.",
            "Klasselæreren skriver, hvor barnet finder lektierne.",
            "Læreren taler med hjemmet efter tre dage. Skolen indkalder til møde efter ti dage.",
            "Skolen sender fraværet på papir hver måned.",
        ),
        ("Hjemmet giver besked før klokken otte.", "Hjemmet siger, hvor længe barnet er væk."),
        (
            "Læreren taler med hjemmet efter tre dage.",
            "Skolen indkalder til møde efter ti dage.",
            "Sundhedsplejersken får besked om fravær, der varer ved.",
        ),
        "Hjemmet giver besked før klokken otte og siger, hvor længe barnet er væk.",
    ),
}


def renew(town):
    portal = the_portal()
    for key, (body, title, headings, school, homes, later, merged) in RENEWED.items():
        first = actions.draft_principle(
            town.schools[key],
            by=portal,
            outline=_read(title, headings, school, homes),
            binding_kind="board_principle" if key == "eng" else "cooperation_plan",
        )
        actions.publish_version(
            first, by=portal, adopted_on=FIRST, adopted_by=body, effective_from=FIRST, review_on=SECOND
        )
        second = actions.draft_revision(
            first.principle,
            by=portal,
            outline=_read(title, headings, (school[1], school[0], *later), (merged,)),
            descents=DESCENTS,
        )
        actions.publish_version(
            second, by=portal, adopted_on=SECOND, adopted_by=body, effective_from=SECOND, review_on=REVIEW
        )


def _read(title, headings, school, homes):
    parts = [
        f"{name}:\n\n" + "\n".join(f"• {text}" for text in texts)
        for name, texts in zip(headings, (school, homes), strict=True)
    ]
    return read_outline("\n\n".join([title, *parts]))
