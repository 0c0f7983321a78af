"""The reader's own children, for a guardian's pages."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from portal.menu import places_beside_child
from portal.people.models import Enrolment, GuardianRelation, Person, Role, SchoolClass, keys_of
from portal.people.queries.naming import asked_of, unnamed_among


@dataclass(frozen=True)
class Child:
    pupil: Person
    classes: list[SchoolClass]
    teachers: list[Person]

    @property
    def places(self):
        return places_beside_child(self.pupil.key)


def home_of(person):
    return person.household if person.pupil_relations.live().exists() else None


def own_children(person, *, itself):
    """Those whose guardian this person is today, and the person where it is `itself` old enough."""
    own = Q(pk__in=keys_of.children(person))
    return Person.objects.filter(own | Q(pk=person.pk) if itself else own)


def children_of(person):
    """With their classes, and those contact teachers today of whom this reader may read. Four queries for any number of
    children, and one more where somebody is protected."""
    pupils = Person.objects.filter(pk__in=keys_of.children(person))
    places = _places(person)
    classes = {school_class.pk for own in places.values() for school_class in own}
    teachers = _contact_teachers(classes, person)
    return [
        Child(
            pupil=pupil,
            classes=places[pupil.pk],
            teachers=[teacher for school_class in places[pupil.pk] for teacher in teachers[school_class.pk]],
        )
        for pupil in pupils.in_name_order()
    ]


def _contact_teachers(classes, reader):
    live = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class__in=classes)
    roles = list(asked_of(live.select_related("person__availability"), reader).order_by("person__sort_name"))
    unnamed, teachers = unnamed_among(roles, reader), defaultdict(list)
    for role in roles:
        if role.person_id not in unnamed:
            teachers[role.school_class_id].append(role.person)
    return teachers


@dataclass(frozen=True)
class Ward:
    relation: GuardianRelation
    classes: list[SchoolClass]


def wards_of(person):
    """What the school has written down between the reader and each child, and the child's classes today."""
    own = GuardianRelation.objects.live().filter(guardian=person).select_related("pupil", "confirmed_by")
    places = _places(person)
    return [Ward(relation, places[relation.pupil_id]) for relation in own.order_by("pupil__sort_name")]


def _places(person):
    places = defaultdict(list)
    for place in Enrolment.objects.current().of_children_of(person).select_related("school_class__school"):
        places[place.pupil_id].append(place.school_class)
    return places
