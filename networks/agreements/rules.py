"""Who brings an agreement on its way, and who answers for a home. Each docstring is the reason."""

from networks.models import SharedNormAgreement
from networks.rules import can_gather
from portal.people.rules import is_portal


def can_start(person, school_class):
    """The class contact takes up what the families of their class may agree upon."""
    return can_gather(person, school_class)


def can_manage_agreement(person, agreement):
    """The class contact of the class today takes an agreement further, looks at it again and ends it."""
    return SharedNormAgreement.objects.managed_by(person).filter(pk=agreement.pk).exists()


def can_close(person, agreement):
    """The clock closes a survey on its day, and the class contact once enough homes have answered."""
    return is_portal(person) or can_manage_agreement(person, agreement)


def can_answer_survey(person, agreement):
    """A guardian of a child in the class answers for their own home, once."""
    return bool(person.household_id) and agreement.guardians().filter(guardian_id=person.pk).exists()
