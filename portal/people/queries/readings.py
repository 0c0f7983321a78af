"""Whether somebody who read about a child did so as kin, and in which role others did."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from portal.people.models import Enrolment, GuardianRelation, Role, School, keys_of

READS_AS = [
    Role.Kind.CONTACT_TEACHER,
    Role.Kind.SUBJECT_TEACHER,
    Role.Kind.PRINCIPAL,
    Role.Kind.DEPUTY,
    Role.Kind.OFFICE,
    Role.Kind.AFTER_SCHOOL,
    Role.Kind.MUNICIPALITY_OFFICER,
]


def kin_of(pupils):
    """{pupil: the pupil and everyone who is, was or is claimed to be a guardian}: what they read is their own business."""
    kin = defaultdict(set)
    for pupil in pupils:
        kin[pupil].add(pupil)
    for pupil, guardian in GuardianRelation.objects.filter(pupil__in=list(kin)).values_list("pupil", "guardian"):
        kin[pupil].add(guardian)
    return kin


def schools_known_to(person):
    children = keys_of.children(person)
    went = Enrolment.objects.filter(Q(pupil__in=children) | Q(pupil=person.pk)).values_list("school_class__school")
    roles = person.roles.live().values_list("school", "school_class__school")
    return {school for row in (*went, *roles) for school in row if school}


def roles_of_readers(readers, schools):
    found = (
        Role.objects.filter(_at(schools), person__in=readers, kind__in=READS_AS, confirmed_by__isnull=False)
        .select_related("school", "school_class__school", "municipality")
        .order_by("pk")
    )
    roles = defaultdict(list)
    for role in sorted(found, key=lambda role: READS_AS.index(role.kind)):
        roles[role.person_id].append(role)
    return roles


def read_as(roles, event):
    day = timezone.localdate(event.at)
    for role in roles:
        school = role.school_class.school_id if role.school_class else role.school_id
        is_there = event.school is None or school in (event.school, None)
        if is_there and role.valid_from <= day and (role.valid_to is None or role.valid_to >= day):
            return role
    return None


def schools_read_for(reader):
    """Stored with each reading, which counts as these schools' even when the reader has since left."""
    roles = reader.roles.live(kinds=READS_AS)
    works = Q(pk__in=roles.values("school")) | Q(pk__in=roles.values("school_class__school"))
    return School.objects.filter(works | Q(municipality__in=roles.values("municipality")))


def _at(schools):
    owners = School.objects.filter(pk__in=schools).values("municipality")
    return Q(school__in=schools) | Q(school_class__school__in=schools) | Q(municipality__in=owners)
