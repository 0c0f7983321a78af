"""The subjects that schools in a country usually teach, by grade, in the school's language. Every school may change its
list."""

from portal.people.models import School

FIRST_TO_TENTH = tuple(range(1, 11))
LOWER_SECONDARY = (8, 9, 10)

NORWEGIAN = {  # (nb, nn): grades
    ("Norsk", "Norsk"): FIRST_TO_TENTH,
    ("Matematikk", "Matematikk"): FIRST_TO_TENTH,
    ("Engelsk", "Engelsk"): FIRST_TO_TENTH,
    ("Naturfag", "Naturfag"): FIRST_TO_TENTH,
    ("Samfunnsfag", "Samfunnsfag"): FIRST_TO_TENTH,
    ("KRLE", "KRLE"): FIRST_TO_TENTH,
    ("Kunst og håndverk", "Kunst og handverk"): FIRST_TO_TENTH,
    ("Musikk", "Musikk"): FIRST_TO_TENTH,
    ("Mat og helse", "Mat og helse"): (4, 5, 6, 9),
    ("Kroppsøving", "Kroppsøving"): FIRST_TO_TENTH,
    ("Fremmedspråk", "Framandspråk"): LOWER_SECONDARY,
    ("Valgfag", "Valfag"): LOWER_SECONDARY,
    ("Utdanningsvalg", "Utdanningsval"): LOWER_SECONDARY,
}
DANISH = {
    "Dansk": FIRST_TO_TENTH,
    "Matematik": FIRST_TO_TENTH,
    "Engelsk": FIRST_TO_TENTH,
    "Kristendomskundskab": (1, 2, 3, 4, 5, 6, 8, 9),
    "Historie": (3, 4, 5, 6, 7, 8, 9),
    "Samfundsfag": (8, 9),
    "Idræt": (1, 2, 3, 4, 5, 6, 7, 8, 9),
    "Musik": (1, 2, 3, 4, 5, 6),
    "Billedkunst": (1, 2, 3, 4, 5),
    "Håndværk og design": (4, 5, 6),
    "Madkundskab": (4, 5, 6, 7),
    "Natur/teknologi": (1, 2, 3, 4, 5, 6),
    "Geografi": (7, 8, 9),
    "Biologi": (7, 8, 9),
    "Fysik/kemi": (7, 8, 9),
    "Tysk eller fransk": (5, 6, 7, 8, 9),
}


def usual_subjects(school):
    if school.country == School.Country.DENMARK:
        return DANISH
    form = int(school.language_form == School.LanguageForm.NYNORSK)
    return {names[form]: grades for names, grades in NORWEGIAN.items()}
