"""Who may import rosters: an office for its own school, the municipality for all its schools."""

from portal.people import rules
from portal.people.models import Doubt, Role
from portal.people.rules import is_portal, runs_office, serves_municipality


def keepers(person):
    """The school office, the principal who answers for it, and the municipality's officers."""
    return rules.office(person) or rules.municipality_officers(person)


def can_upload_roster(person, municipality, school=None):
    """An office imports for its own school; the municipality's officer for every school it owns."""
    if is_portal(person) or serves_municipality(person, municipality):
        return True
    return school is not None and school.municipality_id == municipality.pk and runs_office(person, school)


def can_judge_doubt(person, doubt):
    """Who may upload for the school says whether two records are one person: never about themselves or their family,
    and never about somebody who opens more than they may give."""
    if is_portal(person):
        return True
    if not Doubt.objects.visible_to(person).filter(pk=doubt.pk).exists():
        return False
    roles = Role.objects.live().filter(person__in=[doubt.person_id, doubt.other_id or 0])
    opens = roles.filter(kind__in=rules.SECOND_FACTOR).select_related("school", "municipality")
    return all(rules.fills_post(person, role.kind, role.scope) for role in opens)


def can_keep_roster(person, roster):
    """Whoever may upload for the school may also confirm, undo and throw away."""
    if is_portal(person):
        return True
    return can_upload_roster(person, roster.municipality, roster.school)
