"""The page of a class: who is who, as far as each has chosen and the reader may know."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from portal.people import protection
from portal.people.models import DirectoryChoice, Person, Role, SchoolClass
from portal.people.models.persons import nordic_key
from portal.people.queries.families import families_with

Field = DirectoryChoice.Field


@dataclass(frozen=True)
class Listed:
    """Somebody by name, with the ways that they have chosen. Whoever `is_near` to the reader (at home, or in a child's
    other home) stands on no paper of the reader's, protected or not: a name that goes missing would tell."""

    name: str
    children: list[str] = field(default_factory=list)
    phone: str = ""
    email: str = ""
    is_near: bool = False
    away_until: date | None = None


@dataclass(frozen=True)
class ClassPage:
    """`children` are the reader's own, who has none there as a teacher or leader; `own` is what the reader's row would
    say, or None. Whether a class has no contact, or one of whom this reader must not read, the page says alike."""

    school_class: SchoolClass
    children: list[str]
    contacts: list[Listed]
    is_contact: bool
    teachers: list[Listed]
    families: list[Listed]
    own: Listed | None

    @property
    def schools(self):
        return [self.school_class.school]

    @property
    def on_paper(self):
        return [contact for contact in self.contacts if not contact.is_near]


def class_page(school_class, reader):
    """Families share with the families of the class and with nobody else, so teachers and leaders read neither numbers nor
    who is whose parent. A family that other families must not read of is left out, whatever it shared before: an alias in
    a list that most are not in would only show that there is one. So are the children's other homes, always: what one home
    shares is not the other's to read. Seven queries at any size, and six more where somebody is protected."""
    roles = _roles(school_class)
    families, covered = families_with(school_class, [role.person_id for role in roles], seen_by=reader)
    near = Near(reader, covered)
    own = [family for family in families if reader in family.adults]
    return ClassPage(
        school_class=school_class,
        children=[child.given_name for family in own for child in family.wards[reader.pk]],
        contacts=[_contact(role, near, is_family=bool(own)) for role in roles if _is_named(role, near, CONTACT)],
        is_contact=any(role.kind == CONTACT and role.person_id == reader.pk for role in roles),
        teachers=[_teacher(role.person) for role in roles if _is_named(role, near, TEACHER)],
        families=sorted((one for family in families for one in _sharing(family, near)), key=_place) if own else [],
        own=next((listed(reader, family.shared[reader.pk]) for family in own if family.shared[reader.pk]), None),
    )


CONTACT, TEACHER = Role.Kind.CLASS_CONTACT, Role.Kind.CONTACT_TEACHER


def _roles(school_class):
    chosen = DirectoryChoice.objects.filter(person=OuterRef("person")).values("field")
    live = (
        Role.objects.live(kinds=[CONTACT, TEACHER])
        .filter(school_class=school_class)
        .select_related("person__availability")
    )
    return list(live.annotate(shares=ArraySubquery(chosen)).order_by("person__sort_name", "person_id"))


class Near:
    """Who is near to the reader, and of whom the reader must know nothing."""

    def __init__(self, reader, covered):
        self.home, self.covered = reader.household_id, covered
        self.own, self.homes = protection.near_to(reader)
        _pupils, others = Person.objects.restricted_for(reader)
        unknown = list(Person.objects.filter(pk__in=others).values_list("pk", "household"))
        self.unknown = {key for key, _home in unknown}
        self.unknown_homes = {home for _key, home in unknown} - {None}

    def has(self, person):
        return person.pk in self.own or person.household_id in self.homes

    def may_not_name(self, person):
        if person.pk in self.unknown or person.household_id in self.unknown_homes:
            return person.household_id != self.home
        return person.pk in self.covered and not self.has(person)


def _is_named(role, near, kind):
    return role.kind == kind and not near.may_not_name(role.person)


def _teacher(person):
    return Listed(person.full_name, away_until=person.away_until)


def _contact(role, near, *, is_family):
    person, is_at_home = role.person, role.person.household_id in {near.home} - {None}
    told = is_family and (is_at_home or not near.has(person))
    return listed(person, role.shares if told else (), is_near=near.has(person))


def _sharing(family, near):
    if family.protected:
        return []
    return [
        listed(adult, family.shared[adult.pk], children=[child.given_name for child in family.wards[adult.pk]])
        for adult in family.adults
        if family.shared[adult.pk] and not near.has(adult) and not near.may_not_name(adult)
    ]


def _place(one):
    """By what families know each other by: the child's first name."""
    return nordic_key(" ".join(one.children)), nordic_key(one.name)


def listed(person, fields, **more):
    phone = person.phone if Field.PHONE in fields else ""
    email = person.email if Field.EMAIL in fields and person.email_failed_at is None else ""
    return Listed(person.full_name, phone=phone, email=email, **more)
