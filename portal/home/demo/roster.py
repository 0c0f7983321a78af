"""The made-up schools' own roster: who is in which class, who is related to whom, and who lives together."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from portal.people.models import Role
from portal.rosters.names import family_names
from portal.rosters.records import ClassRow, DutyRow, PersonRow, PlaceRow, RelationRow, Roster, SchoolRow
from portal.rosters.values import year_start

SOURCE = "demo"
GRADES = range(1, 11)
PHONES = {"sol": "+4790", "lia": "+4790", "eng": "+4520"}  # how the numbers of a school's people begin
ONE_ADULT, TWO_HOMES, HAS_SIBLING, NO_EMAIL = 0.08, 0.22, 0.12, 0.04


@dataclass(frozen=True)
class MadeUpSchool:
    key: str
    name: str
    number: str
    country: str
    language_form: str
    zone: str
    letters: str
    pupils_a_class: int
    phone: str
    address: str


SCHOOLS = (
    MadeUpSchool(
        "sol", "Solbakken skole", "U90000001", "NO", "nb", "Europe/Oslo", "AB", 21, "+4761000001", "Solbakkveien 4"
    ),
    MadeUpSchool("lia", "Lia skule", "U90000002", "NO", "nn", "Europe/Oslo", "A", 22, "+4761000002", "Liavegen 12"),
    MadeUpSchool("eng", "Engskolen", "990001", "DK", "da", "Europe/Copenhagen", "A", 24, "+4570000001", "Engvej 8"),
)

# The families the demo is about are in the first class, with names that put the pages to the test.
# (pupil, last name, [(adult, last name, language, home)])
CAST = (
    ("Iver", "Nordlie", [("Jurgita", "Petrauskaitė", "en", 0), ("Ola", "Nordlie", "nb", 0)]),
    ("Nora", "Warsame", [("Amina", "Warsame", "en", 0), ("Marte", "Sagbakken", "nb", 1)]),
    ("Zofia", "Wiśniewska-Haugen", [("Agnieszka", "Wiśniewska", "en", 0), ("Tor", "Haugen", "nn", 0)]),
    ("Олександра", "Коваленко", [("Соломія", "Коваленко", "en", 0)]),
    ("Gabrielė", "Petrauskas-Šimkūnaitė", [("Rūta", "Šimkūnaitė", "en", 0), ("Jonas", "Petrauskas", "en", 0)]),
    ("يوسف", "الخطيب", [("ليلى", "الخطيب", "en", 0), ("كريم", "الخطيب", "nb", 0)]),
    ("Cabdullaahi", "Maxamed Xuseen", [("Hodan", "Maxamed Xuseen", "nb", 0)]),
    ("Linh", "Nguyen", [("Thi", "Nguyen", "nb", 0)]),
)

# A child of that cast has a brother in an older class, with the same two homes: (pupil, last name, the child, adults).
BROTHERS = {"sol-3B": ("Elias", "Warsame", "sol-1A-01", 2)}

# Families that came to a class in the middle of the year: (pupil, last name, [(adult, last name, language, home)])
NEWCOMERS = {
    "sol-1A": ("Emre", "Yıldırım", [("Selin", "Yıldırım", "nb", 0), ("Kaan", "Yıldırım", "en", 0)]),
    "lia-1A": ("Astrid", "Hovland", [("Turid", "Hovland", "nn", 0)]),
    "eng-1A": ("Karla", "Bjerre", [("Mikkel", "Bjerre", "da", 0)]),
}
CAME = timedelta(days=9)  # so long ago


@dataclass
class World:
    roster: Roster
    homes: list[list[str]] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)


def made_up(today):
    """About 880 pupils and 1,500 guardians in three schools, the same every time but for the day the newest came."""
    starts_on = year_start(today)
    making = Making(starts_on, Random(17))  # noqa: S311 a demo, not a secret
    for school in SCHOOLS:
        making.school(school)
    for key, family in NEWCOMERS.items():
        making.told_of(newcomer_in(key), key, *family, since=max(starts_on, today - CAME))
    return making.world


def newcomer_in(school_class):
    """After all other keys of the class."""
    return f"{school_class}-99"


class Making:
    def __init__(self, starts_on, random):
        self.starts_on, self.random = starts_on, random
        self.world = World(Roster(format="demo", source=SOURCE))
        self.roster = self.world.roster
        self.waiting = []
        self.called = defaultdict(set)  # the first names of the children of a last name, at one school
        self.spoken_at = {school.key: school.language_form for school in SCHOOLS}

    def school(self, school):
        self.roster.schools[school.key] = SchoolRow(school.key, school.name, school.number)
        self.waiting, self.called = [], defaultdict(set)
        self.staff(f"{school.key}-principal", school, Role.Kind.PRINCIPAL)
        self.staff(f"{school.key}-office", school, Role.Kind.OFFICE)
        for grade in GRADES:
            for letter in school.letters:
                self.school_class(school, grade, letter)

    def school_class(self, school, grade, letter):
        key = f"{school.key}-{grade}{letter}"
        self.roster.classes[key] = ClassRow(key, school.key, f"{grade}{letter}", self.starts_on, (grade,))
        self.staff(f"{key}-teacher", school, Role.Kind.CONTACT_TEACHER, school_class=key)
        named = CAST if key == "sol-1A" else ()
        for place, (pupil, last, adults) in enumerate(named):
            self.told_of(f"{key}-{place:02}", key, pupil, last, adults)
        if key in BROTHERS:
            self.brother(f"{key}-00", key, grade, *BROTHERS[key])
        for place in range(len(named) or key in BROTHERS, school.pupils_a_class):
            self.pupil(f"{key}-{place:02}", key, grade, school)

    def staff(self, key, school, kind, school_class=""):
        first, last = self.names()
        self.person(key, first, last, language=school.language_form, reachable=True)
        self.roster.duty(DutyRow(key, str(kind), "" if school_class else school.key, school_class))

    def told_of(self, key, school_class, pupil, last, adults, since=None):
        self.place(key, school_class, 1, pupil, last, since)
        homes = {}
        for number, (given, family, language, home) in enumerate(adults):
            guardian = f"{key}-{number}"
            self.person(guardian, given, family, language=language, reachable=True)
            self.roster.relate(RelationRow(guardian, key))
            homes.setdefault(home, []).append(guardian)
        self.world.homes += homes.values()

    def brother(self, key, school_class, grade, pupil, last, sister, adults):
        self.place(key, school_class, grade, pupil, last)
        for number in range(adults):
            self.roster.relate(RelationRow(f"{sister}-{number}", key))

    def pupil(self, key, school_class, grade, school):
        if self.waiting and self.random.random() < HAS_SIBLING:
            first, last, guardians = self.waiting.pop(self.random.randrange(len(self.waiting)))
        else:
            first, last, guardians = self.family(key, school)
            self.waiting.append((first, last, guardians))
        taken = {self.roster.persons[guardian].given_name for guardian in guardians}
        given = other_than({*taken, *self.called[last]}, self.random.choice(first), first)
        self.called[last].add(given)
        self.place(key, school_class, grade, given, last)
        for guardian in guardians:
            self.roster.relate(RelationRow(guardian, key))

    def family(self, key, school):
        first, lasts = family_names(self.random)
        last, chance = self.random.choice(lasts), self.random.random()
        own = school.language_form if lasts[0].isascii() else self.random.choice(["en", school.language_form])
        adults = 1 if chance < ONE_ADULT else 2
        apart = ONE_ADULT <= chance < ONE_ADULT + TWO_HOMES
        keys = [f"{key}-{number}" for number in range(adults)]
        taken = set()
        for number, guardian in enumerate(keys):
            name = self.random.choice(lasts) if apart and number else last
            reachable = self.random.random() >= NO_EMAIL
            given = other_than(taken, self.random.choice(first), first)
            taken.add(given)
            self.person(guardian, given, name, language=own, reachable=reachable)
        self.world.homes += [[guardian] for guardian in keys] if apart else [keys]
        return first, last, keys

    def place(self, key, school_class, grade, first, last, since=None):
        born = date(self.starts_on.year - 5 - grade, self.random.randint(1, 12), self.random.randint(1, 28))
        self.roster.persons[key] = PersonRow(key, first, last, born_on=born)
        self.roster.place(PlaceRow(key, school_class, since))
        self.world.languages[key] = self.spoken_at[school_class.partition("-")[0]]

    def person(self, key, first, last, *, language, reachable):
        number = len(self.roster.persons)
        email = f"{key.lower()}@demo.example" if reachable else ""
        phone = f"{PHONES[key[:3]]}{number:06}" if reachable else ""
        self.roster.persons[key] = PersonRow(key, first, last, email, phone)
        self.world.languages[key] = language

    def names(self):
        first, last = family_names(self.random)
        return self.random.choice(first), self.random.choice(last)


def other_than(taken, name, names):
    place = names.index(name)
    return next((one for one in [*names[place:], *names[:place]] if one not in taken), name)
