"""Who may import rosters: an office for its own school, the municipality for all its schools."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people import rules
from portal.people.rules import is_portal, runs_office, serves_municipality


@for_whom(_("the office, the principal, the deputy and the municipality"))
def keepers(person):
    """The school office, the principal who answers for it, and the municipality's officers."""
    return rules.office(person) or rules.municipality_officers(person)


def can_upload_roster(person, municipality, school=None):
    """An office imports for its own school; the municipality's officer for every school it owns."""
    if is_portal(person) or serves_municipality(person, municipality):
        return True
    return school is not None and school.municipality_id == municipality.pk and runs_office(person, school)


def can_keep_roster(person, roster):
    """Whoever may upload for the school may also confirm, undo and throw away."""
    if is_portal(person):
        return True
    return can_upload_roster(person, roster.municipality, roster.school)
