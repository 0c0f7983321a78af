"""Who tells something in confidence, and who reads it. Each docstring is the reason, as the school would put it."""

from portal.people.models import Enrolment
from portal.people.rules import is_guardian_of
from principles.confided.models import Confidence
from principles.confided.queries import known_family_of


def can_confide(person, pupil, school=None, receivers=()):
    """A guardian tells people at their own child's school what they should know; nobody who is family of the child, and
    might be its other home."""
    if person.household_id is None or not is_guardian_of(person, pupil):
        return False
    is_there = school is None or Enrolment.objects.current().filter(pupil=pupil, school_class__school=school).exists()
    return is_there and not known_family_of(pupil).filter(pk__in=[one.pk for one in receivers]).exists()


def can_take_confidence_back(person, confidence):
    """The home that told it takes it back whenever it likes."""
    return Confidence.objects.of_home(person).filter(pk=confidence.pk).exists()


def is_confided_in(person, confidence):
    """Whom the home has chosen, while they work around the child."""
    return Confidence.objects.told_to(person).filter(pk=confidence.pk).exists()
