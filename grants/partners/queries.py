"""Whom a class contact may ask: the guardians of the class whose names they read anyway."""

from django.utils.translation import gettext as _

from grants.models import CoApplicant, GrantApplication
from portal.people import protection
from portal.people.models import GuardianRelation, Person


def possible_partners(application: GrantApplication, person: Person):
    relations = GuardianRelation.objects.live().in_class(application.school_class)
    keys = set(relations.values_list("guardian", flat=True)) - {person.pk}
    keys -= protection.hidden_from(person, keys)
    return Person.objects.filter(pk__in=keys).in_name_order()


def partner_of(application: GrantApplication, reader: Person) -> CoApplicant | None:
    """Who is asked or applies together today; an invitation that has run out is nobody's. `name` is what this reader may
    read: somebody's that has left the class or is protected since stands nowhere."""
    found = application.co_applicants.lasting().select_related("person").first()
    if found is None or not (found.is_asked or found.accepted_at):
        return None
    is_named = (
        found.person_id == reader.pk or possible_partners(application, reader).filter(pk=found.person_id).exists()
    )
    found.name = found.person.full_name if is_named else _("Somebody of the class")
    return found
