"""How the staff of the demo are reached, who is away, and who goes to after-school care."""

from datetime import time, timedelta

from django.utils import timezone

from portal.clauses import clauses_at
from portal.people import actions
from portal.people.models import Person, Role, the_portal
from principles.guide.actions import choose_first_contact

NAMES = {"sol": ("Frida", "Aas"), "lia": ("Gunnhild", "Fonn"), "eng": ("Freja", "Holst")}
YOUNG = ("1A", "2A")
FIRST = {"sol": "kontaktlæreren først", "lia": "kontaktlæraren først", "eng": "først til personalet"}  # in its words
AWAY = "sol-2A-teacher"
MESSAGES = {"sol": "https://www.vigilo.no/", "lia": "https://www.visma.no/", "eng": "https://www.aula.dk/"}


def guide(town):
    for key, school in town.schools.items():
        given, family = NAMES[key]
        carer = actions.welcome(
            school,
            by=town.office(key),
            kind=Role.Kind.AFTER_SCHOOL,
            given_name=given,
            family_name=family,
            email=f"{given.lower()}@{key}.demo.example",
        )
        _reached(carer, "email", best_from=time(12, 30), best_to=time(16, 30))
        for name in YOUNG:
            _care(town.classes[f"{key}-{name}"])
        _reached(town.leader(key), "phone", "email", best_from=time(9), best_to=time(15))
        for who, person in town.persons.items():
            if who.startswith(f"{key}-") and who.endswith("-teacher"):
                said = {"best_from": time(14), "best_to": time(15, 30), "messages_at": MESSAGES[key]}
                _reached(person, "phone", "message", **said)
    away = town.persons[AWAY]
    stand_in = Person.objects.get(roles__kind=Role.Kind.DEPUTY, roles__school=town.schools["sol"])
    actions.say_away(away, by=away, away_until=timezone.localdate() + timedelta(days=6), stand_in=stand_in)
    actions.choose_ways(stand_in, by=stand_in, ways=["email"])


def turn_to_first(town):
    for key, words in FIRST.items():
        point = next(one.lineage for one in clauses_at(town.schools[key]) if words in one.text)
        choose_first_contact(town.schools[key], by=town.leader(key), point=point)


def _reached(person, *ways, **said):
    if Role.objects.at_work().filter(person=person).exists():
        actions.choose_ways(person, by=person, ways=list(ways), **said)


def _care(school_class):
    """Two of three go there."""
    pupils = Person.objects.filter(enrolments__school_class=school_class).in_name_order()
    chosen = [pupil for place, pupil in enumerate(pupils) if place % 3]
    actions.choose_care(school_class, by=the_portal(), pupils=chosen)
