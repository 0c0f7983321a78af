"""What the principles of the demo build on. Nobody has looked up the law of one of them for more than a year, and a
link of another leads nowhere."""

from datetime import timedelta

from portal.people.models import the_portal
from principles.models import Principle
from principles.references import actions

LAWS = {
    "sol": ("Opplæringslova", "https://lovdata.no/dokument/NL/lov/2023-06-09-30"),
    "lia": ("Opplæringslova", "https://lovdata.no/dokument/NL/lov/2023-06-09-30"),
    "eng": ("Folkeskoleloven", "https://www.retsinformation.dk/"),
}
MOVED = ("Kommunens mål for samarbejde", "https://kommunen.example/skole/maal-for-samarbejde")
AGO = {"sol": timedelta(days=20), "lia": timedelta(days=400), "eng": timedelta(days=90)}


def refer(town):
    for key, (title, link) in LAWS.items():
        school, head = town.schools[key], town.leader(key)
        first, *others = Principle.objects.filter(school=school).order_by("pk")
        looked = school.today() - AGO[key]
        actions.add_reference(first, by=head, kind="law", title=title, link=link, checked_on=looked)
        for other in others:
            actions.tie_principles(other, by=head, other=first, kind="builds_on")
        if key == "eng":
            title, link = MOVED
            goal = actions.add_reference(first, by=head, kind="municipal", title=title, link=link, checked_on=looked)
            actions.note_link(goal, by=the_portal(), link=link, answers=False)
