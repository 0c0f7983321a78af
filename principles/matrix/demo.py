"""Where the classes of the demo write what: what is usual at each school, the classes' own, and one still to be published."""

from django.utils import timezone

from portal.ledger.models import Event
from principles.matrix import actions
from principles.matrix.models import Matrix

STILL_TO_PUBLISH = "sol-3B"
SYSTEMS = {
    "sol": (("Vigilo", "https://www.vigilo.no/"), ("Teams", "https://teams.microsoft.com/")),
    "lia": (("Visma", "https://www.visma.no/"),),
    "eng": (("Aula", "https://www.aula.dk/"), ("MinUddannelse", "https://www.minuddannelse.net/")),
}
# By school and matter: the system by its place on the list or None, where, who, how often
USUAL = {
    "sol": {
        "homework": (1, "under Oppgaver", "Kontaktlæreren", "Hver mandag"),
        "week_plan": (1, "under Filer", "Kontaktlæreren", "Hver fredag før klokka 15"),
        "absence": (0, "", "Foresatte", "Før klokka 8.15 samme dag"),
        "messages": (0, "", "Alle lærere", "Når det trengs, på hverdager"),
        "urgent": (None, "På telefon", "Den som oppdager det", "Med en gang"),
    },
    "lia": {
        "week_plan": (0, "under Meldingar", "Kontaktlæraren", "Kvar fredag"),
        "absence": (0, "", "Føresette", "Før klokka 8.15 same dag"),
        "messages": (0, "", "Alle lærarar", "Når det trengst"),
        "urgent": (None, "På telefon", "Den som oppdagar det", "Med ein gong"),
    },
    "eng": {
        "homework": (1, "", "Faglærerne", "Samme dag, som de gives"),
        "week_plan": (1, "", "Klasselæreren", "Hver fredag"),
        "absence": (0, "under Komme/gå", "Forældre", "Før klokken 8 samme dag"),
        "messages": (0, "under Beskeder", "Alle lærere", "Når der er brug for det"),
        "pictures": (0, "under Galleri", "Klasselæreren", "Efter ture og fester"),
        "urgent": (None, "På telefon", "Den, der opdager det", "Med det samme"),
    },
}
YOUNG = {
    "sol": ("homework", (None, "På ark i meldingsmappa i sekken", "Kontaktlæreren", "Hver mandag")),
    "lia": ("homework", (None, "På ark i sekken", "Kontaktlæraren", "Kvar måndag")),
    "eng": ("homework", (None, "På papir i tasken", "Klasselæreren", "Hver mandag")),
}


def where(town):
    """First classes have their homework on paper; the others publish what is usual."""
    for key, school in town.schools.items():
        office = town.office(key)
        systems = [actions.name_system(school, by=office, name=name, address=at) for name, at in SYSTEMS[key]]
        usual = {matter: _row(said, systems) for matter, said in USUAL[key].items()}
        actions.write_usual(school, by=office, rows=usual)
        matter, said = YOUNG[key]
        for name, school_class in _classes_of(town, key):
            teacher = town.persons.get(f"{name}-teacher")
            if name == STILL_TO_PUBLISH or not (teacher and actions.write_matrix.may(teacher, school_class)):
                continue
            own = usual | ({matter: _row(said, systems)} if name == f"{key}-1A" else {})
            actions.write_matrix(school_class, by=teacher, rows=own)
            actions.publish_matrix(Matrix.objects.get(school_class=school_class), by=teacher)
    told = Event.objects.unpublished().filter(verb__startswith="principles.matrix_")
    told.update(published_at=timezone.now())  # it was in August: nobody gets a letter when the demo begins


def _classes_of(town, key):
    return [(name, one) for name, one in town.classes.items() if name.startswith(f"{key}-")]


def _row(said, systems):
    place, *words = said
    system = None if place is None else systems[place]
    return {"system": system, **dict(zip(("where", "who", "how_often"), words, strict=True))}
