"""The adults around a child at school today, and those who lead it, as this reader may reach each of them."""

from dataclasses import dataclass, replace
from datetime import date, time

from django.db.models import Q

from portal.people import protection
from portal.people.models import Availability, CarePlace, Enrolment, Person, Role, School, SchoolClass, keys_of
from portal.people.models.persons import either
from portal.people.models.roles import CARE_KINDS, OFFICE_KINDS, TEACHER_KINDS
from portal.people.queries.class_page import Near

Way = Availability.Way
Kind = Role.Kind
NEAREST_FIRST = (Kind.CONTACT_TEACHER, Kind.SUBJECT_TEACHER, *CARE_KINDS)
IN_CHARGE_FIRST = (Kind.PRINCIPAL, Kind.DEPUTY, Kind.OFFICE)


@dataclass(frozen=True)
class Adult:
    """Somebody at the school by name, as what, and by the ways that they have chosen. `away_until` is empty while they
    are there; who stands in is named only while they work at the school too, and reached `by_school` alone where they do
    not work with the child anyway."""

    name: str
    kind: str = ""
    phone: str = ""
    email: str = ""
    messages_at: str = ""
    best_from: time | None = None
    best_to: time | None = None
    by_school: bool = False
    away_until: date | None = None
    stand_in: "Adult | None" = None
    key: int = 0

    @property
    def as_what(self):
        return Kind(self.kind).label

    @property
    def has_ways(self):
        return bool(self.phone or self.email or self.messages_at)


@dataclass(frozen=True)
class AtSchool:
    """One of the child's schools, with the child's classes there."""

    school: School
    classes: list[SchoolClass]
    around: list[Adult]
    in_charge: list[Adult]

    @property
    def has_contact_teacher(self):
        return any(adult.kind == Kind.CONTACT_TEACHER for adult in self.around)


def adults_around(pupil, reader):
    """For each school where the child has a place today: its teachers there, the after-school staff where it goes there,
    and the management. Whom this reader may not read of is not there, as if nobody had the role. Eight queries at any
    size, and two more where somebody is protected."""
    classes, schools = _classes(pupil)
    if not schools:
        return []
    roles = _roles(pupil, classes, schools)
    known = _Known(reader, roles, schools)
    return [
        AtSchool(
            school=school,
            classes=[one for one in classes if one.school_id == key],
            around=known.adults(key, NEAREST_FIRST),
            in_charge=known.adults(key, IN_CHARGE_FIRST),
        )
        for key, school in schools.items()
    ]


def works_around(pupil):
    """Keys of all who work around the child today, also of those whom other families must not read of. Two queries."""
    classes, schools = _classes(pupil)
    return {role.person_id for role in _roles(pupil, classes, schools)}


def pupils_around(person):
    """Keys, for a `__in`, of the children whom `adults_around` names this person for, but for those whom they must know
    nothing about."""
    places = Enrolment.objects.of_today()
    cared = CarePlace.objects.live().filter(school__in=keys_of.schools(person, CARE_KINDS))
    around = either(
        places.filter(school_class__in=keys_of.classes_taught(person)).values("pupil"),
        places.filter(school_class__school__in=keys_of.schools_run(person)).values("pupil"),
        cared.values("pupil"),
    )
    return Person.objects.filter(pk__in=around).exclude(pk__in=keys_of.restricted(person)).values("pk")


def _classes(pupil):
    """(the child's classes today, {key: school})."""
    places = Enrolment.objects.of_today().filter(pupil=pupil).select_related("school_class__school").order_by("pk")
    classes = [place.school_class for place in places]
    return classes, {school_class.school_id: school_class.school for school_class in classes}


def _roles(pupil, classes, schools):
    cared = CarePlace.objects.live().filter(pupil=pupil).values("school")
    wanted = Q(kind__in=TEACHER_KINDS, school_class__in=[one.pk for one in classes])
    wanted |= Q(kind__in=CARE_KINDS, school__in=cared) | Q(kind__in=OFFICE_KINDS, school__in=list(schools))
    fetched = Role.objects.at_work().filter(wanted).select_related("person__availability__stand_in__availability")
    return list(fetched.order_by("person__sort_name", "pk"))


class _Known:
    """The roles at each school whose holders this reader may read of."""

    def __init__(self, reader, roles, schools):
        asked = {role.person_id: role.person for role in roles}
        asked |= {one.pk: one for person in asked.values() if (one := _stand_in_of(person))}
        near = Near(reader, protection.covered_among(asked))
        self.told = {key for key, person in asked.items() if not near.may_not_name(person)}
        self.hides_ways = {key for key in near.covered if asked[key].household_id not in {reader.household_id} - {None}}
        self.roles = {key: [] for key in schools}
        for role in roles:
            self.roles[role.workplace].append(role)
        self.standing_in = _working(asked, schools)

    def adults(self, school, kinds):
        """Each person once, as what is nearest to the child."""
        found = {}
        for kind in kinds:
            for role in self.roles[school]:
                if role.kind == kind and role.person_id in self.told and role.person_id not in found:
                    found[role.person_id] = self._adult(role.person, school, kind)
        return list(found.values())

    def _adult(self, person, school, kind):
        adult = self._reached(Adult(person.full_name, kind, key=person.pk), person)
        until, other = person.away_until, _stand_in_of(person)
        if until is None:
            return adult
        if other is None or other.pk not in self.told or (other.pk, school) not in self.standing_in:
            return replace(adult, away_until=until)
        stand_in = Adult(other.full_name, away_until=other.away_until, by_school=True)
        if any(role.person_id == other.pk for role in self.roles[school]):
            stand_in = self._reached(replace(stand_in, by_school=False), other)
        return replace(adult, away_until=until, stand_in=stand_in)

    def _reached(self, adult, person):
        said = _availability_of(person)
        if said is None or person.pk in self.hides_ways:
            return adult
        works = person.email_failed_at is None
        return replace(
            adult,
            phone=person.phone if Way.PHONE in said.ways else "",
            email=person.email if Way.EMAIL in said.ways and works else "",
            messages_at=said.messages_at if Way.MESSAGE in said.ways else "",
            best_from=said.best_from,
            best_to=said.best_to,
        )


def _availability_of(person):
    return person.availability if hasattr(person, "availability") else None


def _stand_in_of(person):
    said = _availability_of(person)
    return said.stand_in if said and said.stand_in_id and person.away_until else None


def _working(people, schools):
    """{(person, school)} of those who work at one of these schools today, as keys."""
    live = Role.objects.at_work().filter(person__in=list(people), workplace__in=list(schools))
    return set(live.values_list("person", "workplace"))


def colleagues_of(person):
    """Those who work where the person works today, whom they may know of. Also whom families must not read of: in a list
    of colleagues, whoever is missing would be known to be protected."""
    working = Role.objects.at_work().filter(workplace__in=person.roles.at_work().values("workplace"))
    others = Person.objects.active().filter(pk__in=working.values("person")).exclude(pk=person.pk)
    return others.unrestricted_for(person).in_name_order()
