"""What the office's pages show: people with their places, what waits, roles, restrictions."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from allauth.account.models import EmailAddress
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils import timezone

from portal.people import protection, rules
from portal.people.models import (
    AccessRestriction,
    Enrolment,
    GuardianRelation,
    Person,
    Role,
    School,
    SchoolClass,
    SignInMove,
)
from portal.people.queries.endings import ended_relations, ended_roles


@dataclass(frozen=True)
class Waiting:
    pupil: Person
    relations: list[GuardianRelation]

    @property
    def is_plain(self):
        """Guardians and nothing else can be confirmed from the list of a class; others are looked at one by one."""
        return all(relation.kind == GuardianRelation.Kind.GUARDIAN for relation in self.relations)


@dataclass(frozen=True)
class WaitingClass:
    school_class: SchoolClass
    children: int


def classes_waiting(relations):
    places = Enrolment.objects.open().filter(pupil__in=relations.proposed().values("pupil"))
    counts = dict(places.values_list("school_class").annotate(Count("pupil", distinct=True)).order_by())
    classes = SchoolClass.objects.filter(pk__in=counts).select_related("school").order_by("school__name", "name")
    return [WaitingClass(school_class=one, children=counts[one.pk]) for one in classes]


def relations_waiting(relations, school_class):
    rows = (
        relations.proposed()
        .filter(pupil__in=school_class.enrolments.open().values("pupil"))
        .select_related("guardian", "pupil")
        .order_by("pupil__sort_name", "pupil_id", "guardian__sort_name")
    )
    return [
        Waiting(pupil=pupil, relations=list(of_pupil)) for pupil, of_pupil in groupby(rows, key=lambda row: row.pupil)
    ]


@dataclass(frozen=True)
class SchoolOffice:
    school: School
    relations: int
    roles: int
    restrictions: int
    unreachable: int


def office_of(person):
    today = timezone.localdate()
    return [
        SchoolOffice(
            school=school,
            relations=GuardianRelation.objects.at_offices_of(person).at([school.pk]).proposed().count(),
            roles=Role.objects.at(school).proposed().count(),
            restrictions=AccessRestriction.objects.visible_to(person).at([school.pk]).waiting(today).count(),
            unreachable=Person.objects.at([school.pk]).active().filter(email_failed_at__isnull=False).count(),
        )
        for school in School.objects.run_by(person)
    ]


@dataclass(frozen=True)
class Row:
    person: Person
    words: list[str]


def seen_by(viewer):
    """(keys of everybody the viewer may see, those persons). Fetching the keys first keeps a search for a name within
    the school instead of the whole town."""
    known = list(Person.objects.visible_to(viewer).values_list("pk", flat=True))
    return known, Person.objects.filter(pk__in=known)


def with_places(people, viewer, known):
    """Shows only what the viewer may know: `known` holds the keys of everybody they may see. Three queries."""
    people = list(people)
    words = defaultdict(list)
    classes = SchoolClass.objects.visible_to(viewer)
    for place in (
        Enrolment.objects.current().filter(pupil__in=people, school_class__in=classes).select_related("school_class")
    ):
        words[place.pupil_id].append(str(place.school_class))
    for relation in (
        GuardianRelation.objects.live().filter(guardian__in=people, pupil__in=known).select_related("pupil")
    ):
        words[relation.guardian_id].append(relation.pupil.full_name)
    roles = Role.objects.visible_to(viewer).live()
    for role in roles.filter(person__in=people).select_related("school_class", "school", "municipality"):
        words[role.person_id].append(f"{role.get_kind_display()}, {role.scope}")
    return [Row(person=person, words=words[person.pk]) for person in people]


@dataclass(frozen=True)
class RelationRow:
    relation: GuardianRelation
    may_end: bool


@dataclass(frozen=True)
class RoleRow:
    role: Role
    may_end: bool
    may_confirm: bool = False


@dataclass(frozen=True)
class PersonPage:
    person: Person
    age: int | None
    classes: list[SchoolClass]
    guardians: list[RelationRow]
    children: list[RelationRow]
    housemates: list[Person]
    roles: list[RoleRow]
    ended_guardians: list[GuardianRelation]
    ended_roles: list[Role]
    signs_in_with: str
    address_taken: bool
    move: SignInMove | None
    protection: object | None
    covered_for: list[Person]
    is_protected: bool
    may_reach: bool
    has_left: bool
    is_restricted: bool
    may_manage: bool
    may_restrict: bool
    may_appoint: bool

    @property
    def tells_guardians(self):
        return bool(self.classes or self.guardians or self.ended_guardians)

    @property
    def tells_roles(self):
        return bool(self.roles or self.ended_roles) or self.may_appoint


def person_page(person, viewer):
    """A teacher sees who is a guardian, never why somebody is not. A subject teacher sees no contact details from a
    protected home, nor that it is protected."""
    manages = rules.can_manage_person(viewer, person)
    relations = GuardianRelation.objects.exclude(state=GuardianRelation.State.ENDED) if manages else None
    relations = (relations or GuardianRelation.objects.live()).select_related("guardian", "pupil")
    known = Person.objects.visible_to(viewer)
    places = person.enrolments.current().filter(school_class__in=SchoolClass.objects.visible_to(viewer))
    today = timezone.localdate()
    written = protection.protection_of(person)
    is_sheltered = bool(protection.sheltered_among([person.pk]))
    has_left = not known.filter(pk=person.pk).exists()
    may_reach = not (has_left or (is_sheltered and protection.out_of_reach_of(viewer).filter(pk=person.pk).exists()))
    account = EmailAddress.objects.filter(user=person, verified=True).first()
    return PersonPage(
        person=person,
        age=person.age_on(today),
        classes=[place.school_class for place in places.select_related("school_class__school")],
        guardians=_relation_rows(relations.filter(pupil=person), viewer),
        children=_relation_rows(relations.filter(guardian=person, pupil__in=known), viewer) if manages else [],
        housemates=_housemates(person, known) if manages else [],
        roles=[
            RoleRow(role=role, may_end=rules.can_end_role(viewer, role))
            for role in person.roles.visible_to(viewer)
            .live()
            .select_related("school", "school_class__school", "municipality")
        ],
        ended_guardians=ended_relations(person, viewer) if manages else [],
        ended_roles=[role for role in ended_roles(person, viewer) if rules.can_confirm_role(viewer, role)],
        signs_in_with=account.email if account and manages else "",
        address_taken=bool(manages and not account and _is_anothers(person.email)),
        move=SignInMove.objects.open().filter(person=person).first() if manages else None,
        protection=written if manages else None,
        covered_for=_covered_for(person, viewer) if manages and not written else [],
        is_protected=written is not None and may_reach,
        may_reach=may_reach,
        has_left=has_left,
        is_restricted=AccessRestriction.objects.in_force(today).filter(pupil=person).exists(),
        may_manage=manages,
        may_restrict=rules.manages_pupil(viewer, person),
        may_appoint=manages,
    )


def _housemates(person, known):
    return list(known.filter(household=person.household).exclude(pk=person.pk)) if person.household_id else []


def _is_anothers(email):
    return bool(email) and EmailAddress.objects.filter(email=email.lower()).exists()


def _covered_for(person, viewer):
    if not protection.covered_among([person.pk]):
        return []
    near = Person.objects.visible_to(viewer).filter(pk__in=protection.reasons_for(person))
    return [one for one in near.in_name_order() if rules.can_manage_person(viewer, one)]


def _relation_rows(relations, viewer):
    return [
        RelationRow(relation=relation, may_end=rules.can_confirm_relation(viewer, relation))
        for relation in relations.order_by("guardian__sort_name", "pupil__sort_name")
    ]


@dataclass(frozen=True)
class ClassRoles:
    school_class: SchoolClass | None
    roles: list[RoleRow]
    waiting: int


ROLES_A_PAGE = 100


def roles_page(viewer, number):
    """(rows of one page, the page): scopes where somebody waits first, then the school's own, then by class. Three
    queries; the keys come first, so that live class contacts are worked out for these roles and not for the whole
    town."""
    states = [Role.State.PROPOSED, Role.State.CONFIRMED]
    keys = list(Role.objects.visible_to(viewer).filter(state__in=states).values_list("pk", flat=True))
    known = Role.objects.filter(pk__in=keys)
    rows = known.filter(Q(pk__in=known.live().values("pk")) | Q(state=Role.State.PROPOSED)).order_by(
        "school_class__school__name",
        "school_class__grades",
        "school_class__name",
        "school_class_id",
        "kind",
        "person__sort_name",
    )
    rows = list(rows.values_list("school_class_id", "pk", "state"))
    waiting = Counter(of_class for of_class, _pk, state in rows if state == Role.State.PROPOSED)
    rows.sort(key=lambda row: (not waiting[row[0]], row[0] is not None))  # a stable sort keeps the rest in order
    page = Paginator(rows, ROLES_A_PAGE).get_page(number)
    scopes = Role.objects.select_related("person", "school", "school_class__school", "municipality")
    roles = scopes.in_bulk([pk for _class, pk, _state in page])
    shown = [
        ClassRoles(
            school_class=of_class[0].school_class,
            roles=[RoleRow(role=role, may_end=False, may_confirm=role.person_id != viewer.pk) for role in of_class],
            waiting=waiting[key],
        )
        for key, of_class in _by_class(page, roles)
    ]
    return shown, page


def _by_class(rows, roles):
    for key, of_class in groupby(rows, key=itemgetter(0)):
        yield key, [roles[pk] for _class, pk, _state in of_class]


@dataclass(frozen=True)
class RestrictionRow:
    """`reason` is only for those who set it; `step` is empty when somebody else has to take it."""

    restriction: AccessRestriction
    reason: str
    step: str


def restrictions_page(viewer):
    rows = (
        AccessRestriction.objects.visible_to(viewer)
        .open(timezone.localdate())
        .select_related("guardian", "pupil", "set_by", "confirmed_by", "lifted_by")
        .order_by("pupil__sort_name", "pk")
    )
    return [RestrictionRow(restriction=row, reason=_reason(row, viewer), step=_step(row, viewer)) for row in rows]


def _reason(restriction, viewer):
    setters = {restriction.set_by_id, restriction.confirmed_by_id}
    return restriction.reason if viewer.pk in setters or restriction.confirmed_by_id is None else ""


def _step(restriction, viewer):
    if restriction.confirmed_by_id is None:
        return "confirm" if restriction.set_by_id != viewer.pk else ""
    if restriction.lifted_by_id is None:
        return "propose_lift"
    return "confirm_lift" if restriction.lifted_by_id != viewer.pk else ""
