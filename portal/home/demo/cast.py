"""Whom a visitor to the demo can be: a few people of each role who have something going on."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby, islice

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.demo import busy_today
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Enrolment, GuardianRelation, Person, Role, School

SHOWN_PER_ROLE = 6
SHOWN_PER_SCHOOL = 2
SHOWN_PER_CLASS = 3
PUPIL_AGE = 13


def cast():
    with_role = Role.objects.live().values("person")
    live = GuardianRelation.objects.live().values("guardian")
    old_enough = Q(born_on__lte=years_before(timezone.localdate(), ATTENDS_FROM))
    return Person.objects.active().filter(
        Q(pk__in=with_role) | Q(pk__in=live) | old_enough & Q(pk__in=Enrolment.objects.current().values("pupil"))
    )


@dataclass(frozen=True)
class Part:
    person: Person
    scope: str


@dataclass(frozen=True)
class CastGroup:
    name: str
    kind: str
    parts: list[Part]


def cast_by_role():
    order = {kind: place for place, kind in enumerate(Role.Kind.values)}
    roles = sorted(
        Role.objects.live().select_related("person", "school", "school_class__school", "municipality"),
        key=lambda role: (order[role.kind], _youngest_first(role.school_class), role.pk),
    )
    groups = [
        CastGroup(name=Role.Kind(kind).label, kind=kind, parts=_few(list(of_kind)))
        for kind, of_kind in groupby(roles, key=lambda role: role.kind)
    ]
    guardians = CastGroup(name=GuardianRelation.Kind.GUARDIAN.label, kind=PARENT, parts=_some_guardians())
    pupils = _some_pupils()
    return [*groups, guardians, *([CastGroup(name=_("Pupil"), kind=PUPIL, parts=pupils)] if pupils else [])]


def _few(roles):
    seen, shown = Counter(), []
    busy = busy_today()
    for place, role in enumerate(roles):
        school = role.school_class.school_id if role.school_class else role.school_id
        seen[school] += 1
        if place < SHOWN_PER_ROLE or seen[school] <= SHOWN_PER_SCHOOL or role.person_id in busy:
            shown.append(Part(person=role.person, scope=_where(role)))
    return shown


def _where(role):
    return f"{role.school_class}, {role.school_class.school}" if role.school_class else str(role.scope)


def _youngest_first(school_class):
    return (school_class.school_id, school_class.grades, school_class.name) if school_class else ()


def _some_guardians():
    """Three from each school's youngest class with no other part: something is going on there. The other home of a
    child already listed comes first, since what two homes see side by side is worth a look. And one that came in the
    middle of the year."""
    busy, parts = set(Role.objects.live().values_list("person", flat=True)), []
    for school in School.objects.all():
        new = list(_a_newcomer(school, busy))
        others = _guardians_of(school, busy | {part.person.pk for part in new})
        parts += [*islice(others, SHOWN_PER_CLASS), *new]
    return parts


def _guardians_of(school, left_out):
    relations = _relations_at(school, left_out)[:30]
    homes, first = defaultdict(set), {}
    for relation in relations:
        homes[relation.pupil_id].add(relation.guardian.household_id)
    apart = {relation.guardian_id for relation in relations if _lives_apart(relation, left_out)}
    for relation in relations:
        scope = _as_guardian(relation, school, len(homes[relation.pupil_id]) + (relation.guardian_id in apart))
        first.setdefault(relation.guardian_id, Part(person=relation.guardian, scope=scope))
    return sorted(first.values(), key=lambda part: part.person.pk not in apart)


def _a_newcomer(school, left_out):
    late = Enrolment.objects.current().filter(valid_from__gt=F("school_class__year__starts_on"))
    for relation in _relations_at(school, left_out).filter(pupil__enrolments__in=late)[:1]:
        yield Part(person=relation.guardian, scope=f"{_as_guardian(relation, school, 1)} · {_('new in the class')}")


def _relations_at(school, left_out):
    return (
        GuardianRelation.objects.live()
        .filter(pupil__enrolments__school_class__school=school)
        .exclude(guardian__in=left_out)
        .select_related("guardian", "pupil")
        .order_by("pupil__enrolments__school_class__grades", "pupil__enrolments__school_class__name", "pupil", "pk")
    )


def _lives_apart(relation, others):
    beside = GuardianRelation.objects.live().filter(pupil=relation.pupil, guardian__in=others)
    return beside.exclude(guardian__household=relation.guardian.household_id).exists()


def _as_guardian(relation, school, homes):
    words = [f"{relation.pupil}, {school}", str(dict(settings.LANGUAGES)[relation.guardian.language])]
    return " · ".join([*words, _("two homes")] if homes > 1 else words)


def _some_pupils():
    today = timezone.localdate()
    teens = (
        Enrolment.objects.current()
        .filter(pupil__born_on__lte=years_before(today, PUPIL_AGE), pupil__is_active=True)
        .filter(pupil__born_on__gt=years_before(today, PUPIL_AGE + 1))
        .select_related("pupil", "school_class__school")
        .order_by("school_class__grades", "school_class__name", "pk")
    )
    first = {}
    for place in teens:
        of_class = place.school_class
        first.setdefault(of_class.school_id, Part(person=place.pupil, scope=f"{of_class}, {of_class.school}"))
    return list(first.values())
