"""What the page of a principle's ties reads; the public page has the same, for everybody."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from principles.models import Principle, PrincipleVersion
from principles.references.models import LegalReference, Relation, TextLink

LONGEST = TextLink._meta.get_field("link").max_length
LINK = re.compile(r"https?://[^\W_][^\s<>\"“”«»]+")
TEXTS = (
    ("introduction", "notes"),
    ("sections__lead", "sections__closing"),
    ("clauses__text",),
    ("adoption__decision", "adoption__minutes"),
    ("hearings__themes__reply", "hearings__themes__wording"),
)
AFTER = ".,;:!?'’"  # what ends a sentence and no address
BRACKETS = {")": "(", "]": "[", "}": "{"}


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


def links_in(text):
    found = (_ended(match[0]) for match in LINK.finditer(text))
    return {link for link in found if len(link) <= LONGEST}


def _ended(link):
    """Without the signs after it; a bracket that was opened in the address is part of it."""
    while link[-1] in AFTER or (link[-1] in BRACKETS and link.count(link[-1]) > link.count(BRACKETS[link[-1]])):
        link = link[:-1]
    return link


def links_of_texts():
    """{principle: the links in its text in force, in the decision on it and in the replies of its hearings}, also of those
    without any. Six queries, however many."""
    versions = PrincipleVersion.objects.in_force().order_by()
    found = {principle: set() for principle in versions.values_list("principle", flat=True)}
    for names in TEXTS:
        linked = Q(pk=None)
        for name in names:
            linked |= Q(**{f"{name}__contains": "://"})
        for principle, *said in versions.filter(linked).values_list("principle", *names):
            found.setdefault(principle, set()).update(links_in("\n".join(said)))
    return found


def links_known():
    known = defaultdict(set)
    for principle, link in TextLink.objects.values_list("principle", "link"):
        known[principle].add(link)
    return known
