"""Whom a class contact may ask: the guardians of the class whose names they read anyway."""

from grants.models import CoApplicant, GrantApplication
from portal.people import protection
from portal.people.models import GuardianRelation, Person


def possible_partners(application: GrantApplication, person: Person):
    relations = GuardianRelation.objects.live().in_class(application.school_class)
    keys = set(relations.values_list("guardian", flat=True)) - {person.pk}
    keys -= protection.hidden_from(person, keys)
    return Person.objects.filter(pk__in=keys).in_name_order()


def partner_of(application: GrantApplication) -> CoApplicant | None:
    """Who is asked or applies together today; an invitation that has run out is nobody's."""
    found = application.co_applicants.lasting().select_related("person").first()
    return found if found and (found.is_asked or found.accepted_at) else None
