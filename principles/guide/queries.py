"""What the guide reads: whose guide this person may open, the child's adults, and what the board has decided."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from portal.people.models import Person
from portal.people.queries.adults import AtSchool, adults_around
from portal.people.rules import pupils
from principles.models import Principle, PrincipleVersion

OF_COOPERATION = (Principle.BindingKind.BOARD_PRINCIPLE, Principle.BindingKind.COOPERATION_PLAN)


@dataclass(frozen=True)
class Guide:
    """`is_own`: the child itself reads, and is spoken to."""

    child: Person
    is_own: bool
    schools: list[AtSchool]


def children_guided(person):
    """The children whose guardian this person is today, and from 12 the child itself."""
    own = Q(pk__in=person.pupil_relations.live().values("pupil"))
    return Person.objects.filter(own | Q(pk=person.pk) if pupils(person) else own)


def guide_of(child, reader):
    return Guide(child, child.pk == reader.pk, adults_around(child, reader))


def principles_of(guide):
    """What the boards of the child's schools have decided on cooperation and is in force today. One query."""
    in_force = PrincipleVersion.objects.in_force(timezone.localdate()).values("principle")
    found = Principle.objects.filter(binding_kind__in=OF_COOPERATION, pk__in=in_force)
    return list(found.filter(school__in=[one.school.pk for one in guide.schools]).select_related("school"))
