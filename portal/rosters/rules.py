"""Who may import rosters: an office for its own school, the municipality for all its schools."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people import rules
from portal.people.models import Doubt, Enrolment, GuardianRelation, Role, School, keys_of
from portal.people.rules import is_portal, runs_office, serves_municipality


@for_whom(_("the office, the principal, the deputy and the municipality"))
def importers(person):
    """The school office, the principal who answers for it, and the municipality's officers."""
    return rules.office(person) or rules.municipality_officers(person)


def can_upload_roster(person, municipality, school=None):
    """An office imports for its own school; a municipality's officer for every school it owns."""
    if is_portal(person) or serves_municipality(person, municipality):
        return True
    return school is not None and school.municipality_id == municipality.pk and runs_office(person, school)


def can_judge_doubt(person, doubt):
    """Those who may upload for the school say whether two records are one person: never about themselves or their
    family, about somebody who also belongs to other schools, or about somebody who opens more than they may give."""
    if is_portal(person):
        return True
    return bool(judgeable(person, Doubt.objects.visible_to(person).filter(pk=doubt.pk)))


def judgeable(person, doubts):
    """Keys of the doubts, all visible to the person, that they may judge. A constant number of queries."""
    doubts = list(doubts)
    beyond = out_of_reach(person, {pk for doubt in doubts for pk in (doubt.person_id, doubt.other_id) if pk})
    return {doubt.pk for doubt in doubts if not {doubt.person_id, doubt.other_id} & beyond}


def out_of_reach(person, people):
    """Which of these people (their keys) also belong to other schools, or open more than the person may give."""
    served = keys_of.municipalities_served(person)
    schools = School.objects.filter(Q(pk__in=keys_of.schools_run(person)) | Q(municipality__in=served))
    away = Enrolment.objects.open().exclude(school_class__school__in=schools)
    related = GuardianRelation.objects.exclude(state=GuardianRelation.State.ENDED).filter(guardian__in=people)
    beyond = set(away.filter(pupil__in=people).values_list("pupil", flat=True))
    beyond |= set(related.filter(pupil__in=away.values("pupil")).values_list("guardian", flat=True))
    within = Q(school__in=schools) | Q(school_class__school__in=schools) | Q(municipality__in=served)
    live = Role.objects.live().filter(person__in=people)
    beyond |= set(live.exclude(pk__in=Role.objects.filter(within).values("pk")).values_list("person", flat=True))
    gives = {}
    for role in live.filter(kind__in=rules.SECOND_FACTOR).select_related("school", "municipality"):
        post = (role.kind, role.scope)
        gives[post] = gives[post] if post in gives else rules.fills_post(person, *post)
        beyond |= set() if gives[post] else {role.person_id}
    return beyond


def can_take_key_of(person, owner):
    """As for judging: nobody takes the key of somebody who also belongs to a school that is not theirs to run."""
    return is_portal(person) or not out_of_reach(person, {owner.pk})


def can_manage_roster(person, roster):
    """Those who may upload for the school may also confirm, undo and throw away."""
    if is_portal(person):
        return True
    return can_upload_roster(person, roster.municipality, roster.school)
