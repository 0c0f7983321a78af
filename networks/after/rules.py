"""Who writes down how it went, and who is asked. Each docstring is the reason."""

from networks.models.reports import guardians_who_came
from networks.rules import can_organise, only_the_clock

__all__ = ["can_answer_pulse", "can_organise", "only_the_clock"]


def can_answer_pulse(person, pulse):
    """A guardian of a home that said it was coming answers for that home, once."""
    return bool(person.household_id) and guardians_who_came(pulse.gathering).filter(guardian_id=person.pk).exists()
