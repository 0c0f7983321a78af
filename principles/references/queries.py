"""What the page of a principle's ties reads; the public page has the same, for everybody."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from principles.models import Principle, PrincipleVersion
from principles.references.models import LegalReference, Relation


@dataclass(frozen=True)
class Ties:
    """Each that goes from here says whether what it builds on has changed since (`is_behind`)."""

    from_here: list[Relation]
    to_here: list[Relation]
    references: list[LegalReference]


def ties_of(principle, person):
    """Three queries. Of others only those that the reader may see."""
    seen = Principle.objects.visible_to(person).values("pk")
    places = ("school", "municipality")
    behind = Relation.objects.behind().filter(pk=OuterRef("pk"))
    here = principle.relations.filter(other__in=seen).annotate(is_behind=Exists(behind))
    there = principle.related_from.filter(principle__in=seen)
    return Ties(
        from_here=list(here.select_related(*(f"other__{place}" for place in places))),
        to_here=list(there.select_related(*(f"principle__{place}" for place in places))),
        references=list(principle.legal_references.all()),
    )


def others_to_tie(principle, person):
    """Those of the school and those that all schools share, in force."""
    near = Q(school=principle.school_id) if principle.school_id else Q(pk__isnull=True)
    shared = Q(school=None, municipality=principle.municipality_id)
    in_force = PrincipleVersion.objects.in_force().values("principle")
    return (
        Principle.objects.visible_to(person)
        .filter(near | shared, pk__in=in_force)
        .exclude(pk=principle.pk)
        .exclude(pk__in=principle.relations.values("other"))
    )
