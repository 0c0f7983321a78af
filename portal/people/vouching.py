"""Whether somebody answers for everything another person can open: only then may they decide with which address that
person signs in, and where messages with personal links go. What a person can open is counted widely: roles and
relations that begin later too and, where an address changes, those that wait to be confirmed."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from portal.people.ages import ADULT_FROM, years_before
from portal.people.models import AccessRestriction, Enrolment, GuardianRelation, Municipality, Person, Role, School
from portal.people.models.roles import SCHOOL_KINDS
from portal.people.rules import SECOND_FACTOR, fills_post, is_portal


@dataclass(frozen=True)
class Right:
    """One thing a person can open: as what, and where. Nobody can answer for a scope of None. While only proposed it
    does not count."""

    kind: str
    scope: School | Municipality | None
    pupil: int | None = None
    counts: bool = True


def rights_of(people: list[Person]) -> dict[int, list[Right]]:
    """{person's key: what they can open, today or later}. A constant number of queries."""
    today, keys = timezone.localdate(), [person.pk for person in people]
    lasting = Q(valid_to=None) | Q(valid_to__gte=today)
    found = defaultdict(list)
    for person in people:
        if person.is_staff:
            found[person.pk].append(Right("operator", None))
    roles = Role.objects.filter(lasting, person__in=keys).exclude(state=Role.State.ENDED)
    for role in roles.select_related("school", "school_class__school", "municipality"):
        scope = role.school_class.school if role.school_class else role.scope
        found[role.person_id].append(Right(role.kind, scope, counts=role.state == Role.State.CONFIRMED))
    relations = list(
        GuardianRelation.objects.filter(
            lasting,
            Q(pupil__born_on=None) | Q(pupil__born_on__gt=years_before(today, ADULT_FROM)) | ~Q(consented_on=None),
            guardian__in=keys,
            pupil__is_active=True,
        )
        .exclude(state=GuardianRelation.State.ENDED)
        .values_list("guardian", "pupil", "state")
    )
    schools = _schools_of({pupil for _guardian, pupil, _state in relations} | set(keys))
    for guardian, pupil, state in relations:
        counts = state == GuardianRelation.State.CONFIRMED
        found[guardian] += [Right("guardian", school, pupil, counts) for school in schools.get(pupil, [None])]
    for key in keys:
        found[key] += [Right("pupil", school, key) for school in schools.get(key, ())]
    return found


def _schools_of(pupils):
    """{pupil's key: schools with a place, now or to come; without any, those they have attended}."""
    today, open_at, closed_at = timezone.localdate(), defaultdict(dict), defaultdict(dict)
    for place in Enrolment.objects.filter(pupil__in=pupils).select_related("school_class__school"):
        is_open = place.valid_to is None or place.valid_to >= today
        (open_at if is_open else closed_at)[place.pupil_id][place.school_class.school_id] = place.school_class.school
    return {pupil: list(found.values()) for pupil, found in (closed_at | open_at).items()}


class Voucher:
    def __init__(self, person: Person):
        self.person = person
        self.schools = set(person.roles.schools_run().values_list("school", flat=True))
        self.restricted = set(AccessRestriction.objects.against(person).values_list("pupil", flat=True))

    def covers(self, right: Right) -> bool:
        """Their own school's families and teachers, and the posts they fill."""
        if right.scope is None or right.pupil in self.restricted:
            return False
        if right.kind in SECOND_FACTOR:
            return fills_post(self.person, right.kind, right.scope)
        return right.scope.pk in self.schools or (
            right.kind in SCHOOL_KINDS and fills_post(self.person, right.kind, right.scope)
        )


def vouched_for(by: Person, people: list[Person], *, proposed: bool = False) -> set[int]:
    """Keys of the people who can open anything, and whose every right `by` covers; `proposed` rights only if asked for."""
    if is_portal(by):
        return {person.pk for person in people}
    voucher, rights = Voucher(by), rights_of(people)
    granted = {key: [right for right in found if right.counts or proposed] for key, found in rights.items()}
    return {key for key, found in granted.items() if found and all(map(voucher.covers, found))}


def left_open(move, rights: list[Right]) -> list[Right]:
    """The rights that nobody who asked for the move or agreed to it answers for today. Where only a first sign-in is
    asked for, proposed rights are left to those who will confirm them."""
    if not (move.old or move.changes_contact):
        rights = [right for right in rights if right.counts]
    who = [Voucher(move.asked_by), *(Voucher(consent.by) for consent in move.consents.select_related("by"))]
    return [right for right in rights if not any(one.covers(right) for one in who)]


def waits_for(person: Person, moves) -> list:
    """The moves on which this person answers for something that nobody has answered for yet."""
    moves = list(moves)
    if not moves:
        return []
    voucher, rights = Voucher(person), rights_of([move.person for move in moves])
    return [move for move in moves if any(map(voucher.covers, left_open(move, rights[move.person_id])))]
