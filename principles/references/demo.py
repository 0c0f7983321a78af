"""What the principles of the demo build on. Nobody has looked up the law of one of them for more than a year."""

from datetime import timedelta

from principles.models import Principle
from principles.references import actions

LAWS = {
    "sol": ("Opplæringslova", "https://lovdata.no/dokument/NL/lov/2023-06-09-30"),
    "lia": ("Opplæringslova", "https://lovdata.no/dokument/NL/lov/2023-06-09-30"),
    "eng": ("Folkeskoleloven", "https://www.retsinformation.dk/"),
}
AGO = {"sol": timedelta(days=20), "lia": timedelta(days=400), "eng": timedelta(days=90)}


def refer(town):
    for key, (title, link) in LAWS.items():
        school, head = town.schools[key], town.leader(key)
        first, *others = Principle.objects.filter(school=school).order_by("pk")
        looked = school.today() - AGO[key]
        actions.add_reference(first, by=head, kind="law", title=title, link=link, checked_on=looked)
        for other in others:
            actions.tie_principles(other, by=head, other=first, kind="builds_on")
