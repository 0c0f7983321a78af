"""Whom a home can tell something, what it has told and who has looked at it, and what a member of staff was told."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from portal.ledger.models import Event
from portal.people import protection
from portal.people.models import Enrolment, Person, Role, School, Term
from portal.people.queries.adults import adults_around, works_around
from principles.confided.models import Confidant, Confidence

READ = "principles.confidence_read"
HALF_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class Candidate:
    """Somebody at the school whom a home can tell something."""

    key: int
    name: str
    kind: str
    school: School

    @property
    def as_what(self):
        return Role.Kind(self.kind).label


def candidates(pupil, reader):
    """The child's adults at school and the management, as the reader knows them; not the child's own family, which might be
    its other home."""
    kin = set(known_family_of(pupil).values_list("pk", flat=True))
    return [
        Candidate(adult.key, adult.name, adult.kind, one.school)
        for one in adults_around(pupil, reader)
        for adult in _once([*one.around, *one.in_charge])
        if adult.key not in kin
    ]


def family_of(pupil):
    """Whoever is, was or is said to be a guardian of the child, and those who live with one."""
    guardians = Q(pupil_relations__pupil=pupil) | Q(household__members__pupil_relations__pupil=pupil)
    return Person.objects.filter(guardians)


def known_family_of(pupil):
    """The same without whoever lives at a protected address: who of the school is missing in a list would tell with whom
    somebody protected lives. They stand in it, and nothing that they are told opens to them."""
    return family_of(pupil).exclude(pk__in=protection.sheltered())


def _once(adults):
    return list({adult.key: adult for adult in reversed(adults)}.values())[::-1]


def usual_end(pupil, today):
    """The end of the half-year at the child's school, or half a year from today where none is known or it is near."""
    schools = Enrolment.objects.current().filter(pupil=pupil).values("school_class__school")
    soon = today + timedelta(days=14)
    ends = Term.objects.filter(year__school__in=schools, starts_on__lte=soon, ends_on__gt=soon).order_by("ends_on")
    return ends.values_list("ends_on", flat=True).first() or today + HALF_YEAR


@dataclass(frozen=True)
class Told:
    """Somebody whom it was told to: `name` is empty for one whom the home must not read of now."""

    name: str
    opened_at: datetime | None
    reads_it: bool


@dataclass(frozen=True)
class Look:
    name: str
    at: datetime


@dataclass(frozen=True)
class ConfidenceRow:
    confidence: Confidence
    told: list[Told]
    looks: list[Look]


def confidences_of(child, reader):
    """What the reader's home has told of the child, to whom, and each look at it. As many queries for one as for thirty."""
    found = list(Confidence.objects.of_home(reader).filter(pupil=child).select_related("told_by"))
    chosen = list(Confidant.objects.filter(confidence__in=found).select_related("person"))
    hidden = protection.hidden_from(reader, {one.person_id for one in chosen})
    around = works_around(child) if found else set()
    names = {one.person_id: "" if one.person_id in hidden else one.person.full_name for one in chosen}
    told, looks = defaultdict(list), defaultdict(list)
    for one in chosen:
        told[one.confidence_id].append(Told(names[one.person_id], one.opened_at, one.person_id in around))
    for look in looks_at(found).order_by("-pk"):
        looks[int(look.subject_id)].append(Look(names.get(look.by, ""), look.at))
    return [ConfidenceRow(one, told[one.pk], looks[one.pk]) for one in found]


def looks_at(confidences):
    keys = [str(one.pk) for one in confidences]
    return Event.objects.filter(verb=READ, subject_type=Confidence._meta.label, subject_id__in=keys)


@dataclass(frozen=True)
class Received:
    confidence: Confidence
    classes: list[str]
    is_new: bool


def received_by(person):
    """What was told to this person and stands, the unopened first. Three queries at any size."""
    found = list(Confidence.objects.told_to(person).select_related("pupil", "school"))
    unopened = set(
        Confidant.objects.filter(confidence__in=found, person=person, opened_at=None).values_list(
            "confidence", flat=True
        )
    )
    classes = classes_of({one.pupil_id for one in found})
    rows = [Received(one, classes[one.pupil_id], one.pk in unopened) for one in found]
    return sorted(rows, key=lambda row: not row.is_new)


def classes_of(pupils):
    """{pupil's key: the names of its classes today}."""
    classes = defaultdict(list)
    places = Enrolment.objects.of_today().filter(pupil__in=pupils)
    for pupil, name in places.order_by("school_class__name").values_list("pupil", "school_class__name"):
        classes[pupil].append(name)
    return classes
