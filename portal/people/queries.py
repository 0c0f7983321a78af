"""What pages read: the families of a class with protection kept, children, what waits, the year to come."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, F, Q
from django.utils import timezone

from portal.people.models import (
    AddressProtection,
    DirectoryChoice,
    Enrolment,
    GuardianRelation,
    Person,
    Role,
    SchoolClass,
    SchoolYear,
)


@dataclass
class Family:
    """One household of the class, or a child nobody is confirmed for yet (`household_id` is None)."""

    household_id: int | None
    adults: list[Person] = field(default_factory=list)
    pupils: list[Person] = field(default_factory=list)
    protected: bool = False
    alias: str = ""
    shared: dict[int, set[str]] = field(default_factory=dict)

    @property
    def written_to(self):
        """The adults an e-mail reaches as far as we know."""
        return [adult for adult in self.adults if adult.email and adult.email_failed_at is None]

    @property
    def reachable(self):
        """Whether anybody in the home can be told digitally, by e-mail or by SMS."""
        return bool(self.written_to) or any(adult.phone for adult in self.adults)


def families_of(school_class, day=None):
    """Every household of the class on `day` (default today), in the order of the children's names.

    Only live relations count: a proposed, ended or restricted guardian is not here. A child without any live
    guardian is a family of its own that cannot be reached, so that nobody is forgotten. Five queries at any size.
    """
    day = day or timezone.localdate()
    enrolments = (
        Enrolment.objects.on(day)
        .filter(school_class=school_class, pupil__is_active=True)
        .select_related("pupil")
        .order_by("pupil__sort_name", "pupil_id")
    )
    pupils = [enrolment.pupil for enrolment in enrolments]
    relations = (
        GuardianRelation.objects.live(day)
        .filter(pupil__in=pupils)
        .select_related("guardian__household")
        .order_by("guardian__sort_name", "guardian_id")
    )
    guardians = defaultdict(list)
    for relation in relations:
        guardians[relation.pupil_id].append(relation.guardian)
    families = _gather(pupils, guardians)
    _protect(families, day)
    _share(families)
    return families


def _gather(pupils, guardians):
    homes = {}
    for pupil in pupils:
        for adult in guardians[pupil.pk]:
            home = homes.setdefault(adult.household_id, Family(household_id=adult.household_id))
            if adult not in home.adults:
                home.adults.append(adult)
            if pupil not in home.pupils:
                home.pupils.append(pupil)
        if not guardians[pupil.pk]:
            homes[f"child {pupil.pk}"] = Family(household_id=None, pupils=[pupil])
    return list(homes.values())


def _protect(families, day):
    people = {person.pk for family in families for person in (*family.adults, *family.pupils)}
    protections = {
        protection.person_id: protection for protection in AddressProtection.objects.on(day).filter(person__in=people)
    }
    for family in families:
        for person in (*family.pupils, *family.adults):
            if person.pk in protections:
                family.protected = True
                family.alias = family.alias or protections[person.pk].alias


def _share(families):
    adults = {adult.pk for family in families for adult in family.adults}
    shared = defaultdict(set)
    for choice in DirectoryChoice.objects.filter(person__in=adults):
        shared[choice.person_id].add(choice.field)
    for family in families:
        family.shared = {adult.pk: shared[adult.pk] for adult in family.adults}


def next_start(year, years=1):
    """The first day of a later school year. 29 February starts no school year."""
    return year.starts_on.replace(year=year.starts_on.year + years)


def next_grades(school_class):
    """The grades of the class next year. A class of several grades keeps them: its pupils are placed by hand."""
    return [school_class.grades[0] + 1] if len(school_class.grades) == 1 else school_class.grades


def next_name(school_class):
    """1A -> 2A. A name that does not begin with the grade stays."""
    grade = str(school_class.grades[0]) if len(school_class.grades) == 1 else ""
    if grade and re.match(rf"{grade}(?!\d)", school_class.name):
        return str(int(grade) + 1) + school_class.name.removeprefix(grade)
    return school_class.name


@dataclass(frozen=True)
class ClassMove:
    """What happens to one class when the year ends. `to` is empty when the class leaves the school."""

    name: str
    to: str
    pupils: int


@dataclass(frozen=True)
class YearMove:
    year: SchoolYear
    last_grade: int
    moves: list[ClassMove]

    @property
    def staying(self):
        return sum(move.pupils for move in self.moves if move.to)

    @property
    def leaving(self):
        return sum(move.pupils for move in self.moves if not move.to)


def year_to_move(school):
    """The earliest year of the school whose places run past its end, with what would happen to each class; None when
    nothing is left to move."""
    runs_on = Q(classes__enrolments__valid_to=None) | Q(classes__enrolments__valid_to__gt=F("ends_on"))
    year = school.years.filter(runs_on, classes__enrolments__isnull=False).order_by("starts_on").first()
    if year is None:
        return None
    staying = Q(enrolments__valid_to=None) | Q(enrolments__valid_to__gt=year.ends_on)
    classes = list(year.classes.annotate(staying=Count("enrolments", filter=staying)).filter(staying__gt=0))
    last_grade = max((grade for school_class in classes for grade in school_class.grades), default=10)
    return YearMove(
        year=year,
        last_grade=last_grade,
        moves=[
            ClassMove(
                name=school_class.name,
                to="" if school_class.grades and min(school_class.grades) >= last_grade else next_name(school_class),
                pupils=school_class.staying,
            )
            for school_class in classes
        ],
    )


@dataclass(frozen=True)
class Child:
    """An own child as the guardian's home page shows it."""

    pupil: Person
    classes: list[SchoolClass]
    teachers: list[Person]


def children_of(person):
    """The own children with their classes and contact teachers today. Four queries at any number."""
    pupils = Person.objects.filter(pk__in=person.pupil_relations.live().values("pupil"))
    places = defaultdict(list)
    for place in Enrolment.objects.current().filter(pupil__in=pupils).select_related("school_class__school"):
        places[place.pupil_id].append(place.school_class)
    classes = {school_class.pk for own in places.values() for school_class in own}
    teachers = defaultdict(list)
    for role in (
        Role.objects.live()
        .filter(kind=Role.Kind.CONTACT_TEACHER, school_class__in=classes)
        .select_related("person")
        .order_by("person__sort_name")
    ):
        teachers[role.school_class_id].append(role.person)
    return [
        Child(
            pupil=pupil,
            classes=places[pupil.pk],
            teachers=[teacher for school_class in places[pupil.pk] for teacher in teachers[school_class.pk]],
        )
        for pupil in pupils.in_name_order()
    ]


@dataclass(frozen=True)
class Waiting:
    """A pupil and the relations that wait for somebody to confirm them."""

    pupil: Person
    relations: list[GuardianRelation]


def relations_waiting(relations):
    """Proposed relations out of `relations`, grouped by child, in the order of the children's names."""
    rows = (
        relations.proposed()
        .select_related("guardian", "pupil")
        .order_by("pupil__sort_name", "pupil_id", "guardian__sort_name")
    )
    return [
        Waiting(pupil=pupil, relations=list(of_pupil)) for pupil, of_pupil in groupby(rows, key=lambda row: row.pupil)
    ]
