"""What the guide reads: whose guide this person may open, the child's adults, the other children of its classes, and what
the board has decided."""

from dataclasses import dataclass

from django.utils import timezone

from portal.people.models import Person, SchoolClass, keys_of
from portal.people.queries.adults import AtSchool, adults_around
from portal.people.queries.others import OtherChild, number_to_pass_on, others_in
from principles.guide.models import FirstContact
from principles.guide.stages import Stage, stages_for
from principles.models import Principle, PrincipleVersion

OF_COOPERATION = (Principle.BindingKind.BOARD_PRINCIPLE, Principle.BindingKind.COOPERATION_PLAN)


@dataclass(frozen=True)
class Guide:
    """`is_own`: the child itself reads, and is spoken to."""

    child: Person
    is_own: bool
    schools: list[AtSchool]

    @property
    def places(self):
        """The schools alone, for what is said of each."""
        return [one.school for one in self.schools]


@dataclass(frozen=True)
class Beside:
    """One of the child's classes, and the children in it whose homes share their name."""

    school_class: SchoolClass
    others: list[OtherChild]


@dataclass(frozen=True)
class Call:
    """How the reader reaches the homes of another child; `number` is the reader's own, which can be passed on."""

    guide: Guide
    other: OtherChild
    number: str

    @property
    def asks(self):
        """Whether one of the homes shares no number."""
        return any(not home.has_number for home in self.other.homes)


@dataclass(frozen=True)
class Stages:
    """`now` are those of the child's grades, which open first; all of them when no grade is known."""

    now: list[Stage]
    others: list[Stage]


def wards_guided(person):
    """The same without the reader: grown-ups call each other when children disagree."""
    return Person.objects.filter(pk__in=keys_of.children(person)).exclude(pk=person.pk)


def guide_of(child, reader):
    return Guide(child, child.pk == reader.pk, adults_around(child, reader))


def beside(child, reader):
    """Of each class where the child has a place today."""
    classes = SchoolClass.objects.current().filter(enrolments__in=child.enrolments.current()).select_related("school")
    return [Beside(school_class, others_in(school_class, reader)) for school_class in classes.distinct()]


def other_child(child, reader, place):
    """The child with that place, or None for one that this reader may not choose."""
    return next((one for found in beside(child, reader) for one in found.others if one.place == place), None)


def call_to(child, reader, place):
    other = other_child(child, reader, place)
    return Call(guide_of(child, reader), other, number_to_pass_on(reader)) if other else None


def principles_of(guide):
    """What the boards of the child's schools have decided on cooperation and is in force today. One query."""
    in_force = PrincipleVersion.objects.in_force(timezone.localdate()).values("principle")
    found = Principle.objects.filter(binding_kind__in=OF_COOPERATION, pk__in=in_force)
    return list(found.filter(school__in=[one.school.pk for one in guide.schools]).select_related("school"))


def first_contact_at(school):
    return FirstContact.objects.filter(school=school).first()


def first_contact_of(school):
    """A row to ask about for every school, also where nothing is chosen yet."""
    return first_contact_at(school) or FirstContact(school=school)


def stages_of(guide):
    grades = {grade for one in guide.schools for school_class in one.classes for grade in school_class.grades}
    stages = stages_for(is_own=guide.is_own)
    now = [stage for stage in stages if grades.intersection(stage.grades)]
    return Stages(now or stages, [stage for stage in stages if now and stage not in now])


def stages_for_all():
    return Stages(stages_for(is_own=False), [])
