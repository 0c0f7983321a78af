"""Who tells something in confidence, and who reads it. Each docstring is the reason, as the school would put it."""

from portal.people.rules import is_guardian_of
from principles.confided.models import Confidence


def can_confide(person, pupil):
    """A guardian tells what the school should know about their own child, for their home."""
    return person.household_id is not None and is_guardian_of(person, pupil)


def can_take_back(person, confidence):
    """The home that told it takes it back whenever it likes."""
    return Confidence.objects.of_home(person).filter(pk=confidence.pk).exists()


def is_confided_in(person, confidence):
    """Whom the home has chosen, while they work around the child."""
    return Confidence.objects.told_to(person).filter(pk=confidence.pk).exists()
