"""Reasons that a municipality usually begins with, in the languages of its letters."""

USUAL_REASONS = (
    {
        "title": "Ikke hele klassen er invitert",
        "for_results": ["rejected", "partly_approved"],
        "text_nb": "Støtten er for samlinger der hele klassen er invitert.",
        "text_nn": "Støtta er for samlingar der heile klassen er invitert.",
        "text_da": "Støtten er til arrangementer, hvor hele klassen er inviteret.",
        "text_en": "The support is for gatherings to which the whole class is invited.",
    },
    {
        "title": "Ikke en sosial samling",
        "for_results": ["rejected", "dismissed"],
        "text_nb": "Støtten er for sosiale samlinger for barn og foreldre i klassen.",
        "text_nn": "Støtta er for sosiale samlingar for barn og foreldre i klassen.",
        "text_da": "Støtten er til sociale arrangementer for klassens børn og forældre.",
        "text_en": "The support is for social gatherings of the children and parents of the class.",
    },
    {
        "title": "Det er ikke nok penger igjen",
        "for_results": ["rejected", "partly_approved"],
        "text_nb": "Det som er satt av til skolen i denne perioden, er nesten brukt opp.",
        "text_nn": "Det som er sett av til skulen i denne perioden, er nesten brukt opp.",
        "text_da": "Det, der er afsat til skolen i denne periode, er næsten brugt op.",
        "text_en": "What is set aside for the school in this period is almost used up.",
    },
    {
        "title": "Noe er utenfor ordningen",
        "for_results": ["partly_approved"],
        "text_nb": "Noe av det dere søker om, er ikke med i det støtten er for.",
        "text_nn": "Noko av det de søkjer om, er ikkje med i det støtta er for.",
        "text_da": "Noget af det, I søger om, er ikke med i det, som støtten er til.",
        "text_en": "Some of what you apply for is not among what the support is for.",
    },
)
